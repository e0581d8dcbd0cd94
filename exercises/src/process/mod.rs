//! Processes, and what they share, one file each.
//!
//! | here | what it is | std | Python's multiprocessing |
//! |---|---|---|---|
//! | [`Process`] | a function in a process of its own | `process::Command` runs *programs* | `Process` (start method fork) |
//! | [`Lock`] | exclusion | none | `Lock` |
//! | [`Semaphore`] | a number of permits | none | `Semaphore` |
//! | [`Barrier`] | nobody passes before all have arrived | none | `Barrier` |
//! | [`Queue`] | messages, any to any | none | `Queue` |
//! | [`pipe()`], [`duplex()`] | messages, one end to the other | `io::pipe` carries bytes | `Pipe` |
//! | [`Pool`] | many inputs, few workers | none | `Pool` |
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

mod barrier;
mod channel;
mod lock;
mod pipe;
mod pool;
mod process_type;
mod queue;
mod semaphore;

pub use crate::primitive::process::{
    ExitStatus, Signal, current_name, getpid as id, getppid as parent_id, is_child,
};
pub use crate::primitive::robust::Abandoned;
pub use crate::sync::Arrival;
pub use barrier::{Barrier, BarrierError};
pub use lock::{Lock, LockError, LockGuard};
pub use pipe::{Connection, Receiver, RecvError, Sender, duplex, pipe};
pub use pool::{Pool, PoolError};
pub use process_type::{IntoExitCode, Process, ProcessError};
pub use queue::{GetError, Iter, PutError, Queue, TryGetError};
pub use semaphore::{Permit, Semaphore};
