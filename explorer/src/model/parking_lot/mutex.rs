use super::{guards, if_free, owns_its_data, until, whole};
use crate::model::time::Instant;
use crate::model::{is_over, sync};
use std::fmt;
use std::ops::DerefMut;
use std::panic::Location;
use std::time::Duration;

/// A mutex that no panic poisons.
#[derive(Default)]
pub struct Mutex<T: ?Sized>(pub(super) sync::Mutex<T>);

/// The right to its data.
#[must_use = "a mutex is released when its guard is dropped"]
pub struct MutexGuard<'a, T: ?Sized> {
    pub(super) mutex: &'a Mutex<T>,
    /// Absent only while a wait or [`MutexGuard::unlocked`] has it.
    pub(super) held: Option<sync::MutexGuard<'a, T>>,
}

owns_its_data!(Mutex, try_lock);
guards!(MutexGuard);

impl<T: ?Sized> Mutex<T> {
    fn guard<'a>(&'a self, held: sync::MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        MutexGuard {
            mutex: self,
            held: Some(held),
        }
    }

    /// Acquires it.
    #[track_caller]
    pub fn lock(&self) -> MutexGuard<'_, T> {
        self.guard(whole(self.0.lock()))
    }

    /// Acquires it if it is free.
    #[track_caller]
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        if_free(self.0.try_lock()).map(|held| self.guard(held))
    }

    /// Acquires it, or gives up after a while.
    #[track_caller]
    pub fn try_lock_for(&self, timeout: Duration) -> Option<MutexGuard<'_, T>> {
        super::try_lock_for(&self.0, timeout).map(|held| self.guard(held))
    }

    /// Acquires it, or gives up at a point in time.
    #[track_caller]
    pub fn try_lock_until(&self, deadline: Instant) -> Option<MutexGuard<'_, T>> {
        self.try_lock_for(until(deadline))
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    fn data(&self) -> &T {
        match &self.held {
            Some(held) => held,
            None => unreachable!("nobody has a guard while it waits"),
        }
    }

    /// The mutex.
    pub fn mutex(this: &Self) -> &'a Mutex<T> {
        this.mutex
    }

    /// Releases the mutex, runs the closure, and acquires it again.
    #[track_caller]
    pub fn unlocked<F: FnOnce() -> U, U>(this: &mut Self, run: F) -> U {
        /// Acquires again, also when the closure panics.
        struct Again<'g, 'a, T: ?Sized>(&'g mut MutexGuard<'a, T>, &'static Location<'static>);

        impl<T: ?Sized> Drop for Again<'_, '_, T> {
            fn drop(&mut self) {
                // Where the execution is given up, somebody else may have the data for ever.
                if !is_over() {
                    self.0.held = Some(whole(self.0.mutex.0.lock_at(self.1)));
                }
            }
        }

        let again = Again(this, Location::caller());
        again.0.held = None;
        run()
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        match &mut self.held {
            Some(held) => held,
            None => unreachable!("nobody has a guard while it waits"),
        }
    }
}
