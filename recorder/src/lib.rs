//! What did happen: events, lanes, one order over threads and processes.
//!
//! - [`event`]: the vocabulary;
//! - [`journal`]: the shared memory everybody writes into;
//! - [`current`]: the journal of this process and the lane of this thread;
//! - [`document`]: one run as a whole, [`order`]: the rules it must keep;
//! - `timeline` and `explanation` (with the feature `drawing`): what a reader sees of it.
//! - [`interpose`]: how code that knows nothing of this is seen, and [`trace`]: what becomes of that.
//!
//! Nothing here knows Jupyter or exercises; and nothing depends on the other
//! crates of the workspace, because the source is also built on the user's machine.
#![deny(missing_docs)]

pub mod current;
pub mod document;
pub mod event;
#[cfg(feature = "drawing")]
pub mod explanation;
mod host;
mod identity;
pub mod interpose;
pub mod journal;
pub mod order;
mod ring;
#[allow(dead_code, reason = "the library for preloading uses the rest")]
mod sys;
#[cfg(feature = "drawing")]
pub mod timeline;
pub mod trace;
mod vocabulary;

pub use event::{Event, Kind, Lane, LaneId, LaneKind, Line, Object, ObjectKind};
pub use journal::{Entry, Follower, Journal, JournalError};
