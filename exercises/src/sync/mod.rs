//! Primitives between the threads of one process, one file each.
//!
//! | here | what it is | std | Python |
//! |---|---|---|---|
//! | [`Thread`], [`threads`] | a thread as an object, daemons, a registry | `thread`, without daemons and registry | `Thread`, `enumerate` |
//! | [`Mutex`], [`Condvar`] | exclusion around a value; waiting for a change of it | the same | `Lock`, `Condition` |
//! | [`Condition`] | a value, its lock and the waiting for it in one object | none | `Condition` |
//! | [`Lock`] | a lock that anybody may release | none | `Lock` |
//! | [`Semaphore`], [`BoundedSemaphore`] | a number of permits | none | the same names |
//! | [`ReentrantLock`] | a lock its holder may take again | unstable | `RLock` |
//! | [`Event`] | a flag one can wait for | none | `Event` |
//! | [`Timer`] | something done later, unless cancelled | none | `Timer` |
//! | [`Barrier`] | nobody passes before all have arrived | `Barrier`, without time-out | `Barrier` |
//! | [`Local`] | a value for each thread in one object | `thread_local!`, a `static` | `local` |
//! | [`Queue`] | hands items over, first in, first out | `mpsc` | `queue.Queue` |
//! | [`ThreadPool`], [`Future`] | a few threads do many jobs; the result of one | none | `ThreadPoolExecutor`, `Future` |
//!
//! All are built on the lock and condition of [`primitive`](crate::primitive), record what they do
//! if a journal is installed, take durations by the time scale, and hold no thread of their own
//! (but the timer and the pool). What blocks or changes anything tells its caller on (`track_caller`): the explorer compiles
//! these sources with its model, and names the program's line. For processes see [`process`](crate::process): after a fork, an object of this
//! module is two separate objects.

mod barrier;
mod bounded_semaphore;
mod condition;
mod event;
mod future;
mod local;
mod lock;
mod queue;
mod reentrant_lock;
mod semaphore;
mod thread;
mod thread_pool;
pub mod threads;
mod timer;

pub use crate::primitive::lock::{Condvar, Mutex, MutexGuard};
pub use barrier::{Arrival, Barrier, BarrierBroken};
pub use bounded_semaphore::{BoundedSemaphore, OverRelease};
pub use condition::{Condition, ConditionGuard};
pub use event::Event;
pub(crate) use future::Promise;
pub use future::{AsCompleted, Future, JobError, WaitFor, Waited, as_completed, wait};
pub use local::{Local, NotSet};
pub use lock::{Hold, Lock, NotHeld};
pub use queue::{GetTimeoutError, Iter, PutError, PutErrorKind, Queue, TryGetError};
pub use reentrant_lock::{ReentrantGuard, ReentrantLock};
pub use semaphore::{Permit, Semaphore};
pub use thread::{Thread, ThreadError};
pub(crate) use thread_pool::Crew;
pub use thread_pool::{BACKLOG, MAX_WORKERS, Map, PoolError, ThreadPool};
pub use timer::Timer;
