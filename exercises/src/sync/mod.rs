//! Primitives between the threads of one process, one file each.
//!
//! | here | what it is | std | Python |
//! |---|---|---|---|
//! | [`Mutex`], [`Condvar`] | exclusion around a value; waiting for a change of it | the same | `Lock`, `Condition` |
//! | [`Semaphore`], [`BoundedSemaphore`] | a number of permits | none | the same names |
//! | [`ReentrantLock`] | a lock its holder may take again | unstable | `RLock` |
//! | [`Event`] | a flag one can wait for | none | `Event` |
//! | [`Timer`] | something done later, unless cancelled | none | `Timer` |
//! | [`Barrier`] | nobody passes before all have arrived | `Barrier`, without time-out | `Barrier` |
//! | [`Queue`] | hands items over, first in, first out | `mpsc` | `queue.Queue` |
//!
//! All are built on the lock and condition of [`primitive`](crate::primitive), record what they do
//! if a journal is installed, take durations by the time scale, and hold no thread of their own
//! (but the timer). For processes see [`process`](crate::process): after a fork, an object of this
//! module is two separate objects.

mod barrier;
mod bounded_semaphore;
mod event;
mod queue;
mod reentrant_lock;
mod semaphore;
mod timer;

pub use crate::primitive::lock::{Condvar, Mutex, MutexGuard};
pub use barrier::{Arrival, Barrier, BarrierBroken};
pub use bounded_semaphore::{BoundedSemaphore, OverRelease};
pub use event::Event;
pub use queue::{GetTimeoutError, Iter, PutError, PutErrorKind, Queue, TryGetError};
pub use reentrant_lock::{ReentrantGuard, ReentrantLock};
pub use semaphore::{Permit, Semaphore};
pub use timer::Timer;
