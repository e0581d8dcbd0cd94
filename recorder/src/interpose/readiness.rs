//! Waiting for any of several descriptors: event loops.
//!
//! The call is made without waiting first; only if nothing was ready does it wait, and is recorded.

use super::next::real;
use super::{WAITS, here};
use crate::sys::{Polled, Timespec};
use crate::vocabulary::ObjectKind;
use core::ffi::{c_int, c_ulong, c_void};

/// `call` is told whether it may wait.
fn looking(waits: bool, what: u64, call: impl Fn(bool) -> c_int) -> c_int {
    let here = waits.then(here).flatten();
    let Some(here) = here else {
        return call(true);
    };
    match call(false) {
        0 => here.around(WAITS, ObjectKind::Event, what, || call(true)),
        ready => ready,
    }
}

/// poll(2).
///
/// # Safety
/// As for poll(2).
pub unsafe extern "C" fn poll(polled: *mut Polled, count: c_ulong, timeout: c_int) -> c_int {
    looking(timeout != 0, 0, |wait| {
        let timeout = if wait { timeout } else { 0 };
        real!(poll(polled => *mut Polled, count => c_ulong, timeout => c_int) -> c_int)
    })
}

static AT_ONCE: Timespec = Timespec {
    seconds: 0,
    nanoseconds: 0,
};

/// ppoll(2).
///
/// # Safety
/// As for ppoll(2).
pub unsafe extern "C" fn ppoll(
    polled: *mut Polled,
    count: c_ulong,
    timeout: *const Timespec,
    mask: *const c_void,
) -> c_int {
    looking(true, 0, |wait| {
        let timeout = if wait { timeout } else { &raw const AT_ONCE };
        real!(ppoll(
            polled => *mut Polled, count => c_ulong, timeout => *const Timespec, mask => *const c_void,
        ) -> c_int)
    })
}

/// select(2). It changes its sets, so it cannot be tried first: every call that may wait is recorded.
///
/// # Safety
/// As for select(2).
pub unsafe extern "C" fn select(
    count: c_int,
    reading: *mut c_void,
    writing: *mut c_void,
    troubled: *mut c_void,
    timeout: *mut c_void,
) -> c_int {
    let call = || {
        real!(select(
            count => c_int, reading => *mut c_void, writing => *mut c_void, troubled => *mut c_void,
            timeout => *mut c_void,
        ) -> c_int)
    };
    match here() {
        Some(here) => here.around(WAITS, ObjectKind::Event, 0, call),
        None => call(),
    }
}

/// epoll_wait(2).
///
/// # Safety
/// As for epoll_wait(2).
pub unsafe extern "C" fn epoll_wait(
    fd: c_int,
    events: *mut c_void,
    most: c_int,
    timeout: c_int,
) -> c_int {
    looking(timeout != 0, fd as u64, |wait| {
        let timeout = if wait { timeout } else { 0 };
        real!(epoll_wait(
            fd => c_int, events => *mut c_void, most => c_int, timeout => c_int,
        ) -> c_int)
    })
}

/// epoll_pwait(2).
///
/// # Safety
/// As for epoll_pwait(2).
pub unsafe extern "C" fn epoll_pwait(
    fd: c_int,
    events: *mut c_void,
    most: c_int,
    timeout: c_int,
    mask: *const c_void,
) -> c_int {
    looking(timeout != 0, fd as u64, |wait| {
        let timeout = if wait { timeout } else { 0 };
        real!(epoll_pwait(
            fd => c_int, events => *mut c_void, most => c_int, timeout => c_int, mask => *const c_void,
        ) -> c_int)
    })
}
