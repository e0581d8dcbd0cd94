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
mod one_call;
mod outcome;
mod staff;
mod workers;

pub use arguments::{Spread, Tuple};
pub use error::PoolError;
pub use outcome::{AsyncResult, Imap};
pub use workers::Workers;

use serde::Serialize;
use serde::de::DeserializeOwned;

#[derive(Debug)]
pub struct Pool;

impl Pool {
    #[allow(
        clippy::new_ret_no_self,
        reason = "as the one of `exercises`, which has its reason there"
    )]
    #[track_caller]
    pub fn new<I, O>(
        workers: usize,
        f: impl Fn(&I) -> O + Send + Sync + 'static,
    ) -> Result<Workers<I, O>, PoolError>
    where
        I: Serialize + DeserializeOwned + 'static,
        O: Serialize + DeserializeOwned + Send + 'static,
    {
        Workers::start(workers, f)
    }

    #[track_caller]
    pub fn of_arguments<I, O>(
        workers: usize,
        f: impl Spread<I, O> + Send + Sync + 'static,
    ) -> Result<Workers<I, O>, PoolError>
    where
        I: Tuple + Serialize + DeserializeOwned + 'static,
        O: Serialize + DeserializeOwned + Send + 'static,
    {
        Workers::start(workers, move |arguments: &I| f.call(arguments))
    }
}
