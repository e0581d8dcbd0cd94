//! Locks and conditions between threads, recorded. Guards and re-entrance are lock_api's, as in
//! parking_lot; what they stand on is ours (`raw_lock`), because a process that
//! forks needs locks that keep no table of waiters (`futex`).
//!
//! No poisoning: a thread that panics while it holds a lock releases it, and the next one sees what
//! is there, as in parking_lot and in Python, unlike in std. There is no mark that would have to be
//! overlooked.

use super::atomic::{AtomicU32, Ordering};
use super::identity::Identity;
use super::raw_lock::{Holder, RawLock};
use super::settings::shake;
use super::time::{Deadline, Duration};
use super::turns::Turns;
use recorder::{Kind, ObjectKind};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// Mutual exclusion around a value.
///
/// | | difference |
/// |---|---|
/// | `std::sync::Mutex` | no poisoning, so `lock()` gives the guard and not a `Result`; and it can be waited for with a limit |
/// | `parking_lot::Mutex` | the same interface, plus a place on the timeline. That one writes down who waits in a table of the whole process, which a child forked at a bad moment finds closed for ever; this one leaves that to the system. In return that one is a little fairer: it now and then hands the lock to who has waited |
/// | crossbeam | has none of its own (only `ShardedLock`) |
/// | Python's `threading.Lock` | that one guards a stretch of code; this one guards a *value*, which cannot be reached without it. Python's may be released by another thread, this one cannot ([`sync::Lock`](crate::sync::Lock) can). `acquire(timeout=...)` is [`lock_timeout`](Mutex::lock_timeout), `acquire(blocking=False)` is [`try_lock`](Mutex::try_lock) |
/// | Python's `threading.RLock` | its holder may take it again: [`ReentrantLock`](crate::sync::ReentrantLock). Here the second `lock()` of the same thread waits for ever |
///
/// **Order.** What was done under the lock is seen by the next who takes it; there is no order among
/// those who wait, and a newcomer may be quicker. **Who releases:** the guard, in the thread that took
/// it; it cannot be sent to another.
///
/// ```compile_fail
/// use exercises::primitive::thread;
/// use exercises::sync::Mutex;
///
/// let total = Mutex::new(0);
/// let held = total.lock();
/// thread::scope(|s| _ = s.spawn(None, move || drop(held))); // the guard is not `Send`
/// ```
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
    inner: lock_api::Mutex<RawLock, T>,
}

impl<T> Mutex<T> {
    /// A free lock around a value. May be a `static`.
    pub const fn new(value: T) -> Mutex<T> {
        Mutex {
            identity: Identity::new(ObjectKind::Lock),
            inner: lock_api::Mutex::new(value),
        }
    }

    /// A lock that is part of another primitive: not recorded, not shaken.
    pub(crate) const fn quiet(value: T) -> Mutex<T> {
        Mutex {
            identity: Identity::new(ObjectKind::None),
            inner: lock_api::Mutex::new(value),
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
                let inner = self.inner.try_lock_until(Deadline::after(limit));
                self.identity.emit(Kind::WaitEnd);
                inner
            }
        };
        inner.map(|inner| self.guard(inner))
    }

    fn guard<'a>(&'a self, inner: lock_api::MutexGuard<'a, RawLock, T>) -> MutexGuard<'a, T> {
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
    inner: Option<lock_api::MutexGuard<'a, RawLock, T>>,
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
/// | `parking_lot::Condvar` | the same interface, plus a place on the timeline; without the table of all waiters that a fork may catch closed |
/// | crossbeam | has none |
/// | Python's `threading.Condition` | that one owns its lock, as [`Condition`](crate::sync::Condition) does; here lock and condition are two things |
///
/// **Order.** A notice wakes who waits at that moment, and nobody who comes later: it is not kept. So
/// change the value under the lock, then notify, and let the others wait *while* the value is not as
/// they want it. Use one condition with one lock only.
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
    /// Each notice is a turn.
    notices: Turns,
    /// How many wait and were not noticed yet. One is counted under the lock when it begins to wait, and
    /// struck off by its notice, or by itself under the lock when its time ran out first. So a notice
    /// costs next to nothing where nobody waits, also while those who were woken have not come to run.
    /// There may be too many (who wakes by chance was not struck off), which costs a system call each,
    /// never too few.
    waiting: AtomicU32,
}

impl Condvar {
    /// A condition nobody waits for. May be a `static`.
    pub const fn new() -> Condvar {
        Condvar::of(ObjectKind::Condition)
    }

    pub(crate) const fn quiet() -> Condvar {
        Condvar::of(ObjectKind::None)
    }

    const fn of(kind: ObjectKind) -> Condvar {
        Condvar {
            identity: Identity::new(kind),
            notices: Turns::new(),
            waiting: AtomicU32::new(0),
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
        let Some(inner) = &mut guard.inner else {
            unreachable!("a guard holds its lock until it is dropped");
        };
        // Both under the lock: whoever changes the value after this finds somebody waiting, and its
        // notice makes another number.
        let seen = self.notices.now();
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let noticed =
            lock_api::MutexGuard::unlocked(inner, || self.notices.wait_past(seen, deadline));
        // Looked at once more, because nobody else begins to wait as long as the lock is ours.
        let timed_out = !noticed && self.notices.now() == seen;
        if timed_out {
            self.strike_off_one();
        }
        self.identity.emit(Kind::WaitEnd);
        lock.emit(Kind::Acquire);
        timed_out
    }

    /// Wakes one of the waiting.
    pub fn notify_one(&self) {
        self.identity.shake();
        self.identity.emit(Kind::Signal);
        if self.strike_off_one() {
            self.notices.advance();
            self.notices.wake(1);
        }
    }

    /// Wakes all of the waiting.
    pub fn notify_all(&self) {
        self.identity.shake();
        self.identity.emit(Kind::Signal);
        if self.waiting.swap(0, Ordering::SeqCst) > 0 {
            self.notices.advance();
            self.notices.wake(i32::MAX);
        }
    }

    fn strike_off_one(&self) -> bool {
        self.waiting
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |waiting| {
                waiting.checked_sub(1)
            })
            .is_ok()
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

type Inner<T> = lock_api::ReentrantMutex<RawLock, Holder, T>;
type InnerGuard<'a, T> = lock_api::ReentrantMutexGuard<'a, RawLock, Holder, T>;

/// A lock its holder may take again: the base of
/// [`sync::ReentrantLock`](crate::sync::ReentrantLock).
pub(crate) struct Reentrant<T> {
    identity: Identity,
    inner: Inner<T>,
}

impl<T> Reentrant<T> {
    pub const fn new(value: T) -> Reentrant<T> {
        Reentrant {
            identity: Identity::new(ObjectKind::Lock),
            inner: Inner::new(value),
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

    pub fn lock_timeout(&self, limit: Duration) -> Option<ReentrantInner<'_, T>> {
        shake();
        let inner = match self.inner.try_lock() {
            Some(inner) => Some(inner),
            None => {
                self.identity.emit(Kind::WaitBegin);
                let inner = self.inner.try_lock_until(Deadline::after(limit));
                self.identity.emit(Kind::WaitEnd);
                inner
            }
        };
        let inner = inner?;
        self.identity.emit(Kind::Acquire);
        Some(ReentrantInner {
            inner: Some(inner),
            identity: &self.identity,
        })
    }

    pub fn is_locked(&self) -> bool {
        self.inner.is_locked()
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
    inner: Option<InnerGuard<'a, T>>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn no_notice_is_lost_between_those_who_wait_and_those_whose_time_runs_out() {
        const EACH: u32 = 5000;
        // Permits: each notice belongs to one, and whoever finds one takes it.
        let (permits, put) = (Mutex::quiet(0u32), Condvar::quiet());
        thread::scope(|scope| {
            for who in 0..4u32 {
                let (permits, put) = (&permits, &put);
                scope.spawn(move || {
                    for number in 0..EACH {
                        let mut permits = permits.lock();
                        while *permits == 0 {
                            // Two have no patience, and leave between notice and notice.
                            let patience = Duration::from_micros(u64::from(number % 30));
                            match who % 2 {
                                0 => put.wait(&mut permits),
                                _ => _ = put.wait_timeout(&mut permits, patience),
                            }
                        }
                        *permits -= 1;
                    }
                });
            }
            for number in 0..4 * EACH {
                *permits.lock() += 1;
                put.notify_one();
                if number % 4 == 0 {
                    thread::yield_now();
                }
            }
        });
        assert_eq!(permits.into_inner(), 0);
    }
}
