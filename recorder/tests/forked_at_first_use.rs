//! A process forked while another thread records for the first time. Nothing in this program may have used the
//! recorder before: each child begins as new, so this test has a process of its own.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use recorder::current;

/// How many first times there are, each at a slightly later moment of the fork.
const FIRST_TIMES: u32 = 500;
/// Only a hang can take so long.
const LIMIT: Duration = Duration::from_secs(20);

/// Forks; the child ends with what `f` says.
fn fork(f: impl FnOnce() -> bool) -> i32 {
    // SAFETY: the child calls `f` and ends; nothing in this program holds locks that it needs.
    match unsafe { libc::fork() } {
        0 => {
            let fine = f();
            // SAFETY: ends the child at once.
            unsafe { libc::_exit(i32::from(!fine)) }
        }
        pid => {
            assert!(pid > 0, "{}", std::io::Error::last_os_error());
            pid
        }
    }
}

/// Whether the child ends in time, and says that all is fine. One that does not is killed.
fn ends_well(pid: i32, limit: Duration) -> bool {
    let begun = Instant::now();
    let mut status = 0;
    loop {
        // SAFETY: a child of ours; the status is a word of ours.
        match unsafe { libc::waitpid(pid, &mut status, libc::WNOHANG) } {
            0 if begun.elapsed() < limit => std::thread::yield_now(),
            0 => {
                // SAFETY: a child of ours that was not waited for, so the number is its own.
                unsafe { libc::kill(pid, libc::SIGKILL) };
                // SAFETY: as above; it ends for certain.
                unsafe { libc::waitpid(pid, &mut status, 0) };
                return false;
            }
            _ => return libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0,
        }
    }
}

/// Another thread asks for the pid for the first time; this one forks meanwhile. A fork takes its time, so it is the
/// other one that waits a little.
fn first_time(pause: u32) -> bool {
    let (ready, go) = (AtomicBool::new(false), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            ready.store(true, Ordering::Release);
            while !go.load(Ordering::Acquire) {
                std::hint::spin_loop();
            }
            (0..pause).for_each(|_| std::hint::spin_loop());
            current::pid()
        });
        while !ready.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
        go.store(true, Ordering::Release);
        // SAFETY: no arguments, cannot fail.
        ends_well(fork(|| current::pid() == unsafe { libc::getpid() }), LIMIT)
    })
}

#[test]
fn a_process_forked_while_another_thread_records_for_the_first_time_knows_its_own_number() {
    for number in 0..FIRST_TIMES {
        let child = fork(|| first_time(number * 8));
        // It waits for a child of its own, and clears up after it.
        assert!(
            ends_well(child, 3 * LIMIT),
            "hung or wrong: first time {number}"
        );
    }
}
