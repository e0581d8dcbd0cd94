use crate::primitive::lock::{Reentrant, ReentrantInner};
use crate::primitive::time::Duration;
use std::fmt;
use std::ops::Deref;

/// A lock that its holder may take again; it is free when it was released as often as taken.
///
/// For a method that locks and calls another one that locks too. As the same thread can hold two
/// guards, the guard gives only `&T`: put a [`Cell`](std::cell::Cell) or
/// [`RefCell`](std::cell::RefCell) inside. Often the cleaner way is to lock once and hand the guard
/// on.
///
/// | | difference |
/// |---|---|
/// | `std::sync::ReentrantLock` | the same, but still unstable |
/// | `parking_lot::ReentrantMutex` | the same interface, plus a place on the timeline; without the table of all waiters that a fork may catch closed. A forked child goes on holding what the thread that forked it held |
/// | crossbeam | has none |
/// | Python's `threading.RLock` | guards code, not a value; to release it in another thread is `RuntimeError` at run time |
///
/// **Who releases.** The guard, in the thread that took it: a guard cannot be sent to another thread.
///
/// ```compile_fail
/// use exercises::primitive::thread;
/// use exercises::sync::ReentrantLock;
///
/// let lock = ReentrantLock::new(());
/// let held = lock.lock();
/// thread::scope(|s| _ = s.spawn(None, move || drop(held))); // the guard is not `Send`
/// ```
///
/// **Order.** What was done under the lock is seen by the next who takes it; there is no order among
/// those who wait. **No poisoning:** a panic releases the lock. **Bounds:** a thread may hold it
/// `usize::MAX` times; once more is a panic.
///
/// ```
/// use exercises::sync::ReentrantLock;
/// use std::cell::Cell;
///
/// struct Box { total: ReentrantLock<Cell<i64>> }
/// impl Box {
///     fn execute(&self, change: i64) {
///         let total = self.total.lock();
///         total.set(total.get() + change);
///     }
///     fn add(&self) {
///         let _held = self.total.lock(); // with a plain lock, the next line would never return
///         self.execute(1);
///     }
/// }
/// let items = Box { total: ReentrantLock::new(Cell::new(0)) };
/// items.add();
/// assert_eq!(items.total.lock().get(), 1);
/// ```
pub struct ReentrantLock<T> {
    inner: Reentrant<T>,
}

impl<T> ReentrantLock<T> {
    /// A free lock around a value.
    pub const fn new(value: T) -> ReentrantLock<T> {
        ReentrantLock {
            inner: Reentrant::new(value),
        }
    }

    /// Takes the lock; waits only if another thread has it.
    #[track_caller]
    pub fn lock(&self) -> ReentrantGuard<'_, T> {
        ReentrantGuard {
            inner: self.inner.lock(),
        }
    }

    /// Takes the lock unless another thread has it.
    #[track_caller]
    pub fn try_lock(&self) -> Option<ReentrantGuard<'_, T>> {
        self.inner.try_lock().map(|inner| ReentrantGuard { inner })
    }

    /// Takes the lock unless another thread keeps it for longer than this.
    #[track_caller]
    pub fn lock_timeout(&self, limit: Duration) -> Option<ReentrantGuard<'_, T>> {
        self.inner
            .lock_timeout(limit)
            .map(|inner| ReentrantGuard { inner })
    }

    /// Whether somebody holds it right now.
    #[track_caller]
    pub fn is_locked(&self) -> bool {
        self.inner.is_locked()
    }

    /// Whether the calling thread holds it.
    #[track_caller]
    pub fn is_held_by_this_thread(&self) -> bool {
        self.inner.is_held_by_this_thread()
    }

    /// The value, when the lock is not needed any more.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }

    /// The value without locking.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }
}

impl<T: Default> Default for ReentrantLock<T> {
    fn default() -> ReentrantLock<T> {
        ReentrantLock::new(T::default())
    }
}

impl<T> fmt::Debug for ReentrantLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReentrantLock")
    }
}

/// One of the holds on a [`ReentrantLock`].
#[must_use = "the lock is released at once if the guard is not kept"]
pub struct ReentrantGuard<'a, T> {
    inner: ReentrantInner<'a, T>,
}

impl<T> Deref for ReentrantGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.inner
    }
}
