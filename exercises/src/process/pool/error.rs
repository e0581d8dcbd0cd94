//! What can go wrong with a pool.

use std::io;

use super::Workers;
use crate::primitive::process::ExitStatus;

/// Why there is no result. Nothing is made up for a missing one.
#[derive(Debug, thiserror::Error)]
pub enum PoolError {
    /// A worker was killed, or ended the process, before its work was done.
    #[error("worker process {pid} died before its work was done ({status:?})")]
    Died {
        /// Which one.
        pid: i32,
        /// How it ended.
        status: ExitStatus,
    },
    /// The function panicked.
    #[error("the function panicked on input {input} in process {pid}: {message}")]
    Panicked {
        /// The index of the input.
        input: usize,
        /// The worker.
        pid: i32,
        /// What the panic said.
        message: String,
    },
    /// An output could not be sent back.
    #[error("an output cannot be sent back: {0}")]
    Output(String),
    /// An input could not be sent, or not be read by the worker (it must be readable without a
    /// description of itself, as in a [`Queue`](super::super::Queue)).
    #[error("an input cannot be sent to a worker: {0}")]
    Input(String),
    /// [`close`](Workers::close) was called: no new tasks.
    #[error("the pool is closed and takes no more tasks")]
    Closed,
    /// [`terminate`](Workers::terminate) was called, or the pool dropped, before the task was done.
    #[error("the pool was ended before the task was done")]
    Terminated,
    /// [`join`](Workers::join) would wait for ever: somebody may still give tasks.
    #[error("the pool is still open: close or terminate it before join")]
    StillOpen,
    /// More workers than [`Workers::MOST`].
    #[error("{0} workers are too many: at most {max} are allowed", max = Workers::<(), ()>::MOST)]
    TooMany(usize),
    /// The pool belongs to the process that made it.
    #[error("the pool belongs to process {0}, which made it")]
    NotOurs(i32),
    /// A callback waits for its own pool, which waits for the callback.
    #[error("a callback cannot wait for its own pool")]
    InCallback,
    /// The system refused.
    #[error("the pool cannot work")]
    System(#[from] io::Error),
}
