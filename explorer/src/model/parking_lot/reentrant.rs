use super::{guards, patiently, until};
use crate::execution::Tag;
use crate::model::machine;
use crate::model::time::Instant;
use crate::operation::{ObjectId, Operation, Place, Reply, ThreadIndex};
use crate::world::Object;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::time::Duration;

/// A mutex that its holder may acquire again. Only the first acquisition and the last release are announced: what
/// comes in between nobody else can see.
#[derive(Default)]
pub struct ReentrantMutex<T: ?Sized> {
    tag: Tag,
    /// Who holds it, and how many times.
    holder: Cell<Option<(ThreadIndex, usize)>>,
    data: T,
}

// SAFETY: only the holder of the mutex uses `data`, and `holder` changes when it is acquired and released alone. All
// virtual threads of an execution are on one thread of the system.
unsafe impl<T: ?Sized + Send> Sync for ReentrantMutex<T> {}

/// The right to look at its data.
#[must_use = "a mutex is released when its guard is dropped"]
pub struct ReentrantMutexGuard<'a, T: ?Sized> {
    mutex: &'a ReentrantMutex<T>,
    taken: Place,
    /// It stays with its thread.
    stays: PhantomData<*const ()>,
}

guards!(ReentrantMutexGuard);

impl<T> ReentrantMutex<T> {
    /// A free one.
    pub const fn new(value: T) -> Self {
        Self {
            tag: Tag::new(),
            holder: Cell::new(None),
            data: value,
        }
    }

    /// Its data.
    pub fn into_inner(self) -> T {
        self.data
    }
}

impl<T: ?Sized> ReentrantMutex<T> {
    /// That a section only looks is never said of it: its data is changed through cells.
    fn id(&self) -> ObjectId {
        machine().object(&self.tag, || Object::mutex(false))
    }

    fn acquire(
        &self,
        operation: fn(ObjectId) -> Operation,
        place: Place,
    ) -> Option<ReentrantMutexGuard<'_, T>> {
        let (machine, me) = (machine(), machine().running());
        let times = match self.holder.get() {
            Some((holder, times)) if holder == me => times + 1,
            _ if machine.announce(operation(self.id()), place) == Reply::Miss => return None,
            _ => 1,
        };
        self.holder.set(Some((me, times)));
        Some(ReentrantMutexGuard {
            mutex: self,
            taken: place,
            stays: PhantomData,
        })
    }

    /// Acquires it, once more if this thread has it.
    #[track_caller]
    pub fn lock(&self) -> ReentrantMutexGuard<'_, T> {
        match self.acquire(Operation::Lock, Location::caller()) {
            Some(guard) => guard,
            None => unreachable!("an acquisition that waits does not fail"),
        }
    }

    /// Acquires it if nobody else has it.
    #[track_caller]
    pub fn try_lock(&self) -> Option<ReentrantMutexGuard<'_, T>> {
        self.acquire(Operation::TryLock, Location::caller())
    }

    /// Acquires it, or gives up after a while.
    #[track_caller]
    pub fn try_lock_for(&self, timeout: Duration) -> Option<ReentrantMutexGuard<'_, T>> {
        let place = Location::caller();
        patiently(timeout, || self.acquire(Operation::TryLock, place))
    }

    /// Acquires it, or gives up at a point in time.
    #[track_caller]
    pub fn try_lock_until(&self, deadline: Instant) -> Option<ReentrantMutexGuard<'_, T>> {
        self.try_lock_for(until(deadline))
    }

    /// Does this thread have it?
    pub fn is_owned_by_current_thread(&self) -> bool {
        let me = machine().running();
        self.holder.get().is_some_and(|(holder, _)| holder == me)
    }

    /// Its data: nobody else can have it.
    pub fn get_mut(&mut self) -> &mut T {
        &mut self.data
    }
}

impl<T: ?Sized> ReentrantMutexGuard<'_, T> {
    fn data(&self) -> &T {
        &self.mutex.data
    }
}

impl<T: ?Sized> Drop for ReentrantMutexGuard<'_, T> {
    fn drop(&mut self) {
        let left = match self.mutex.holder.get() {
            Some((holder, times)) if times > 1 => Some((holder, times - 1)),
            _ => None,
        };
        self.mutex.holder.set(left);
        if left.is_none() {
            let release = Operation::Unlock {
                mutex: self.mutex.id(),
                poison: false,
                looked: false,
            };
            machine().announce(release, self.taken);
        }
    }
}

impl<T> From<T> for ReentrantMutex<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for ReentrantMutex<T> {
    #[track_caller]
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = out.debug_struct("ReentrantMutex");
        match self.try_lock() {
            Some(guard) => shown.field("data", &&*guard).finish(),
            None => shown.field("data", &format_args!("<locked>")).finish(),
        }
    }
}
