//! What happens between two operations of a thread: prints, the end.
use crate::operation::{Place, Step, ThreadIndex};

/// Where prints go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stream {
    /// `println!`
    Out,
    /// `eprintln!`
    Err,
}

/// How the process ended.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Main returned, or somebody called exit with this code.
    Finished(i32),
    /// Main panicked.
    Panicked,
    /// Nothing can happen any more, and main has not ended.
    Deadlock,
    /// The bound on the length of an execution was reached.
    CutOff,
}

/// Something that is no operation: nobody decides when it happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Local {
    /// A print.
    Print(Stream, String, Place),
    /// The end of the process.
    Exit {
        /// How.
        ending: Ending,
        /// Where somebody ended it; nowhere, where main came to its end.
        by: Option<Place>,
    },
}

/// A local event, placed between the operations of its thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalEvent {
    /// Whose.
    pub thread: ThreadIndex,
    /// How many operations the thread had executed.
    pub executed: u32,
    /// How many operations all had executed.
    pub step: Step,
    /// What.
    pub local: Local,
}
