//! Locks and conditions between threads: parking_lot's, recorded.
//!
//! No poisoning: a thread that panics while it holds a lock releases it, and the next one sees what
//! is there, as in parking_lot and in Python, unlike in std.

use super::identity::Identity;
use super::settings::shake;
use super::time::{Deadline, Duration};
use recorder::{Kind, ObjectKind};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// Mutual exclusion around a value.
///
/// | | difference |
/// |---|---|
/// | `std::sync::Mutex` | no poisoning, so `lock()` gives the guard and not a `Result` |
/// | `parking_lot::Mutex` | the same, plus a place on the timeline |
/// | crossbeam | has none of its own (only `ShardedLock`) |
/// | Python's `threading.Lock` | that one guards a stretch of code; this one guards a *value*, which cannot be reached without it. Python's may be released by another thread, this one cannot |
///
/// ```
/// use exercises::sync::Mutex;
/// use exercises::primitive::thread;
///
/// let total = Mutex::new(0);
/// thread::scope(|s| {
///     for _ in 0..4 {
///         s.spawn(None, || for _ in 0..1000 { *total.lock() += 1 });
///     }
/// });
/// assert_eq!(total.into_inner(), 4000);
/// ```
pub struct Mutex<T: ?Sized> {
    identity: Identity,
    inner: parking_lot::Mutex<T>,
}

impl<T> Mutex<T> {
    /// A free lock around a value. May be a `static`.
    pub const fn new(value: T) -> Mutex<T> {
        Mutex {
            identity: Identity::new(ObjectKind::Lock),
            inner: parking_lot::Mutex::new(value),
        }
    }

    /// A lock that is part of another primitive: not recorded, not shaken.
    pub(crate) const fn quiet(value: T) -> Mutex<T> {
        Mutex {
            identity: Identity::new(ObjectKind::None),
            inner: parking_lot::Mutex::new(value),
        }
    }

    /// The value, when the lock is not needed any more.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits until the lock is free and takes it. Taking it twice in one thread blocks for ever:
    /// see [`ReentrantLock`](crate::sync::ReentrantLock).
    pub fn lock(&self) -> MutexGuard<'_, T> {
        self.identity.shake();
        let inner = match self.inner.try_lock() {
            Some(inner) => inner,
            None => {
                self.identity.emit(Kind::WaitBegin);
                let inner = self.inner.lock();
                self.identity.emit(Kind::WaitEnd);
                inner
            }
        };
        self.guard(inner)
    }

    /// Takes the lock if it is free.
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        self.identity.shake();
        self.inner.try_lock().map(|inner| self.guard(inner))
    }

    /// Takes the lock if it becomes free in this time.
    pub fn lock_timeout(&self, limit: Duration) -> Option<MutexGuard<'_, T>> {
        self.identity.shake();
        let inner = match self.inner.try_lock() {
            Some(inner) => Some(inner),
            None => {
                self.identity.emit(Kind::WaitBegin);
                let inner = match Deadline::after(limit).instant() {
                    Some(end) => self.inner.try_lock_until(end),
                    None => Some(self.inner.lock()),
                };
                self.identity.emit(Kind::WaitEnd);
                inner
            }
        };
        inner.map(|inner| self.guard(inner))
    }

    fn guard<'a>(&'a self, inner: parking_lot::MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        self.identity.emit(Kind::Acquire);
        MutexGuard {
            inner: Some(inner),
            identity: &self.identity,
        }
    }

    /// Whether somebody holds it right now; true a moment ago is all one can know.
    pub fn is_locked(&self) -> bool {
        self.inner.is_locked()
    }

    /// The value without locking: whoever has the lock alone needs no lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Mutex<T> {
        Mutex::new(T::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

/// The key to the value: the lock is held as long as this lives.
#[must_use = "the lock is released at once if the guard is not kept"]
pub struct MutexGuard<'a, T: ?Sized> {
    // None only inside `drop`.
    inner: Option<parking_lot::MutexGuard<'a, T>>,
    identity: &'a Identity,
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        match &self.inner {
            Some(inner) => inner,
            None => unreachable!("a guard holds its lock until it is dropped"),
        }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        match &mut self.inner {
            Some(inner) => inner,
            None => unreachable!("a guard holds its lock until it is dropped"),
        }
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        // Written down before the lock is free, so that no later holder can come first in the
        // journal.
        self.identity.emit(Kind::Release);
        drop(self.inner.take());
        self.identity.shake();
    }
}

/// Waiting, with a lock, until something about its value is true.
///
/// | | difference |
/// |---|---|
/// | `std::sync::Condvar` | the guard is borrowed and not moved in and out; `wait_while` is the same idea |
/// | `parking_lot::Condvar` | the same, plus a place on the timeline |
/// | Python's `threading.Condition` | that one owns its lock; here lock and condition are two things |
///
/// ```
/// use exercises::sync::{Condvar, Mutex};
/// use exercises::primitive::thread;
///
/// let (ready, changed) = (Mutex::new(false), Condvar::new());
/// thread::scope(|s| {
///     s.spawn(Some("waiter"), || {
///         let mut ready = ready.lock();
///         changed.wait_while(&mut ready, |ready| !*ready);
///         assert!(*ready);
///     });
///     *ready.lock() = true;
///     changed.notify_one();
/// });
/// ```
pub struct Condvar {
    identity: Identity,
    inner: parking_lot::Condvar,
}

impl Condvar {
    /// A condition nobody waits for. May be a `static`.
    pub const fn new() -> Condvar {
        Condvar {
            identity: Identity::new(ObjectKind::Condition),
            inner: parking_lot::Condvar::new(),
        }
    }

    pub(crate) const fn quiet() -> Condvar {
        Condvar {
            identity: Identity::new(ObjectKind::None),
            inner: parking_lot::Condvar::new(),
        }
    }

    /// Releases the lock, waits to be notified, takes the lock again. May also return for no
    /// reason: use [`wait_while`](Condvar::wait_while).
    pub fn wait<T: ?Sized>(&self, guard: &mut MutexGuard<'_, T>) {
        self.wait_until(guard, Deadline::NEVER);
    }

    /// Waits as long as the value makes this true.
    pub fn wait_while<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        mut still: impl FnMut(&mut T) -> bool,
    ) {
        while still(guard) {
            self.wait(guard);
        }
    }

    /// Waits at most so long; true if the time ran out.
    pub fn wait_timeout<T: ?Sized>(&self, guard: &mut MutexGuard<'_, T>, limit: Duration) -> bool {
        self.wait_until(guard, Deadline::after(limit))
    }

    /// Waits as long as the value makes this true, at most so long; true if the time ran out while
    /// it still was.
    pub fn wait_while_timeout<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        limit: Duration,
        mut still: impl FnMut(&mut T) -> bool,
    ) -> bool {
        let deadline = Deadline::after(limit);
        loop {
            if !still(guard) {
                return false;
            }
            if self.wait_until(guard, deadline) {
                return still(guard);
            }
        }
    }

    /// Waits until a moment; true if it came.
    pub(crate) fn wait_until<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        deadline: Deadline,
    ) -> bool {
        let lock = guard.identity;
        lock.emit(Kind::Release);
        self.identity.emit(Kind::WaitBegin);
        let timed_out = match (&mut guard.inner, deadline.instant()) {
            (Some(inner), Some(end)) => self.inner.wait_until(inner, end).timed_out(),
            (Some(inner), None) => {
                self.inner.wait(inner);
                false
            }
            (None, _) => unreachable!("a guard holds its lock until it is dropped"),
        };
        self.identity.emit(Kind::WaitEnd);
        lock.emit(Kind::Acquire);
        timed_out
    }

    /// Wakes one of the waiting.
    pub fn notify_one(&self) {
        self.identity.shake();
        self.identity.emit(Kind::Signal);
        self.inner.notify_one();
    }

    /// Wakes all of the waiting.
    pub fn notify_all(&self) {
        self.identity.shake();
        self.identity.emit(Kind::Signal);
        self.inner.notify_all();
    }
}

impl Default for Condvar {
    fn default() -> Condvar {
        Condvar::new()
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Condvar")
    }
}

/// A lock its holder may take again: the base of
/// [`sync::ReentrantLock`](crate::sync::ReentrantLock).
pub(crate) struct Reentrant<T> {
    identity: Identity,
    inner: parking_lot::ReentrantMutex<T>,
}

impl<T> Reentrant<T> {
    pub const fn new(value: T) -> Reentrant<T> {
        Reentrant {
            identity: Identity::new(ObjectKind::Lock),
            inner: parking_lot::ReentrantMutex::new(value),
        }
    }

    pub fn lock(&self) -> ReentrantInner<'_, T> {
        shake();
        let inner = match self.inner.try_lock() {
            Some(inner) => inner,
            None => {
                self.identity.emit(Kind::WaitBegin);
                let inner = self.inner.lock();
                self.identity.emit(Kind::WaitEnd);
                inner
            }
        };
        self.identity.emit(Kind::Acquire);
        ReentrantInner {
            inner: Some(inner),
            identity: &self.identity,
        }
    }

    pub fn try_lock(&self) -> Option<ReentrantInner<'_, T>> {
        shake();
        let inner = self.inner.try_lock()?;
        self.identity.emit(Kind::Acquire);
        Some(ReentrantInner {
            inner: Some(inner),
            identity: &self.identity,
        })
    }

    pub fn is_held_by_this_thread(&self) -> bool {
        self.inner.is_owned_by_current_thread()
    }

    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }

    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }
}

pub(crate) struct ReentrantInner<'a, T> {
    inner: Option<parking_lot::ReentrantMutexGuard<'a, T>>,
    identity: &'a Identity,
}

impl<T> Deref for ReentrantInner<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        match &self.inner {
            Some(inner) => inner,
            None => unreachable!("a guard holds its lock until it is dropped"),
        }
    }
}

impl<T> Drop for ReentrantInner<'_, T> {
    fn drop(&mut self) {
        self.identity.emit(Kind::Release);
        drop(self.inner.take());
        shake();
    }
}
