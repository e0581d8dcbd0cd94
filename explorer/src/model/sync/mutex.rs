use super::frozen::is_frozen;
use super::poison::{poisonable, taken, with_poison};
use crate::execution::Tag;
use crate::model::machine;
use crate::operation::{ObjectId, Operation, Place, Reply};
use crate::world::Object;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::{
    LockResult, Mutex as Data, MutexGuard as DataGuard, PoisonError, TryLockError, TryLockResult,
};

/// A mutex.
#[derive(Default)]
pub struct Mutex<T: ?Sized> {
    tag: Tag,
    data: Data<T>,
}

/// The right to its data.
#[must_use = "a mutex is released when its guard is dropped"]
pub struct MutexGuard<'a, T: ?Sized> {
    mutex: &'a Mutex<T>,
    id: ObjectId,
    taken: Place,
    looked: bool,
    data: Option<DataGuard<'a, T>>,
}

poisonable!(Mutex, try_lock);

impl<T> Mutex<T> {
    /// A free one.
    pub const fn new(value: T) -> Self {
        Self {
            tag: Tag::new(),
            data: Data::new(value),
        }
    }
}

impl<T: ?Sized> Mutex<T> {
    pub(super) fn id(&self) -> ObjectId {
        machine().object(&self.tag, || Object::mutex(is_frozen::<T>()))
    }

    pub(super) fn guard(
        &self,
        id: ObjectId,
        place: Place,
        reply: Reply,
    ) -> LockResult<MutexGuard<'_, T>> {
        let guard = MutexGuard {
            mutex: self,
            id,
            taken: place,
            looked: true,
            data: Some(taken(self.data.try_lock())),
        };
        with_poison(guard, reply)
    }

    /// Acquires it.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        self.lock_at(Location::caller())
    }

    pub(in crate::model) fn lock_at(&self, place: Place) -> LockResult<MutexGuard<'_, T>> {
        let id = self.id();
        let reply = machine().announce(Operation::Lock(id), place);
        self.guard(id, place, reply)
    }

    /// Acquires it if it is free.
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        self.try_lock_at(Location::caller())
    }

    pub(in crate::model) fn try_lock_at(&self, place: Place) -> TryLockResult<MutexGuard<'_, T>> {
        let id = self.id();
        match machine().announce(Operation::TryLock(id), place) {
            Reply::Miss => Err(TryLockError::WouldBlock),
            reply => Ok(self.guard(id, place, reply)?),
        }
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// Gives the data back without announcing a release: the wait of a condition releases by itself.
    pub(super) fn give_up(mut self) -> (&'a Mutex<T>, ObjectId, bool) {
        self.data = None;
        (self.mutex, self.id, self.looked)
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.data {
            Some(data) => data,
            None => unreachable!("a guard without data is never handed out"),
        }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.looked = false;
        match &mut self.data {
            Some(data) => data,
            None => unreachable!("a guard without data is never handed out"),
        }
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        if self.data.is_none() {
            return;
        }
        let machine = machine();
        let poison = machine.panicking();
        // The data must be free by the time somebody else may acquire it, which is while we announce.
        self.data = None;
        machine.announce(
            Operation::Unlock {
                mutex: self.id,
                poison,
                looked: self.looked,
            },
            self.taken,
        );
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, out)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, out)
    }
}
