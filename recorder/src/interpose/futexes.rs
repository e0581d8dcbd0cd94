//! `syscall`: where Rust's locks, conditions, channels and parked threads meet the system.
//!
//! A wait is written down before it begins, so that it is seen also if it never ends. If it turns out that
//! there was nothing to wait for (`EAGAIN`: the word had changed), it is taken back; so is a wake that woke
//! nobody. A wake is written down before it happens: it comes before the end of the wait it ends.

use super::{WAITS, here, processes};
use crate::sys::{self, number};
use crate::vocabulary::{Kind, ObjectKind};
use core::ffi::c_long;

/// Without the flags for private memory and for the clock (futex(2)).
const OPERATION: i64 = 0x7f;
const PRIVATE: i64 = 0x80;
/// Set in the identity of a word in memory that processes share.
pub(crate) const SHARED: u64 = 1 << 63;

/// syscall(2). C's caller passes as many arguments as the call has; the others are what happens to be in
/// their place, which the system ignores.
///
/// # Safety
/// As for the system call.
pub unsafe extern "C" fn syscall(
    number: c_long,
    a: c_long,
    b: c_long,
    c: c_long,
    d: c_long,
    e: c_long,
    f: c_long,
) -> c_long {
    let arguments = [a, b, c, d, e, f];
    if number == number::EXIT_GROUP {
        processes::leaving(a as i32);
    }
    // SAFETY: by our own contract.
    let call = || unsafe { sys::call(number, arguments) };
    if number != number::FUTEX {
        return sys::as_c(call());
    }
    let Some(here) = here() else {
        return sys::as_c(call());
    };
    let id = a as u64 | if b & PRIVATE == 0 { SHARED } else { 0 };
    let result = match b & OPERATION {
        // WAIT, LOCK_PI, WAIT_BITSET, LOCK_PI2
        0 | 6 | 9 | 13 => {
            let begun = here.emit(WAITS[0], ObjectKind::Futex, id);
            let result = call();
            if result == -i64::from(sys::EAGAIN) {
                here.ring.take_back(begun);
            } else {
                here.emit(WAITS[1], ObjectKind::Futex, id);
            }
            result
        }
        // WAKE, REQUEUE, CMP_REQUEUE, WAKE_OP, WAKE_BITSET
        1 | 3 | 4 | 5 | 10 => {
            let told = here.emit(Kind::Signal, ObjectKind::Futex, id);
            let result = call();
            if result <= 0 {
                here.ring.take_back(told);
            }
            result
        }
        _ => call(),
    };
    sys::as_c(result)
}
