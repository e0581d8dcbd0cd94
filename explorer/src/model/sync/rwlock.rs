use super::poison::{poisonable, taken, with_poison};
use crate::execution::Tag;
use crate::model::machine;
use crate::operation::{ObjectId, Operation, Place, Reply};
use crate::world::Object;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::{LockResult, PoisonError, RwLock as Data, TryLockError, TryLockResult};
use std::sync::{RwLockReadGuard as ReadData, RwLockWriteGuard as WriteData};

/// A reader-writer lock. Readers may enter while a writer waits.
#[derive(Default)]
pub struct RwLock<T: ?Sized> {
    tag: Tag,
    data: Data<T>,
}

/// The right to read.
#[must_use = "a lock is released when its guard is dropped"]
pub struct RwLockReadGuard<'a, T: ?Sized> {
    id: ObjectId,
    taken: Place,
    data: Option<ReadData<'a, T>>,
}

/// The right to write.
#[must_use = "a lock is released when its guard is dropped"]
pub struct RwLockWriteGuard<'a, T: ?Sized> {
    id: ObjectId,
    taken: Place,
    data: Option<WriteData<'a, T>>,
}

poisonable!(RwLock, try_read);

impl<T> RwLock<T> {
    /// A free one.
    pub const fn new(value: T) -> Self {
        Self {
            tag: Tag::new(),
            data: Data::new(value),
        }
    }
}

impl<T: ?Sized> RwLock<T> {
    fn id(&self) -> ObjectId {
        machine().object(&self.tag, Object::rwlock)
    }

    fn reader(
        &self,
        id: ObjectId,
        place: Place,
        reply: Reply,
    ) -> LockResult<RwLockReadGuard<'_, T>> {
        with_poison(
            RwLockReadGuard {
                id,
                taken: place,
                data: Some(taken(self.data.try_read())),
            },
            reply,
        )
    }

    fn writer(
        &self,
        id: ObjectId,
        place: Place,
        reply: Reply,
    ) -> LockResult<RwLockWriteGuard<'_, T>> {
        with_poison(
            RwLockWriteGuard {
                id,
                taken: place,
                data: Some(taken(self.data.try_write())),
            },
            reply,
        )
    }

    /// Acquires it for reading.
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        let (id, place) = (self.id(), Location::caller());
        let reply = machine().announce(Operation::Read(id), place);
        self.reader(id, place, reply)
    }

    /// Acquires it for writing.
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        let (id, place) = (self.id(), Location::caller());
        let reply = machine().announce(Operation::Write(id), place);
        self.writer(id, place, reply)
    }

    /// Acquires it for reading if no writer has it.
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        self.try_read_at(Location::caller())
    }

    pub(in crate::model) fn try_read_at(
        &self,
        place: Place,
    ) -> TryLockResult<RwLockReadGuard<'_, T>> {
        let id = self.id();
        match machine().announce(Operation::TryRead(id), place) {
            Reply::Miss => Err(TryLockError::WouldBlock),
            reply => Ok(self.reader(id, place, reply)?),
        }
    }

    /// Acquires it for writing if nobody has it.
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        self.try_write_at(Location::caller())
    }

    pub(in crate::model) fn try_write_at(
        &self,
        place: Place,
    ) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        let id = self.id();
        match machine().announce(Operation::TryWrite(id), place) {
            Reply::Miss => Err(TryLockError::WouldBlock),
            reply => Ok(self.writer(id, place, reply)?),
        }
    }
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.data {
            Some(data) => data,
            None => unreachable!("a guard without data is never handed out"),
        }
    }
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.data {
            Some(data) => data,
            None => unreachable!("a guard without data is never handed out"),
        }
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        match &mut self.data {
            Some(data) => data,
            None => unreachable!("a guard without data is never handed out"),
        }
    }
}

impl<T: ?Sized> Drop for RwLockReadGuard<'_, T> {
    fn drop(&mut self) {
        self.data = None;
        machine().announce(Operation::UnlockRead(self.id), self.taken);
    }
}

impl<T: ?Sized> Drop for RwLockWriteGuard<'_, T> {
    fn drop(&mut self) {
        let machine = machine();
        let poison = machine.panicking();
        self.data = None;
        machine.announce(
            Operation::UnlockWrite {
                lock: self.id,
                poison,
            },
            self.taken,
        );
    }
}

macro_rules! formatted {
    ($($guard:ident)*) => {
        $(
            impl<T: ?Sized + fmt::Debug> fmt::Debug for $guard<'_, T> {
                fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Debug::fmt(&**self, out)
                }
            }

            impl<T: ?Sized + fmt::Display> fmt::Display for $guard<'_, T> {
                fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Display::fmt(&**self, out)
                }
            }
        )*
    };
}

formatted!(RwLockReadGuard RwLockWriteGuard);
