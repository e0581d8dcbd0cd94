//! Failures, each with its lines and a schedule that shows it again.
mod find;

pub use find::find;
pub(crate) use find::waiting;

use crate::operation::Place;
use crate::schedule::Schedule;

/// What went wrong.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// Threads wait for each other, or for something that never comes.
    Deadlock,
    /// A write overwrote one that came between it and the read it rests on.
    LostUpdate,
    /// Two accesses to the same memory, at least one a write, that nothing orders.
    DataRace,
    /// A panic.
    Panic,
    /// Threads go on for ever without getting anywhere.
    Livelock,
    /// A thread waits for a notification that came before it waited.
    LostWakeup,
    /// Main ended while another thread was blocked for ever.
    BlockedAtExit,
    /// The same schedule did something else the second time.
    Nondeterminism,
}

/// A line of the program.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Line {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

impl From<Place> for Line {
    fn from(place: Place) -> Self {
        Self {
            file: place.file().to_owned(),
            line: place.line(),
        }
    }
}

/// An edge of the wait-for graph.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Waiting {
    /// Who waits; main is 0.
    pub thread: usize,
    /// Where.
    pub at: Line,
    /// For what.
    pub what: String,
    /// For whom, where that is one thread.
    pub whom: Option<usize>,
    /// Where that one took what is waited for.
    pub taken_at: Option<Line>,
}

/// A line that ends the process before main has come to its end. That is no failure: many a program is meant to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Departure {
    /// The line.
    pub line: Line,
    /// A schedule that leads there, as a string.
    pub schedule: String,
}

/// Two failures with the same signature are the same failure.
pub type Signature = (FailureKind, Vec<Line>);

/// A failure.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Failure {
    /// What.
    pub kind: FailureKind,
    /// The lines that matter.
    pub lines: Vec<Line>,
    /// Who waits for whom; a cycle of a deadlock comes first.
    pub waiting: Vec<Waiting>,
    /// What a panic said.
    pub message: Option<String>,
    /// The schedule, as a string.
    pub schedule: String,
}

impl Failure {
    fn new(kind: FailureKind, lines: Vec<Line>) -> Self {
        Self {
            kind,
            lines,
            waiting: Vec::new(),
            message: None,
            schedule: String::new(),
        }
    }

    /// At one line.
    pub(crate) fn at(kind: FailureKind, line: Line) -> Self {
        Self::new(kind, vec![line])
    }

    /// What makes it this failure.
    pub fn signature(&self) -> Signature {
        (self.kind, self.lines.clone())
    }

    /// With a schedule that shows it.
    #[must_use]
    pub fn with_schedule(mut self, schedule: &Schedule) -> Self {
        self.schedule = schedule.to_string();
        self
    }
}
