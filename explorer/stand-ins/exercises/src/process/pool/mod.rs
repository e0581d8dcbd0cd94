//! Pools of processes.
//!
//! For one call, exactly: whoever is free takes the next chunk. For a pool that lasts, what it promises: any worker does any
//! task that has come, in any order; with one worker, first come, first served; a chunk whole, by one worker; callbacks one
//! at a time, before the result. A worker that exits has no model there: it would be replaced.

#[path = "../../../../../../exercises/src/process/pool/arguments.rs"]
mod arguments;
#[path = "../../../../../../exercises/src/process/pool/chunks.rs"]
mod chunks;
#[path = "../../../../../../exercises/src/process/pool/error.rs"]
mod error;
#[path = "../../../../../../exercises/src/process/pool/lasting.rs"]
mod lasting;
mod one_call;
mod outcome;
mod staff;
mod workers;

pub use arguments::{Spread, Tuple};
pub use error::PoolError;
pub use outcome::{AsyncResult, Imap};
pub use workers::Workers;

#[derive(Debug)]
pub struct Pool;
