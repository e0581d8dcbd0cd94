//! Pools of processes, as far as lessons use them.
//!
//! What a pool promises: the results in the order of the inputs; a chunk done by one worker, its inputs one after the
//! other; callbacks one at a time, in a thread of the pool's own, before the result is there; with one worker, first
//! come, first served. What it leaves open is open here, too, and every way is tried: who does which task, and in which
//! order a worker does what has come.
//!
//! How the real one does it (what is given out ahead, taken back, looked after every 100 ms) is not modelled. So:
//! - a task belongs to its worker from when it was given. Nobody sees that, unless a task waits for another one: those
//!   two may stand in each other's way here, where a real pool would find somebody else for one of them;
//! - a worker is killed only when there is nothing left to do; a function may fail only in a task with one input.

#[path = "../../../../../exercises/src/process/pool/arguments.rs"]
mod arguments;
#[path = "../../../../../exercises/src/process/pool/chunks.rs"]
mod chunks;
#[path = "../../../../../exercises/src/process/pool/error.rs"]
mod error;
#[path = "../../../../../exercises/src/process/pool/lasting.rs"]
mod lasting;
mod one_call;
mod staff;
mod workers;

pub use arguments::{Spread, Tuple};
pub use error::PoolError;
pub use workers::{AsyncResult, Workers};

#[derive(Debug)]
pub struct Pool;
