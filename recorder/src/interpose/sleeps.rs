//! Sleeps.

use super::here;
use super::next::real;
use crate::sys::Timespec;
use crate::vocabulary::{Kind, ObjectKind};
use core::ffi::{c_int, c_uint};

const SLEEPS: [Kind; 2] = [Kind::SleepBegin, Kind::SleepEnd];

fn sleeping<R>(call: impl FnOnce() -> R) -> R {
    match here() {
        Some(here) => here.around(SLEEPS, ObjectKind::None, 0, call),
        None => call(),
    }
}

/// nanosleep(2).
///
/// # Safety
/// As for nanosleep(2).
pub unsafe extern "C" fn nanosleep(wanted: *const Timespec, left: *mut Timespec) -> c_int {
    sleeping(|| real!(nanosleep(wanted => *const Timespec, left => *mut Timespec) -> c_int))
}

/// clock_nanosleep(2).
///
/// # Safety
/// As for clock_nanosleep(2).
pub unsafe extern "C" fn clock_nanosleep(
    clock: c_int,
    flags: c_int,
    wanted: *const Timespec,
    left: *mut Timespec,
) -> c_int {
    sleeping(|| {
        real!(clock_nanosleep(
            clock => c_int, flags => c_int, wanted => *const Timespec, left => *mut Timespec,
        ) -> c_int)
    })
}

/// usleep(3).
///
/// # Safety
/// As for usleep(3).
pub unsafe extern "C" fn usleep(microseconds: c_uint) -> c_int {
    sleeping(|| real!(usleep(microseconds => c_uint) -> c_int))
}

/// sleep(3).
///
/// # Safety
/// As for sleep(3).
pub unsafe extern "C" fn sleep(seconds: c_uint) -> c_uint {
    sleeping(|| real!(sleep(seconds => c_uint) -> c_uint))
}
