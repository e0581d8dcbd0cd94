//! parking_lot's names, announced: locks that no panic poisons, and a condition that is given the guard to wait with.
//!
//! They stand on the model of std's. What is not here (guards of a part of the data, locks that can be upgraded or
//! handed over fairly, the raw ones) is refused with its line.
mod condvar;
mod mutex;
mod once;
mod reentrant;
mod rwlock;

pub use super::sync::WaitTimeoutResult;
pub use condvar::Condvar;
pub use mutex::{Mutex, MutexGuard};
pub use once::{Once, OnceState};
pub use reentrant::{ReentrantMutex, ReentrantMutexGuard};
pub use rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::time::{Instant, nanoseconds};
use super::{machine, sync};
use std::panic::Location;
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};
use std::time::Duration;

/// What a lock of std's gives, whoever panicked.
fn whole<G>(taken: LockResult<G>) -> G {
    taken.unwrap_or_else(PoisonError::into_inner)
}

/// The same, where the lock may be held.
fn if_free<G>(taken: TryLockResult<G>) -> Option<G> {
    match taken {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

/// How long it is to a point in time.
fn until(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

/// Tries something that waits for so long: when its time is over is for whoever explores to say.
fn patiently<R>(patience: Duration, tries: impl FnOnce() -> R) -> R {
    let machine = machine();
    machine.set_timeout(Some(nanoseconds(patience)));
    let outcome = tries();
    machine.set_timeout(None);
    outcome
}

/// Acquires a mutex of std's, or gives up after so long: std itself has no such thing, but what stands on it may.
#[track_caller]
pub fn try_lock_for<T: ?Sized>(
    mutex: &sync::Mutex<T>,
    patience: Duration,
) -> Option<sync::MutexGuard<'_, T>> {
    let place = Location::caller();
    patiently(patience, || if_free(mutex.try_lock_at(place)))
}

/// What a mutex and a reader-writer lock have in common.
macro_rules! owns_its_data {
    ($lock:ident, $tries:ident) => {
        impl<T> $lock<T> {
            /// A free one.
            pub const fn new(value: T) -> Self {
                Self(sync::$lock::new(value))
            }

            /// Its data.
            pub fn into_inner(self) -> T {
                whole(self.0.into_inner())
            }
        }

        impl<T: ?Sized> $lock<T> {
            /// Its data: nobody else can have it.
            pub fn get_mut(&mut self) -> &mut T {
                whole(self.0.get_mut())
            }
        }

        impl<T> From<T> for $lock<T> {
            fn from(value: T) -> Self {
                Self::new(value)
            }
        }

        impl<T: ?Sized + fmt::Debug> fmt::Debug for $lock<T> {
            #[track_caller]
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut shown = out.debug_struct(stringify!($lock));
                match self.$tries() {
                    Some(guard) => shown.field("data", &&*guard).finish(),
                    None => shown.field("data", &format_args!("<locked>")).finish(),
                }
            }
        }
    };
}

/// A guard that gives its data, and shows it.
macro_rules! guards {
    ($($guard:ident)*) => {
        $(
            impl<T: ?Sized> std::ops::Deref for $guard<'_, T> {
                type Target = T;

                fn deref(&self) -> &T {
                    self.data()
                }
            }

            impl<T: ?Sized + fmt::Debug> fmt::Debug for $guard<'_, T> {
                fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Debug::fmt(&**self, out)
                }
            }

            impl<T: ?Sized + fmt::Display> fmt::Display for $guard<'_, T> {
                fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Display::fmt(&**self, out)
                }
            }
        )*
    };
}

use {guards, owns_its_data};
