use super::semaphore::Semaphore;
use crate::primitive::time::Duration;
use recorder::Object;

/// More was released than acquired: a bug in the program, which a plain [`Semaphore`] would hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("released more often than acquired: all {permits} permits are there already")]
pub struct OverRelease {
    /// The bound.
    pub permits: usize,
}

/// A [`Semaphore`] that never has more permits than it began with.
///
/// std, parking_lot and crossbeam have none; Python's raises `ValueError` where this one gives an
/// error.
///
/// ```
/// use exercises::sync::{BoundedSemaphore, OverRelease};
///
/// let connections = BoundedSemaphore::new(2);
/// connections.acquire();
/// assert_eq!(connections.release(), Ok(()));
/// assert_eq!(connections.release(), Err(OverRelease { permits: 2 }));
/// ```
#[derive(Debug)]
pub struct BoundedSemaphore {
    inner: Semaphore,
    bound: usize,
}

impl BoundedSemaphore {
    /// A semaphore with so many permits, now and at most.
    pub const fn new(permits: usize) -> BoundedSemaphore {
        BoundedSemaphore {
            inner: Semaphore::new(permits),
            bound: permits,
        }
    }

    /// Takes a permit, waiting for one if need be.
    pub fn acquire(&self) {
        self.inner.acquire();
    }

    /// Takes a permit if there is one.
    pub fn try_acquire(&self) -> bool {
        self.inner.try_acquire()
    }

    /// Takes a permit if there is one within this time.
    pub fn acquire_timeout(&self, limit: Duration) -> bool {
        self.inner.acquire_timeout(limit)
    }

    /// Puts a permit back; an error, and no change, if none was out.
    pub fn release(&self) -> Result<(), OverRelease> {
        if self.inner.release_unless(1, self.bound) {
            Ok(())
        } else {
            Err(OverRelease {
                permits: self.bound,
            })
        }
    }

    /// How many permits there are right now.
    pub fn permits(&self) -> usize {
        self.inner.permits()
    }

    /// How many there can be.
    pub fn bound(&self) -> usize {
        self.bound
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.inner.object()
    }
}
