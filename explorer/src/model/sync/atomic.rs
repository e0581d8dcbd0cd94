//! Atomics, sequentially consistent whatever ordering is asked for.
use crate::execution::Tag;
use crate::model::machine;
use crate::operation::{ObjectId, Operation, Reply};
use crate::world::{AtomicWrite, Object};
use std::panic::Location;
pub use std::sync::atomic::Ordering;
use std::sync::atomic::Ordering::SeqCst;

/// Orders nothing more than sequential consistency does.
pub fn fence(_ordering: Ordering) {}

/// Orders nothing between threads.
pub fn compiler_fence(_ordering: Ordering) {}

/// A hint, and no operation.
pub fn spin_loop_hint() {}

macro_rules! common {
    ($name:ident, $value:ty) => {
        #[doc = concat!("`std::sync::atomic::", stringify!($name), "`.")]
        #[derive(Default)]
        pub struct $name {
            tag: Tag,
            data: std::sync::atomic::$name,
        }

        impl $name {
            /// With this value.
            pub const fn new(value: $value) -> Self {
                Self {
                    tag: Tag::new(),
                    data: std::sync::atomic::$name::new(value),
                }
            }

            fn id(&self) -> ObjectId {
                machine().object(&self.tag, || {
                    let value = self.data.load(SeqCst) as u64;
                    if std::any::TypeId::of::<$value>() == std::any::TypeId::of::<bool>() {
                        Object::flag(value != 0)
                    } else {
                        Object::atomic(value)
                    }
                })
            }

            /// It lies in memory that processes share, and is the same for all of them.
            pub fn lies_in_shared_memory(&self) {
                let id = self.id();
                machine().with(|inner| inner.world.share(id));
            }

            fn write(&self, id: ObjectId, before: $value, after: $value) -> $value {
                self.data.store(after, SeqCst);
                machine().wrote(
                    id,
                    AtomicWrite {
                        before: before as u64,
                        after: after as u64,
                    },
                );
                before
            }

            #[track_caller]
            fn replaced(&self, change: impl FnOnce($value) -> $value) -> $value {
                let id = self.id();
                machine().announce(Operation::Rmw(id), Location::caller());
                let before = self.data.load(SeqCst);
                self.write(id, before, change(before))
            }

            /// Reads.
            #[track_caller]
            pub fn load(&self, _ordering: Ordering) -> $value {
                machine().announce(Operation::Load(self.id()), Location::caller());
                self.data.load(SeqCst)
            }

            /// Writes.
            #[track_caller]
            pub fn store(&self, value: $value, _ordering: Ordering) {
                let id = self.id();
                machine().announce(Operation::Store(id), Location::caller());
                self.write(id, self.data.load(SeqCst), value);
            }

            /// Reads and writes.
            #[track_caller]
            pub fn swap(&self, value: $value, _ordering: Ordering) -> $value {
                self.replaced(|_| value)
            }

            /// Writes if it has the expected value.
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                _success: Ordering,
                _failure: Ordering,
            ) -> Result<$value, $value> {
                let atomic = self.id();
                match machine().announce(
                    Operation::Cas {
                        atomic,
                        expected: current as u64,
                    },
                    Location::caller(),
                ) {
                    Reply::Miss => Err(self.data.load(SeqCst)),
                    _ => Ok(self.write(atomic, current, new)),
                }
            }

            /// Like `compare_exchange`: it never fails without a cause here.
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                self.compare_exchange(current, new, success, failure)
            }

            /// Tries until nobody came between.
            #[track_caller]
            pub fn fetch_update<F>(
                &self,
                set: Ordering,
                fetch: Ordering,
                mut change: F,
            ) -> Result<$value, $value>
            where
                F: FnMut($value) -> Option<$value>,
            {
                let mut before = self.load(fetch);
                while let Some(after) = change(before) {
                    match self.compare_exchange(before, after, set, fetch) {
                        Ok(value) => return Ok(value),
                        Err(now) => before = now,
                    }
                }
                Err(before)
            }

            /// Like `fetch_update`.
            #[track_caller]
            pub fn try_update<F>(
                &self,
                set: Ordering,
                fetch: Ordering,
                change: F,
            ) -> Result<$value, $value>
            where
                F: FnMut($value) -> Option<$value>,
            {
                self.fetch_update(set, fetch, change)
            }

            /// The same, for a change that is always possible.
            #[track_caller]
            pub fn update<F>(&self, set: Ordering, fetch: Ordering, mut change: F) -> $value
            where
                F: FnMut($value) -> $value,
            {
                match self.fetch_update(set, fetch, |before| Some(change(before))) {
                    Ok(before) | Err(before) => before,
                }
            }

            /// Its value: nobody else can have it.
            pub fn get_mut(&mut self) -> &mut $value {
                self.data.get_mut()
            }

            /// Its value.
            pub const fn into_inner(self) -> $value {
                self.data.into_inner()
            }
        }

        impl std::fmt::Debug for $name {
            #[track_caller]
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.load(SeqCst), out)
            }
        }

        impl From<$value> for $name {
            fn from(value: $value) -> Self {
                Self::new(value)
            }
        }
    };
}

macro_rules! updates {
    ($name:ident, $value:ty, $($method:ident: $change:expr;)*) => {
        impl $name {
            $(
                #[doc = concat!("`", stringify!($method), "`, in one.")]
                #[track_caller]
                pub fn $method(&self, value: $value, _ordering: Ordering) -> $value {
                    self.replaced(|before| $change(before, value))
                }
            )*
        }
    };
}

macro_rules! integers {
    ($($name:ident $value:ty,)*) => {
        $(
            common!($name, $value);
            updates! { $name, $value,
                fetch_add: <$value>::wrapping_add;
                fetch_sub: <$value>::wrapping_sub;
                fetch_max: std::cmp::Ord::max;
                fetch_min: std::cmp::Ord::min;
                fetch_and: |one: $value, other: $value| one & other;
                fetch_nand: |one: $value, other: $value| !(one & other);
                fetch_or: |one: $value, other: $value| one | other;
                fetch_xor: |one: $value, other: $value| one ^ other;
            }
        )*
    };
}

integers! {
    AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize,
    AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize,
}

common!(AtomicBool, bool);
updates! { AtomicBool, bool,
    fetch_and: |one: bool, other: bool| one & other;
    fetch_nand: |one: bool, other: bool| !(one & other);
    fetch_or: |one: bool, other: bool| one | other;
    fetch_xor: |one: bool, other: bool| one ^ other;
}

impl AtomicBool {
    /// `fetch_not`, in one.
    #[track_caller]
    pub fn fetch_not(&self, ordering: Ordering) -> bool {
        self.fetch_xor(true, ordering)
    }
}

/// `std::sync::atomic::AtomicPtr`.
pub struct AtomicPtr<T> {
    tag: Tag,
    data: std::sync::atomic::AtomicPtr<T>,
}

impl<T> AtomicPtr<T> {
    /// With this pointer.
    pub const fn new(pointer: *mut T) -> Self {
        Self {
            tag: Tag::new(),
            data: std::sync::atomic::AtomicPtr::new(pointer),
        }
    }

    fn id(&self) -> ObjectId {
        machine().object(&self.tag, || {
            Object::atomic(self.data.load(SeqCst).addr() as u64)
        })
    }

    fn write(&self, id: ObjectId, before: *mut T, after: *mut T) -> *mut T {
        self.data.store(after, SeqCst);
        let write = AtomicWrite {
            before: before.addr() as u64,
            after: after.addr() as u64,
        };
        machine().wrote(id, write);
        before
    }

    /// Reads.
    #[track_caller]
    pub fn load(&self, _ordering: Ordering) -> *mut T {
        machine().announce(Operation::Load(self.id()), Location::caller());
        self.data.load(SeqCst)
    }

    /// Writes.
    #[track_caller]
    pub fn store(&self, pointer: *mut T, _ordering: Ordering) {
        let id = self.id();
        machine().announce(Operation::Store(id), Location::caller());
        self.write(id, self.data.load(SeqCst), pointer);
    }

    /// Reads and writes.
    #[track_caller]
    pub fn swap(&self, pointer: *mut T, _ordering: Ordering) -> *mut T {
        let id = self.id();
        machine().announce(Operation::Rmw(id), Location::caller());
        self.write(id, self.data.load(SeqCst), pointer)
    }

    /// Writes if it has the expected value.
    #[track_caller]
    pub fn compare_exchange(
        &self,
        current: *mut T,
        new: *mut T,
        _success: Ordering,
        _failure: Ordering,
    ) -> Result<*mut T, *mut T> {
        let atomic = self.id();
        let operation = Operation::Cas {
            atomic,
            expected: current.addr() as u64,
        };
        match machine().announce(operation, Location::caller()) {
            Reply::Miss => Err(self.data.load(SeqCst)),
            _ => Ok(self.write(atomic, current, new)),
        }
    }

    /// Like `compare_exchange`: it never fails without a cause here.
    #[track_caller]
    pub fn compare_exchange_weak(
        &self,
        current: *mut T,
        new: *mut T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<*mut T, *mut T> {
        self.compare_exchange(current, new, success, failure)
    }

    /// Its value: nobody else can have it.
    pub fn get_mut(&mut self) -> &mut *mut T {
        self.data.get_mut()
    }

    /// Its value.
    pub const fn into_inner(self) -> *mut T {
        self.data.into_inner()
    }
}

impl<T> Default for AtomicPtr<T> {
    fn default() -> Self {
        Self::new(std::ptr::null_mut())
    }
}

impl<T> From<*mut T> for AtomicPtr<T> {
    fn from(pointer: *mut T) -> Self {
        Self::new(pointer)
    }
}

impl<T> std::fmt::Debug for AtomicPtr<T> {
    #[track_caller]
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&self.load(SeqCst), out)
    }
}
