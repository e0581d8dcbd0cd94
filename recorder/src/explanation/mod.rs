//! Why it happened in this order: what was guaranteed and by what, what was only likely, what is
//! surprising in this run, and the way from one printed line to another.
//!
//! Everything is concluded from what the run recorded (`links.rs` has the table of
//! conclusions); the invariant is that nothing is called guaranteed that another run of the same program could do
//! the other way round. Words come from the caller ([`Words`](crate::timeline::words::Words)).

mod find;
mod happens_before;
mod links;
mod moments;
mod say;
mod why;

pub use find::explain;
pub(crate) use find::explain_run;
pub(crate) use happens_before::HappensBefore;
pub(crate) use links::Link;
pub use links::{Cause, Holds};
pub(crate) use moments::{Moment, Moments};
pub use say::sentences;
pub use why::{Answer, Asked, Step, line_text, lines_like, say_answer, why};

use crate::event::{LaneId, Object};

/// A printed line: its place in [`Document::lines`](crate::document::Document::lines).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineNumber(pub usize);

/// An order that holds in every run, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guarantee {
    /// What a lane did before it started others comes before all they do.
    Start {
        /// Who started.
        parent: LaneId,
        /// Whom.
        started: Vec<LaneId>,
    },
    /// All that lanes did comes before what their waiter did after it had waited for their end.
    Join {
        /// Who waited.
        waiter: LaneId,
        /// For whom.
        ended: Vec<LaneId>,
    },
    /// One lane at a time held this; in which order they took turns is luck.
    Lock {
        /// The lock.
        object: Object,
        /// How many lanes.
        lanes: usize,
        /// How often it was taken.
        turns: usize,
    },
    /// Nobody left before all had arrived.
    Barrier {
        /// The barrier.
        object: Object,
        /// How often it opened.
        rounds: usize,
    },
    /// What is received was sent before.
    Message {
        /// The queue or pipe.
        object: Object,
        /// How many were received.
        messages: usize,
    },
    /// There were no permits at first: each was given before it was taken.
    Permit {
        /// The semaphore.
        object: Object,
        /// How many were taken.
        taken: usize,
    },
    /// Nobody who waits for it goes on before it is set.
    Flag {
        /// The event or timer.
        object: Object,
    },
}

/// An order that usually holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Likely {
    /// A rule of the exercise.
    Rule {
        /// As it prints itself.
        rule: String,
        /// Whether it held in this run.
        holds: bool,
    },
    /// Two lines far apart because of a sleep; nothing else keeps them so.
    Sleep {
        /// The earlier one.
        first: LineNumber,
        /// The one whose lane slept.
        then: LineNumber,
        /// How far apart.
        gap_us: u64,
    },
}

/// What a reader would not expect in this run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Surprise {
    /// A lane that was started later printed its first line earlier, and nothing orders the two lines.
    Overtaken {
        /// The line that came first.
        first: LineNumber,
        /// The first line of the lane that was started before.
        then: LineNumber,
    },
    /// A rule that holds in every run did not hold: there is a bug.
    Broken {
        /// As it prints itself.
        rule: String,
    },
    /// Lanes that had not ended, and that nobody waited for, when the recording did.
    Unended {
        /// Which.
        lanes: Vec<LaneId>,
    },
}

/// The order of a run, explained. Of each list the most telling entries; `more_*` says how many
/// were left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// In every run.
    pub guaranteed: Vec<Guarantee>,
    /// Usually.
    pub likely: Vec<Likely>,
    /// In this run.
    pub surprises: Vec<Surprise>,
    /// Guarantees left out.
    pub more_guaranteed: usize,
    /// Likely orders left out.
    pub more_likely: usize,
    /// Surprises left out.
    pub more_surprises: usize,
}
