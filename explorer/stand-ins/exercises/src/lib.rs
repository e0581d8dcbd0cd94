//! What stands in for our own `exercises` when a student's program is compiled to be explored.
//!
//! The sources are those of `exercises::sync` and of its `Process`, line by line; what differs is [`primitive`], as in
//! `explorer/rehearsal`, whose files it shares where the two are the same. What is missing here (managers of processes,
//! tasks, brokers, exercises) is refused with its line.
//!
//! Each process has all of its memory for itself. What several share is allocated with `in_shared_memory`, and lives as
//! long as the execution: who would be the last to drop it nobody could count.
//!
//! All of it is compiled into the student's program: what is made once in a process lies in that program's statics, and
//! is put back with them before each execution. Who calls a function here is told to the model (`track_caller`), so that
//! answers name the student's lines; where that cannot be, the model takes the line where the thread was last.
#![deny(missing_docs)]

// What the sources say of events.
extern crate self as recorder;

/// As everywhere in the model: a value for each virtual thread.
macro_rules! thread_local {
    ($($declared:tt)*) => { explorer::model_thread_local! { $($declared)* } };
}

/// What a process says of an error is the program's.
macro_rules! eprintln {
    ($($argument:tt)*) => { explorer::model_eprintln!($($argument)*) };
}

#[path = "../../../rehearsal/src/gil.rs"]
pub mod gil;
pub mod primitive;
pub mod process;
#[allow(
    unused_imports,
    reason = "some of it is for the other parts of `exercises`"
)]
#[allow(
    rustdoc::broken_intra_doc_links,
    reason = "its pages also lead to what is not modelled"
)]
#[path = "../../../../exercises/src/sync/mod.rs"]
pub mod sync;

#[path = "../../../../recorder/src/vocabulary.rs"]
#[allow(dead_code, reason = "nothing is written down")]
#[allow(
    rustdoc::broken_intra_doc_links,
    reason = "its pages also lead to the recorder's"
)]
mod vocabulary;

pub use vocabulary::{Kind, ObjectKind};

/// A thread, as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneId(pub u32);

impl std::fmt::Display for LaneId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What a lane is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LaneKind {
    /// A thread.
    Thread,
    /// A process: its first thread.
    Process,
}

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Object {
    /// What kind of thing.
    pub kind: ObjectKind,
    /// Which one.
    pub id: u64,
}

impl Object {
    /// An object of a kind.
    pub const fn new(kind: ObjectKind, id: u64) -> Object {
        Object { kind, id }
    }

    /// A lane as an object.
    pub const fn lane(lane: LaneId) -> Object {
        Object {
            kind: ObjectKind::Lane,
            id: lane.0 as u64,
        }
    }
}
