use super::{guards, if_free, owns_its_data, patiently, until, whole};
use crate::model::sync;
use crate::model::time::Instant;
use std::fmt;
use std::ops::DerefMut;
use std::panic::Location;
use std::time::Duration;

/// A reader-writer lock that no panic poisons. Readers may enter while a writer waits.
#[derive(Default)]
pub struct RwLock<T: ?Sized>(sync::RwLock<T>);

/// The right to read.
#[must_use = "a lock is released when its guard is dropped"]
pub struct RwLockReadGuard<'a, T: ?Sized>(sync::RwLockReadGuard<'a, T>);

/// The right to write.
#[must_use = "a lock is released when its guard is dropped"]
pub struct RwLockWriteGuard<'a, T: ?Sized>(sync::RwLockWriteGuard<'a, T>);

owns_its_data!(RwLock, try_read);
guards!(RwLockReadGuard RwLockWriteGuard);

/// The ways to acquire, for reading and for writing.
macro_rules! acquires {
    ($guard:ident, $what:literal: $take:ident, $tries:ident, $tries_at:ident, $tries_for:ident, $tries_until:ident) => {
        impl<T: ?Sized> RwLock<T> {
            #[doc = concat!("Acquires it for ", $what, ".")]
            #[track_caller]
            pub fn $take(&self) -> $guard<'_, T> {
                $guard(whole(self.0.$take()))
            }

            #[doc = concat!("Acquires it for ", $what, " if nobody is in the way.")]
            #[track_caller]
            pub fn $tries(&self) -> Option<$guard<'_, T>> {
                if_free(self.0.$tries()).map($guard)
            }

            #[doc = concat!("Acquires it for ", $what, ", or gives up after a while.")]
            #[track_caller]
            pub fn $tries_for(&self, timeout: Duration) -> Option<$guard<'_, T>> {
                let place = Location::caller();
                patiently(timeout, || if_free(self.0.$tries_at(place))).map($guard)
            }

            #[doc = concat!("Acquires it for ", $what, ", or gives up at a point in time.")]
            #[track_caller]
            pub fn $tries_until(&self, deadline: Instant) -> Option<$guard<'_, T>> {
                self.$tries_for(until(deadline))
            }
        }

        impl<T: ?Sized> $guard<'_, T> {
            fn data(&self) -> &T {
                &self.0
            }
        }
    };
}

acquires!(RwLockReadGuard, "reading": read, try_read, try_read_at, try_read_for, try_read_until);
acquires!(RwLockWriteGuard, "writing": write, try_write, try_write_at, try_write_for, try_write_until);

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
