//! The identity of a writer, and sleeping on a word of shared memory.

use crate::identity::own_pid;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

/// The kernel's id of the calling thread.
pub(crate) fn own_tid() -> i32 {
    // SAFETY: no arguments, cannot fail.
    unsafe { libc::gettid() }
}

/// Whether a process still runs. A zombie does not: it will never write again.
pub(super) fn is_running(pid: i32) -> bool {
    if pid == own_pid() {
        return true;
    }
    // SAFETY: opens a descriptor for a process; on success it is closed below.
    let descriptor = unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) } as libc::c_int;
    if descriptor < 0 {
        // SAFETY: signal 0 only asks.
        return unsafe { libc::kill(pid, 0) } == 0;
    }
    let mut poll = libc::pollfd {
        fd: descriptor,
        events: libc::POLLIN,
        revents: 0,
    };
    // SAFETY: one valid pollfd, no waiting.
    let ended = unsafe { libc::poll(&mut poll, 1, 0) } == 1;
    // SAFETY: ours, opened above.
    unsafe { libc::close(descriptor) };
    !ended
}

/// Sleeps while the word has this value, at most so long. May return early.
pub(super) fn futex_wait(word: &AtomicU32, value: u32, limit: Duration) {
    let time = libc::timespec {
        tv_sec: limit.as_secs().min(3600) as libc::time_t,
        tv_nsec: libc::c_long::from(limit.subsec_nanos() as i32),
    };
    // SAFETY: the word lives in a mapping we hold; the kernel only reads it and the time.
    unsafe {
        libc::syscall(
            libc::SYS_futex,
            word.as_ptr(),
            libc::FUTEX_WAIT,
            value,
            &time as *const libc::timespec,
        );
    }
}
