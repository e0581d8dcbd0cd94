//! A number that threads of one process sleep on until somebody changes it and wakes them.
//!
//! All that anybody waits for in this crate's thread primitives is such a number (futex(2)). Who
//! sleeps where is written down in the kernel, for each process apart, and nowhere in this program:
//! a child that is forked while other threads go to sleep or wake each other finds nothing half
//! changed. (A table of waiters in the process, as parking_lot keeps one for all locks together, may
//! be closed at that moment by a thread that the child does not have; then the child waits for it for
//! ever at locks that it made itself.)

use super::atomic::AtomicU32;
use super::time::Deadline;
use recorder::current;
use std::ops::Deref;
use std::ptr;

/// The number. Reading and changing it is the atomic's business.
#[derive(Debug)]
pub(super) struct Futex(AtomicU32);

impl Futex {
    pub const fn new(number: u32) -> Futex {
        Futex(AtomicU32::new(number))
    }

    /// Sleeps as long as this is the number and nobody wakes. Also returns when the time is over, after
    /// a signal, and now and then for no reason: the caller looks again.
    pub fn sleep(&self, number: u32, deadline: Deadline) {
        let left = deadline.left().map(|left| libc::timespec {
            // An hour at a time: the caller looks again.
            tv_sec: left.as_secs().min(3600) as libc::time_t,
            tv_nsec: libc::c_long::from(left.subsec_nanos() as i32),
        });
        let left = left.as_ref().map_or(ptr::null(), ptr::from_ref);
        // SAFETY: the kernel reads the word and the time (or null: no limit), both alive.
        current::exactly(|| unsafe {
            libc::syscall(
                libc::SYS_futex,
                self.0.as_ptr(),
                libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG,
                number,
                left,
            );
        });
    }

    /// Wakes at most so many of those who sleep.
    pub fn wake(&self, most: i32) {
        // SAFETY: the word is alive; the kernel only takes its address.
        current::exactly(|| unsafe {
            libc::syscall(
                libc::SYS_futex,
                self.0.as_ptr(),
                libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG,
                most,
            );
        });
    }
}

impl Deref for Futex {
    type Target = AtomicU32;
    fn deref(&self) -> &AtomicU32 {
        &self.0
    }
}
