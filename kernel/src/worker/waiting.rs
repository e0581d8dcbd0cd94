//! Waiting for child processes: the functions of wait(2), passing over the worker's own copies.
//!
//! A copy ([`super::snapshot`]) is a child of the worker. A cell that waits for "any child" must neither get it nor
//! wait for its end when its own children are all gone. And whenever a child has been waited for, the kernel is told:
//! what the child wrote to the plain pipes belongs before whatever this process prints next.

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::os::fd::{AsFd as _, FromRawFd as _, OwnedFd};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use recorder::interpose::processes::{ended, waiting_for};
use recorder::interpose::quietly;

use super::frame::Kind;
use super::{interpose, snapshot};

/// Stopped and continued children cannot be polled for: they are looked at so often.
const LOOK_AGAIN_MS: u16 = 20;

/// Tells the kernel that a child has been waited for.
fn reaped() {
    interpose::tell(Kind::Reaped);
}

/// wait4(2).
///
/// # Safety
/// As for wait4(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wait4(
    pid: libc::pid_t,
    status: *mut c_int,
    options: c_int,
    usage: *mut libc::rusage,
) -> libc::pid_t {
    let place = Cell::new(0);
    // SAFETY: a place of ours and the caller's arguments; the system call checks them.
    let ask = |options: c_int| unsafe {
        libc::syscall(libc::SYS_wait4, pid, place.as_ptr(), options, usage) as libc::pid_t
    };
    let any = pid == -1 && interpose::is_active() && snapshot::any_copy();
    let child = waiting_for(pid, options & libc::WNOHANG == 0, || {
        let child = if any {
            quietly(|| {
                any_child(options, libc::WUNTRACED | libc::WCONTINUED, || {
                    ask(options | libc::WNOHANG)
                })
            })
        } else {
            ask(options)
        };
        (child, (child > 0).then_some((child, place.get())))
    });
    if child > 0 {
        if !status.is_null() {
            // SAFETY: the caller promises a place for it.
            unsafe { *status = place.get() };
        }
        reaped();
    }
    child
}

/// wait(2).
///
/// # Safety
/// As for wait(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wait(status: *mut c_int) -> libc::pid_t {
    // SAFETY: the caller's argument.
    unsafe { wait4(-1, status, 0, std::ptr::null_mut()) }
}

/// waitpid(2).
///
/// # Safety
/// As for waitpid(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn waitpid(
    pid: libc::pid_t,
    status: *mut c_int,
    options: c_int,
) -> libc::pid_t {
    // SAFETY: waitpid is wait4 without resource usage; the caller's arguments.
    unsafe { wait4(pid, status, options, std::ptr::null_mut()) }
}

/// waitid(2).
///
/// # Safety
/// As for waitid(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn waitid(
    kind: libc::idtype_t,
    id: libc::id_t,
    info: *mut libc::siginfo_t,
    options: c_int,
) -> c_int {
    let nothing = std::ptr::null::<c_void>();
    // SAFETY: the system call has a fifth argument for resource usage; the rest is the caller's.
    let ask = |info: *mut libc::siginfo_t, options: c_int| unsafe {
        libc::syscall(libc::SYS_waitid, kind, id, info, options, nothing) as c_int
    };
    let any = kind == libc::P_ALL && interpose::is_active() && snapshot::any_copy();
    // SAFETY: zero is a valid siginfo_t: nothing happened.
    let mut unwanted: libc::siginfo_t = unsafe { std::mem::zeroed() };
    let info = if info.is_null() {
        &raw mut unwanted
    } else {
        info
    };
    let wait = || {
        if any {
            // SAFETY: zero is a valid siginfo_t: nothing happened.
            let mut found: libc::siginfo_t = unsafe { std::mem::zeroed() };
            let child = any_child(options, libc::WSTOPPED | libc::WCONTINUED, || {
                match ask(&mut found, options | libc::WNOHANG) {
                    // SAFETY: waitid fills in the pid, or leaves 0 where nothing happened.
                    0 => unsafe { found.si_pid() },
                    error => error,
                }
            });
            if child >= 0 {
                // SAFETY: a place for the answer: ours, or the caller's.
                unsafe { *info = found };
            }
            child.min(0)
        } else {
            ask(info, options)
        }
    };
    let wanted = if kind == libc::P_PID { id as c_int } else { -1 };
    let result = waiting_for(wanted, options & libc::WNOHANG == 0, || {
        let result = if any { quietly(wait) } else { wait() };
        // SAFETY: filled in by a call that has succeeded.
        let child = (result == 0)
            .then(|| unsafe { ended(info.cast()) })
            .flatten();
        (result, child)
    });
    if result == 0 {
        reaped();
    }
    result
}

/// Waits for any child that is not a copy. `ask` asks the system without waiting: a pid, 0 or -1.
fn any_child(
    options: c_int,
    not_pollable: c_int,
    mut ask: impl FnMut() -> libc::pid_t,
) -> libc::pid_t {
    loop {
        let found = ask();
        if found > 0 && snapshot::is_copy(found) {
            // Somebody killed it. There is nothing to tell a cell.
            continue;
        }
        if found != 0 {
            return found;
        }
        let others: Vec<OwnedFd> = children()
            .into_iter()
            .filter(|child| !snapshot::is_copy(*child))
            .filter_map(watch)
            .collect();
        if others.is_empty() {
            Errno::ECHILD.set();
            return -1;
        }
        if options & libc::WNOHANG != 0 {
            return 0;
        }
        let mut ends: Vec<PollFd<'_>> = others
            .iter()
            .map(|other| PollFd::new(other.as_fd(), PollFlags::POLLIN))
            .collect();
        let patience = if options & not_pollable != 0 {
            PollTimeout::from(LOOK_AGAIN_MS)
        } else {
            PollTimeout::NONE
        };
        if let Err(error) = poll(&mut ends, patience) {
            error.set();
            return -1;
        }
    }
}

/// A descriptor that is readable when the child has ended (pidfd_open(2)).
fn watch(child: libc::pid_t) -> Option<OwnedFd> {
    // SAFETY: numbers only.
    let fd = unsafe { libc::syscall(libc::SYS_pidfd_open, child, 0) };
    // SAFETY: a new descriptor that nobody else owns.
    (fd >= 0).then(|| unsafe { OwnedFd::from_raw_fd(fd as i32) })
}

/// The children of all threads of this process (proc(5), `/proc/self/task/tid/children`).
pub(crate) fn children() -> Vec<libc::pid_t> {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else {
        return Vec::new();
    };
    tasks
        .flatten()
        .filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok())
        .flat_map(|children| {
            children
                .split_whitespace()
                .filter_map(|pid| pid.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect()
}
