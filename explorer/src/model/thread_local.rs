//! `thread_local!`: a value for each virtual thread, made at its first use, dropped when the thread ends.
use super::machine;
use crate::execution::engines;
use crate::operation::ThreadIndex;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;

/// A value for each virtual thread. Its address in memory is its identity, so it must be a `static`.
pub struct LocalKey<T: 'static> {
    make: fn() -> T,
}

/// The value was asked for while its thread's values are dropped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AccessError;

impl fmt::Debug for AccessError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("AccessError")
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("already destroyed")
    }
}

impl std::error::Error for AccessError {}

/// One thread's values, by the address of their key. `None` once a value has been dropped.
#[derive(Default)]
struct Values {
    execution: u64,
    thread: ThreadIndex,
    by_key: Vec<(usize, Option<Box<dyn Any>>)>,
}

thread_local! {
    static VALUES: RefCell<Vec<Values>> = const { RefCell::new(Vec::new()) };
}

fn with_values<R>(look: impl FnOnce(&mut Values) -> R) -> R {
    let _engines = engines();
    let machine = machine();
    let (execution, thread) = (machine.execution(), machine.running());
    VALUES.with_borrow_mut(|all| {
        let known = all
            .iter()
            .position(|one| (one.execution, one.thread) == (execution, thread));
        let index = known.unwrap_or_else(|| {
            all.push(Values {
                execution,
                thread,
                by_key: Vec::new(),
            });
            all.len() - 1
        });
        look(&mut all[index])
    })
}

/// Lets go of the values of an execution whose threads are left as they are, without dropping them.
pub(crate) fn leave(execution: u64) {
    VALUES.with_borrow_mut(|all| {
        let (left, kept): (Vec<Values>, Vec<Values>) =
            all.drain(..).partition(|one| one.execution == execution);
        std::mem::forget(left);
        *all = kept;
    });
}

/// A thread that begins in a process of its own, with all of its memory, has the values that the one has that forked it.
pub(crate) fn copy(execution: u64, from: ThreadIndex, to: ThreadIndex) {
    VALUES.with_borrow_mut(|all| {
        let of_parent = |one: &&Values| (one.execution, one.thread) == (execution, from);
        let Some(values) = all.iter().find(of_parent) else {
            return;
        };
        let bitwise = |(key, value): &(usize, Option<Box<dyn Any>>)| {
            // SAFETY: the value lies in the memory of the process, which the child has a copy of, at the same place. Each
            // of them is used and dropped where its own memory is in place.
            (*key, unsafe { std::ptr::read(value) })
        };
        let by_key = values.by_key.iter().map(bitwise).collect();
        all.push(Values {
            execution,
            thread: to,
            by_key,
        });
    });
}

/// Drops the running thread's values when its body is through, the youngest first.
#[derive(Debug)]
pub struct DropValues(());

impl DropValues {
    /// For the running thread.
    #[must_use = "the values are dropped when this is"]
    pub fn at_the_end() -> Self {
        Self(())
    }
}

impl Drop for DropValues {
    fn drop(&mut self) {
        // A destructor may use, and make, other values of the same thread.
        while let Some(value) = with_values(|values| {
            let youngest = values.by_key.iter().rposition(|(_, value)| value.is_some());
            youngest.and_then(|index| values.by_key[index].1.take())
        }) {
            drop(value);
        }
        let _engines = engines();
        let machine = machine();
        let (execution, thread) = (machine.execution(), machine.running());
        VALUES.with_borrow_mut(|all| {
            all.retain(|one| (one.execution, one.thread) != (execution, thread));
        });
    }
}

impl<T: 'static> LocalKey<T> {
    /// With what makes a thread's value. For `thread_local!`.
    #[doc(hidden)]
    pub const fn new(make: fn() -> T) -> Self {
        Self { make }
    }

    /// The running thread's value: made by `make` if there is none, `Err` if it has been dropped.
    fn value(&'static self, make: impl FnOnce() -> T) -> Result<&'static T, AccessError> {
        let key = std::ptr::from_ref(self).addr();
        let found = || {
            with_values(|values| {
                let (_, value) = values.by_key.iter().find(|(of, _)| *of == key)?;
                Some(
                    value
                        .as_deref()
                        .map(|value| match value.downcast_ref::<T>() {
                            Some(value) => std::ptr::from_ref(value),
                            None => unreachable!("a key has values of one type"),
                        }),
                )
            })
        };
        let value = match found() {
            Some(value) => value,
            None => {
                // Also where it is first asked for while shared memory is used.
                let value: Box<dyn Any> = super::fork::in_own_memory(|| Box::new(make()));
                with_values(|values| {
                    values.by_key.retain(|(of, _)| *of != key);
                    values.by_key.push((key, Some(value)));
                });
                found().flatten()
            }
        };
        // SAFETY: the value stays in its box until the thread's body is through, and only this thread, which is busy
        // here, sees the reference: `with` hands it out for the length of a closure.
        value.map(|value| unsafe { &*value }).ok_or(AccessError)
    }

    /// Looks at the running thread's value.
    pub fn with<F, R>(&'static self, look: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        match self.try_with(look) {
            Ok(result) => result,
            Err(_) => std::panic::panic_any(
                "cannot access a Thread Local Storage value during or after destruction: AccessError",
            ),
        }
    }

    /// The same; an error if the value has been dropped.
    pub fn try_with<F, R>(&'static self, look: F) -> Result<R, AccessError>
    where
        F: FnOnce(&T) -> R,
    {
        self.value(self.make).map(look)
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    /// Sets it.
    pub fn set(&'static self, value: T) {
        self.with(|cell| cell.set(value));
    }

    /// A copy.
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    /// The value; the default stays.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }

    /// The value; another one stays.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    /// Looks at what is in the cell.
    pub fn with_borrow<F, R>(&'static self, look: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.with(|cell| look(&cell.borrow()))
    }

    /// Changes what is in the cell.
    pub fn with_borrow_mut<F, R>(&'static self, change: F) -> R
    where
        F: FnOnce(&mut T) -> R,
    {
        self.with(|cell| change(&mut cell.borrow_mut()))
    }

    /// Sets it.
    pub fn set(&'static self, value: T) {
        self.with(|cell| *cell.borrow_mut() = value);
    }

    /// The value; the default stays.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(RefCell::take)
    }

    /// The value; another one stays.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("LocalKey").finish_non_exhaustive()
    }
}

/// `thread_local!`
#[macro_export]
macro_rules! model_thread_local {
    () => {};
    ($(#[$attribute:meta])* $visible:vis static $name:ident: $type:ty = const $make:block $(; $($rest:tt)*)?) => {
        $(#[$attribute])* $visible static $name: $crate::model::thread::LocalKey<$type> =
            $crate::model::thread::LocalKey::new(|| const { $make });
        $($crate::model_thread_local!($($rest)*);)?
    };
    ($(#[$attribute:meta])* $visible:vis static $name:ident: $type:ty = $make:expr $(; $($rest:tt)*)?) => {
        $(#[$attribute])* $visible static $name: $crate::model::thread::LocalKey<$type> =
            $crate::model::thread::LocalKey::new(|| $make);
        $($crate::model_thread_local!($($rest)*);)?
    };
}
