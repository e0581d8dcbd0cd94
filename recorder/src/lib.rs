//! What did happen: events, lanes, one order over threads and processes.
//!
//! - [`event`]: the vocabulary;
//! - [`journal`]: the shared memory everybody writes into;
//! - [`current`]: the journal of this process and the lane of this thread.
//!
//! Nothing here knows Jupyter, exercises or how a program was made to record; and nothing depends on the other
//! crates of the workspace, because the source is also built on the user's machine.
#![deny(missing_docs)]

pub mod current;
pub mod document;
pub mod event;
pub mod journal;
pub mod order;
pub mod timeline;

pub use event::{Event, Kind, Lane, LaneId, LaneKind, Line, Object, ObjectKind};
pub use journal::{Entry, Follower, Journal, JournalError};
