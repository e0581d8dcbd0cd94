//! What `exercises::primitive` is to the exercises, on the explorer's model: the same names, announced instead of done.
//!
//! Here are only the names that lessons with threads come to, directly or through `sync`. A lesson that comes to
//! another does not compile here, and stands in [`repertoire`](crate::repertoire) with what it lacks.
//!
//! What differs from the system's:
//! - nothing is recorded but lines and the lives of lanes, and those are prints ([`current`]);
//! - whoever wants a number that the system would draw (a thread's id, a process' id) gets one that is made of where it
//!   was started, so that it does not depend on the schedule ([`lane`]);
//! - random delays are not needed: every order is tried.
#![expect(
    missing_docs,
    reason = "the names and their meaning are those of `exercises::primitive`, where they are explained"
)]

pub mod current;
pub mod cut;
pub mod identity;
pub mod lane;
pub mod lock;
pub(crate) mod mortal;
pub(crate) mod participants;
pub(crate) mod per_process;
pub(crate) mod ports;
pub mod process;
pub mod settings;
#[path = "../../../../exercises/src/primitive/slot.rs"]
pub(crate) mod slot;
pub mod thread;
pub mod time;
pub(crate) mod turns;

pub use explorer::model::panic;
pub use std::hint::black_box;

pub use explorer::model::sync::{Arc, LazyLock, OnceLock, atomic};

use crate::lack::Lack;
use recorder::LaneId;
use serde_json::json;
use std::collections::BTreeSet;

/// A new execution begins: what is made once in a process, or on a machine, is made anew. `ended`: the processes that are sent signals.
pub(crate) fn begin(ended: &BTreeSet<LaneId>) {
    mortal::begin(ended);
    per_process::begin();
    participants::begin();
    ports::begin();
}

/// The lesson comes to something that the model does not have. This execution ends, and nothing is proved. It is printed,
/// because whoever judges may be another process.
pub(crate) fn not_modelled(what: Lack) -> ! {
    current::say(&json!({"lacks": what.id()}));
    explorer::model::process::exit(1)
}
