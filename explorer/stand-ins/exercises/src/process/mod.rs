//! Processes, and what they share, as `exercises::process` has them, on the explorer's model.
//!
//! The process itself, numbers, queues and pipes are the library's own sources. What is below them differs: what several
//! processes share is in memory that is there once ([`kept`](explorer::model::fork::kept)), everything else each has for
//! itself.
#![allow(
    missing_docs,
    dead_code,
    reason = "the names and their meaning are those of `exercises::process`, where they are explained; some are for what \
              has no model"
)]
#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "its pages also lead to what is not modelled"
)]

#[path = "../../../../../exercises/src/process/array.rs"]
mod array;
mod barrier;
#[path = "../../../../../exercises/src/process/byte_pipe.rs"]
mod byte_pipe;
mod channel;
mod file_lock;
#[path = "../../../../../exercises/src/process/joinable_queue.rs"]
mod joinable_queue;
mod lock;
#[path = "../../../../../exercises/src/process/number.rs"]
mod number;
#[path = "../../../../../exercises/src/process/pipe.rs"]
mod pipe;
mod pool;
#[path = "../../../../../exercises/src/process/process_type.rs"]
mod process_type;
#[path = "../../../../../exercises/src/process/queue.rs"]
mod queue;
mod signals;
#[path = "../../../../../exercises/src/process/simple_queue.rs"]
mod simple_queue;
mod tasks;
#[path = "../../../../../exercises/src/process/value.rs"]
mod value;

pub use crate::primitive::process::{
    ExitStatus, Signal, current_name, getpid as id, getppid as parent_id, is_child,
};
pub use crate::sync::Arrival;
pub use array::{Array, ArrayGuard};
pub use barrier::{Barrier, BarrierError};
pub use byte_pipe::{ByteReceiver, ByteSender, byte_pipe};
pub use file_lock::{FileLock, FileLockGuard};
pub use joinable_queue::{JoinableQueue, TaskDoneError};
pub use lock::{Lock, LockError, LockGuard, ReentrantGuard, ReentrantLock};
pub use number::{SharedInteger, SharedNumber};
pub use pipe::{Connection, Receiver, RecvError, Sender, duplex, pipe};
pub use pool::{AsyncResult, Imap, Pool, PoolError, Spread, Tuple, Workers};
pub use process_type::{IntoExitCode, Process, ProcessError};
pub use queue::{GetError, Iter, PutError, Queue, TryGetError};
pub use signals::{Condition, ConditionGuard, Event, Permit, Semaphore};
pub use simple_queue::SimpleQueue;
pub use value::{Value, ValueGuard};

/// A process that had it has ended and left it as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("process {pid} ended without letting go")]
pub struct Abandoned {
    pub pid: i32,
}
