//! What lessons use between processes, on the model: the names of `exercises::process`.
//!
//! The process itself is the exercises' own. Its companions are made of those between threads, in memory that is shared,
//! or of the model's channels. So a lesson is judged by what these objects promise, not by how they keep it. What a
//! process that was killed leaves to the others is not modelled, and said not to be where somebody comes to it.
#![expect(
    missing_docs,
    reason = "the names and their meaning are those of `exercises::process`, where they are explained"
)]

mod barrier;
mod condition;
mod event;
mod file_lock;
mod leave;
mod lock;
mod manager;
mod messages;
#[path = "../../../../exercises/src/process/number.rs"]
mod number;
mod owned;
mod pipe;
mod pool;
#[path = "../../../../exercises/src/process/process_type.rs"]
mod process_type;
mod queue;
mod reentrant_lock;
mod semaphore;
mod value;

pub use crate::primitive::process::{
    ExitStatus, Signal, current_name, getpid as id, getppid as parent_id, ignore,
};
pub use barrier::{Barrier, BarrierError};
pub use condition::{Condition, ConditionGuard};
pub use event::Event;
pub use file_lock::{FileLock, FileLockGuard};
pub use lock::{Lock, LockError, LockGuard};
pub use manager::{
    Answer, Datum, Dict, DictProxy, Key, ListProxy, MOST_DEPTH, Manager, ManagerError, Namespace,
    Registry, RemoteClient, RemoteServer, ValueProxy,
};
pub use messages::{GetError, PutError, TryGetError};
pub use pipe::{Connection, Receiver, Sender, duplex, pipe};
pub use pool::{AsyncResult, Pool, PoolError, Spread, Tuple, Workers};
pub use process_type::{IntoExitCode, Process, ProcessError};
pub use queue::Queue;
pub use reentrant_lock::{ReentrantGuard, ReentrantLock};
pub use semaphore::Semaphore;
pub use value::{Array, Value};

/// A process that had it has ended and left it as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("process {pid} ended without letting go")]
pub struct Abandoned {
    pub pid: i32,
}
