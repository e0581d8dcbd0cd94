//! What each process has for itself, made anew in each execution.

use std::any::Any;
use std::cell::RefCell;

use super::lane;

/// A value, whose it is, and of which process.
struct Seat {
    owner: usize,
    pid: i32,
    value: Box<dyn Any>,
}

// Of the explorer's own thread: others may explore at the same time.
std::thread_local! {
    static SEATS: RefCell<Vec<Seat>> = const { RefCell::new(Vec::new()) };
}

/// A new execution begins.
pub(super) fn begin() {
    // Dropped when the list is free again: what a destructor does is not known here.
    drop(SEATS.take());
}

/// A `static` that neither an execution nor a process inherits from the one before.
pub(crate) struct PerProcess<T: 'static> {
    make: fn() -> T,
    /// Two of them never lie at the same place.
    _place: u8,
}

impl<T: Send + Sync> PerProcess<T> {
    pub(crate) const fn new(make: fn() -> T) -> PerProcess<T> {
        PerProcess { make, _place: 0 }
    }

    /// The value of this process. It is made without any operation in between, so nobody can come before.
    pub(crate) fn get(&'static self) -> &'static T {
        let (owner, pid) = (std::ptr::from_ref(self).addr(), lane::pid(lane::own()));
        let found = || {
            SEATS.with_borrow(|seats| {
                let own = |seat: &&Seat| seat.owner == owner && seat.pid == pid;
                let value = seats.iter().find(own)?.value.downcast_ref::<T>()?;
                Some(std::ptr::from_ref(value))
            })
        };
        let value = found().unwrap_or_else(|| {
            let value: Box<T> = Box::new((self.make)());
            let place = std::ptr::from_ref(&*value);
            SEATS.with_borrow_mut(|seats| seats.push(Seat { owner, pid, value }));
            place
        });
        // SAFETY: the value lies in a box that stays until the next execution begins. By then every thread of this one
        // has been unwound, and with it whoever has the reference.
        unsafe { &*value }
    }
}
