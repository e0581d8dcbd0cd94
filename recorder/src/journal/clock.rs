//! The clock of a journal, the identity of the writer, and sleeping on a word of shared memory.

use std::sync::Once;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};
use std::time::Duration;

/// CLOCK_MONOTONIC in nanoseconds: the same in all processes of the machine.
pub(super) fn now_ns() -> u64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: fills a timespec of ours; CLOCK_MONOTONIC always exists.
    unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

static PID: AtomicI32 = AtomicI32::new(0);
static FORGET_PID_AT_FORK: Once = Once::new();

extern "C" fn forget_pid() {
    PID.store(0, Ordering::Relaxed);
}

/// This process' id without a system call. (glibc asks the kernel every time, which would cost more
/// than the rest of a record.) A fork makes the child forget its parent's.
pub(crate) fn own_pid() -> i32 {
    match PID.load(Ordering::Relaxed) {
        0 => {
            FORGET_PID_AT_FORK.call_once(|| {
                // SAFETY: the handler only stores to an atomic.
                unsafe { libc::pthread_atfork(None, None, Some(forget_pid)) };
            });
            let pid = std::process::id() as i32;
            PID.store(pid, Ordering::Relaxed);
            pid
        }
        pid => pid,
    }
}

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

/// Wakes everybody who sleeps on the word, in all processes.
pub(super) fn futex_wake(word: &AtomicU32) {
    // SAFETY: the word lives in a mapping we hold.
    unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), libc::FUTEX_WAKE, i32::MAX) };
}
