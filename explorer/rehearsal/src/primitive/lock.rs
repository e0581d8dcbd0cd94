//! Locks and conditions between threads.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::PoisonError;

use explorer::model::parking_lot::{ReentrantMutex, ReentrantMutexGuard, try_lock_for};
use explorer::model::sync;

use super::mortal;
use super::time::{Deadline, Duration};

/// The model's mutex, without poisoning.
pub struct Mutex<T: ?Sized> {
    inner: sync::Mutex<T>,
}

impl<T> Mutex<T> {
    pub const fn new(value: T) -> Mutex<T> {
        Mutex {
            inner: sync::Mutex::new(value),
        }
    }

    pub(crate) const fn quiet(value: T) -> Mutex<T> {
        Mutex::new(value)
    }

    pub fn into_inner(self) -> T {
        self.inner
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: ?Sized> Mutex<T> {
    #[track_caller]
    pub fn lock(&self) -> MutexGuard<'_, T> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        MutexGuard { inner: Some(inner) }
    }

    #[track_caller]
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        match self.inner.try_lock() {
            Ok(inner) => Some(MutexGuard { inner: Some(inner) }),
            Err(sync::TryLockError::Poisoned(poisoned)) => Some(MutexGuard {
                inner: Some(poisoned.into_inner()),
            }),
            Err(sync::TryLockError::WouldBlock) => None,
        }
    }

    #[track_caller]
    pub fn lock_timeout(&self, limit: Duration) -> Option<MutexGuard<'_, T>> {
        let inner = try_lock_for(&self.inner, limit)?;
        Some(MutexGuard { inner: Some(inner) })
    }

    #[track_caller]
    pub fn is_locked(&self) -> bool {
        self.try_lock().is_none()
    }

    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut().unwrap_or_else(PoisonError::into_inner)
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

#[must_use = "the lock is released at once if the guard is not kept"]
pub struct MutexGuard<'a, T: ?Sized> {
    // None only inside a wait.
    inner: Option<sync::MutexGuard<'a, T>>,
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

/// The model's condition, with the guard borrowed.
#[derive(Debug, Default)]
pub struct Condvar {
    inner: sync::Condvar,
}

impl Condvar {
    pub const fn new() -> Condvar {
        Condvar {
            inner: sync::Condvar::new(),
        }
    }

    pub(crate) const fn quiet() -> Condvar {
        Condvar::new()
    }

    #[track_caller]
    pub fn wait<T: ?Sized>(&self, guard: &mut MutexGuard<'_, T>) {
        self.wait_until(guard, Deadline::NEVER);
    }

    #[track_caller]
    pub fn wait_while<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        mut still: impl FnMut(&mut T) -> bool,
    ) {
        while still(guard) {
            self.wait(guard);
        }
    }

    #[track_caller]
    pub fn wait_timeout<T: ?Sized>(&self, guard: &mut MutexGuard<'_, T>, limit: Duration) -> bool {
        self.wait_until(guard, Deadline::after(limit))
    }

    #[track_caller]
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

    #[track_caller]
    pub(crate) fn wait_until<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        deadline: Deadline,
    ) -> bool {
        let Some(inner) = guard.inner.take() else {
            unreachable!("a guard holds its lock until it is dropped");
        };
        let (inner, timed_out) = match deadline.left() {
            None if mortal::is_mortal() => {
                let (inner, result) = self
                    .inner
                    .wait_timeout(inner, Duration::ZERO)
                    .unwrap_or_else(PoisonError::into_inner);
                if result.timed_out() {
                    drop(inner);
                    mortal::give_up();
                }
                (inner, false)
            }
            None => (
                self.inner
                    .wait(inner)
                    .unwrap_or_else(PoisonError::into_inner),
                false,
            ),
            Some(left) => {
                let (inner, result) = self
                    .inner
                    .wait_timeout(inner, left)
                    .unwrap_or_else(PoisonError::into_inner);
                (inner, result.timed_out())
            }
        };
        guard.inner = Some(inner);
        timed_out
    }

    #[track_caller]
    pub fn notify_one(&self) {
        self.inner.notify_one();
    }

    #[track_caller]
    pub fn notify_all(&self) {
        self.inner.notify_all();
    }
}

/// The model's re-entrant mutex: what its holder does with it again nobody else can see.
pub(crate) struct Reentrant<T> {
    inner: ReentrantMutex<T>,
}

impl<T> Reentrant<T> {
    pub const fn new(value: T) -> Reentrant<T> {
        Reentrant {
            inner: ReentrantMutex::new(value),
        }
    }

    #[track_caller]
    pub fn lock(&self) -> ReentrantInner<'_, T> {
        self.inner.lock()
    }

    #[track_caller]
    pub fn try_lock(&self) -> Option<ReentrantInner<'_, T>> {
        self.inner.try_lock()
    }

    #[track_caller]
    pub fn lock_timeout(&self, limit: Duration) -> Option<ReentrantInner<'_, T>> {
        self.inner.try_lock_for(limit)
    }

    #[track_caller]
    pub fn is_locked(&self) -> bool {
        self.is_held_by_this_thread() || self.try_lock().is_none()
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

pub(crate) type ReentrantInner<'a, T> = ReentrantMutexGuard<'a, T>;
