use super::semaphore::{Permit, Semaphore};
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
/// | | difference |
/// |---|---|
/// | std, parking_lot, crossbeam | have none |
/// | [`Semaphore`] | one release too many silently lets one more in, for ever |
/// | Python's `threading.BoundedSemaphore` | the same; there one release too many is `ValueError`, here [`OverRelease`] |
///
/// "Bounded" does not mean "at most so many inside" (every semaphore does that) but "never more permits
/// than at the beginning". A place becomes free when its permit is released, not when a thread ends.
///
/// **Order** and **bounds** as for [`Semaphore`].
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
        let bound = if permits > Semaphore::MAX_PERMITS {
            Semaphore::MAX_PERMITS
        } else {
            permits
        };
        BoundedSemaphore {
            inner: Semaphore::new(bound),
            bound,
        }
    }

    /// Takes a permit, waiting for one if need be.
    #[track_caller]
    pub fn acquire(&self) {
        self.inner.acquire();
    }

    /// Takes a permit if there is one.
    #[track_caller]
    pub fn try_acquire(&self) -> bool {
        self.inner.try_acquire()
    }

    /// Takes a permit if there is one within this time.
    #[track_caller]
    pub fn acquire_timeout(&self, limit: Duration) -> bool {
        self.inner.acquire_timeout(limit)
    }

    /// Puts a permit back; an error, and no change, if none was out.
    #[track_caller]
    pub fn release(&self) -> Result<(), OverRelease> {
        if self.inner.release_unless(1, self.bound) {
            Ok(())
        } else {
            Err(OverRelease {
                permits: self.bound,
            })
        }
    }

    /// Takes a permit that comes back when it goes out of scope, also in a panic.
    #[track_caller]
    pub fn permit(&self) -> Permit<'_> {
        self.inner.permit()
    }

    /// How many permits there are right now.
    #[track_caller]
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
