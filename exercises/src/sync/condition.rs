use crate::primitive::lock::{Condvar, Mutex, MutexGuard};
use crate::primitive::time::Duration;
use std::fmt;
use std::ops::{Deref, DerefMut};

/// A value behind a lock, and waiting until the value is as one wants it.
///
/// A condition is a lock and a place to wait, which belong together. Who waits gives the lock back
/// while it sleeps and has it again when it goes on. **The condition itself remembers nothing**: a
/// notice that nobody waits for is forgotten. So what one waits for must stand in the value, and one
/// looks at it before waiting and after waking, which [`wait_while`](ConditionGuard::wait_while)
/// does by itself. (An [`Event`](super::Event) is the special case whose value is one flag.)
///
/// | | difference |
/// |---|---|
/// | `std::sync::Condvar` | apart from its `Mutex`; using one with two mutexes may panic. Here both are one object |
/// | `parking_lot::Condvar` | apart too; [`Condvar`] here is its like, recorded |
/// | crossbeam | has none |
/// | Python's `threading.Condition` | the same pair, but without the value: `wait_for(predicate)` is `wait_while` with the opposite predicate. To notify without the lock is `RuntimeError` there; here only the guard can notify |
///
/// **Order.** What was done under the lock before a notice is seen by whoever it wakes. Who is woken
/// first is not promised, nor that a waiter runs before a third takes the lock: that is why one looks
/// again. **Spurious wake-ups** are possible in [`wait`](ConditionGuard::wait), never a reason to
/// return from `wait_while`.
///
/// ```
/// use exercises::primitive::thread;
/// use exercises::sync::Condition;
///
/// let basket = Condition::new(Vec::new());
/// thread::scope(|s| {
///     let eater = s.spawn(Some("eater"), || {
///         let mut basket = basket.lock();
///         basket.wait_while(|apples| apples.is_empty());
///         basket.pop()
///     });
///     let mut basket = basket.lock();
///     basket.push("apple");
///     basket.notify_one();
///     drop(basket); // only now the eater can go on
///     assert_eq!(eater.join().unwrap(), Some("apple"));
/// });
/// ```
pub struct Condition<T: ?Sized> {
    changed: Condvar,
    value: Mutex<T>,
}

impl<T> Condition<T> {
    /// A value nobody waits for. May be a `static`.
    pub const fn new(value: T) -> Condition<T> {
        Condition {
            changed: Condvar::new(),
            value: Mutex::new(value),
        }
    }

    /// The value, when the condition is not needed any more.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T: ?Sized> Condition<T> {
    /// Takes the lock.
    #[track_caller]
    pub fn lock(&self) -> ConditionGuard<'_, T> {
        ConditionGuard {
            changed: &self.changed,
            value: self.value.lock(),
        }
    }

    /// Takes the lock if it becomes free in this time.
    #[track_caller]
    pub fn lock_timeout(&self, limit: Duration) -> Option<ConditionGuard<'_, T>> {
        Some(ConditionGuard {
            changed: &self.changed,
            value: self.value.lock_timeout(limit)?,
        })
    }

    /// Takes the lock if it is free.
    #[track_caller]
    pub fn try_lock(&self) -> Option<ConditionGuard<'_, T>> {
        Some(ConditionGuard {
            changed: &self.changed,
            value: self.value.try_lock()?,
        })
    }
}

impl<T: Default> Default for Condition<T> {
    fn default() -> Condition<T> {
        Condition::new(T::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Condition<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condition")
            .field("value", &&self.value)
            .finish()
    }
}

/// The lock of a [`Condition`] is held as long as this lives: read and change the value, wait, notify.
#[must_use = "the lock is released at once if the guard is not kept"]
pub struct ConditionGuard<'a, T: ?Sized> {
    changed: &'a Condvar,
    value: MutexGuard<'a, T>,
}

impl<T: ?Sized> ConditionGuard<'_, T> {
    /// Gives the lock back, waits for a notice, takes the lock again. May also return for no reason,
    /// and knows nothing of notices given before: take [`wait_while`](ConditionGuard::wait_while).
    #[track_caller]
    pub fn wait(&mut self) {
        self.changed.wait(&mut self.value);
    }

    /// As [`wait`](ConditionGuard::wait), at most so long; true if the time ran out.
    #[track_caller]
    pub fn wait_timeout(&mut self, limit: Duration) -> bool {
        self.changed.wait_timeout(&mut self.value, limit)
    }

    /// Waits as long as this is true of the value; not at all if it is not.
    #[track_caller]
    pub fn wait_while(&mut self, still: impl FnMut(&mut T) -> bool) {
        self.changed.wait_while(&mut self.value, still);
    }

    /// Waits as long as this is true of the value, at most so long; true if the time ran out while it
    /// still was.
    #[track_caller]
    pub fn wait_timeout_while(
        &mut self,
        limit: Duration,
        still: impl FnMut(&mut T) -> bool,
    ) -> bool {
        self.changed
            .wait_while_timeout(&mut self.value, limit, still)
    }

    /// Wakes one of those who wait; forgotten if there is none. Right where any of them can use the
    /// change; where they wait for different things, take [`notify_all`](ConditionGuard::notify_all).
    #[track_caller]
    pub fn notify_one(&self) {
        self.changed.notify_one();
    }

    /// Wakes all who wait; one after another they get the lock.
    #[track_caller]
    pub fn notify_all(&self) {
        self.changed.notify_all();
    }
}

impl<T: ?Sized> Deref for ConditionGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: ?Sized> DerefMut for ConditionGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for ConditionGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
