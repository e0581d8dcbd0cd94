//! Processes, and what they share, one file each.
//!
//! | here | what it is | std | Python's multiprocessing |
//! |---|---|---|---|
//! | [`Process`] | a function in a process of its own | `process::Command` runs *programs* | `Process` (start method fork) |
//! | [`Lock`] | exclusion | none | `Lock` |
//! | [`ReentrantLock`] | exclusion, and the holder may take it again | none | `RLock` |
//! | [`FileLock`] | exclusion that the system undoes when the holder ends | `File::lock` | none (`fcntl.flock`) |
//! | [`Event`] | a flag one can wait for | none | `Event` |
//! | [`Condition`] | waiting until something holds | none | `Condition` |
//! | [`Value`], [`Array`] | numbers in shared memory | none | `Value`, `Array` |
//! | [`Semaphore`] | a number of permits | none | `Semaphore` |
//! | [`Barrier`] | nobody passes before all have arrived | none | `Barrier` |
//! | [`Queue`] | messages, any to any | none | `Queue` |
//! | [`JoinableQueue`] | a queue that knows when all its items are done | none | `JoinableQueue` |
//! | [`SimpleQueue`] | a queue with three calls | none | `SimpleQueue` |
//! | [`pipe()`], [`duplex()`] | messages, one end to the other | `io::pipe` carries bytes | `Pipe` |
//! | [`Subprocess`] | another program, its input and output | `process::Command` | `subprocess` |
//! | [`Commands`] | functions called by name, as programs are | none | none (invoke) |
//! | [`byte_pipe()`] | bytes, one end to the other | `io::pipe` | `Pipe` (`send_bytes`) |
//! | [`Pool`], [`Workers`] | many inputs, few workers | none | `Pool` |
//! | [`Manager`] | dictionaries, lists, values in a server process | none | `Manager` |
//! | [`RemoteServer`], [`RemoteClient`] | functions of a server process, with a key | none | `BaseManager` |
//!
//! **How to share.** Make the object first, then start the process; move a clone of the handle into
//! its closure. The object lies in shared memory, everything else the child has is a copy: a
//! variable changed in the child stays as it was in the parent.
//!
//! **Nobody hangs because somebody died.** Python's primitives do: a child killed while it holds a
//! semaphore or writes into a queue blocks the others for ever. Here those who wait find out (the
//! kernel tells about locks at once; for the rest they look every 100 ms whether the others live)
//! and get [`Abandoned`] with the pid of the dead, or the end of the queue. What they cannot find
//! out is that a *living* process has forgotten something.

mod acquire;
mod array;
mod barrier;
mod byte_pipe;
mod channel;
mod commands;
mod condition;
mod event;
mod file_lock;
mod joinable_queue;
mod lock;
mod manager;
mod number;
mod pipe;
mod pool;
mod process_type;
mod queue;
mod reentrant_lock;
mod semaphore;
mod simple_queue;
mod subprocess;
mod tasks;
mod value;

pub use crate::primitive::process::{
    ExitStatus, Signal, current_name, getpid as id, getppid as parent_id, ignore, is_child,
};
pub use crate::primitive::robust::Abandoned;
pub use crate::sync::Arrival;
pub use array::{Array, ArrayGuard};
pub use barrier::{Barrier, BarrierError};
pub use byte_pipe::{ByteReceiver, ByteSender, byte_pipe};
pub use commands::{CommandError, Commands};
pub use condition::{Condition, ConditionGuard};
pub use event::Event;
pub use file_lock::{FileLock, FileLockGuard};
pub use joinable_queue::{JoinableQueue, TaskDoneError};
pub use lock::{Lock, LockError, LockGuard};
pub use manager::{
    Answer, Datum, Dict, DictProxy, Key, ListProxy, MOST_DEPTH, Manager, ManagerError, Namespace,
    Registry, RemoteClient, RemoteServer, ValueProxy,
};
pub use number::{SharedInteger, SharedNumber};
pub use pipe::{Connection, Receiver, RecvError, Sender, duplex, pipe};
pub use pool::{AsyncResult, Imap, Pool, PoolError, Spread, Tuple, Workers};
pub use process_type::{IntoExitCode, Process, ProcessError};
pub use queue::{GetError, Iter, PutError, Queue, TryGetError};
pub use reentrant_lock::{ReentrantGuard, ReentrantLock};
pub use semaphore::{Permit, Semaphore};
pub use simple_queue::SimpleQueue;
pub use subprocess::{Output, Subprocess, SubprocessError};
pub use value::{Value, ValueGuard};
