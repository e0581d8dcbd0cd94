//! What each process has for itself: a forked child begins with a new one.

use super::atomic::{AtomicPtr, Ordering};
use recorder::current;
use std::ptr;

struct Seat<T> {
    pid: i32,
    value: T,
}

/// A `static` that a forked child does not inherit.
///
/// The value of the parent may be locked at the moment of the fork by a thread that does not exist
/// in the child, and it speaks of things that are not there; so the child makes its own when it
/// first needs it. Values are never freed: a process makes one.
pub(crate) struct PerProcess<T: 'static> {
    current: AtomicPtr<Seat<T>>,
    make: fn() -> T,
}

impl<T: Send + Sync> PerProcess<T> {
    /// Nothing yet; `make` makes it when it is first needed.
    pub(crate) const fn new(make: fn() -> T) -> PerProcess<T> {
        PerProcess {
            current: AtomicPtr::new(ptr::null_mut()),
            make,
        }
    }

    /// The value of this process.
    pub(crate) fn get(&self) -> &'static T {
        let pid = current::pid();
        loop {
            let found = self.current.load(Ordering::Acquire);
            // SAFETY: null, or from `Box::leak` below and never freed.
            if let Some(seat) = unsafe { found.as_ref() }
                && seat.pid == pid
            {
                return &seat.value;
            }
            let seat = Box::into_raw(Box::new(Seat {
                pid,
                value: (self.make)(),
            }));
            let placed =
                self.current
                    .compare_exchange(found, seat, Ordering::AcqRel, Ordering::Acquire);
            if placed.is_err() {
                // SAFETY: from `Box::into_raw` above, and never shown to anybody.
                drop(unsafe { Box::from_raw(seat) });
            }
        }
    }
}
