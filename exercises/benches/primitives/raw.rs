//! What the system itself costs, without a library: the limits ours is held against.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use crate::figures::{COUNTED, each};

/// `std::thread`, start and join.
pub fn thread_start() -> f64 {
    const COUNT: u32 = 2_000;
    each(COUNT, || {
        for _ in 0..COUNT {
            thread::spawn(|| ()).join().expect("nothing panics");
        }
    })
}

/// A message of one byte there and back through two pipes, between two processes.
pub fn pipe_round_trip() -> f64 {
    const COUNT: u32 = 20_000;
    let (mut from_here, mut to_there) = std::io::pipe().expect("a pipe");
    let (mut from_there, mut to_here) = std::io::pipe().expect("a pipe");
    with_child(
        move || echo(COUNT, &mut from_here, &mut to_here),
        || {
            each(COUNT, || {
                let mut byte = [7];
                for _ in 0..COUNT {
                    to_there.write_all(&byte).expect("the child reads");
                    from_there.read_exact(&mut byte).expect("the child writes");
                }
            })
        },
    )
}

/// A request and an answer of sixteen bytes each through a socket, between two processes.
pub fn socket_round_trip() -> f64 {
    const COUNT: u32 = 5_000;
    let (mut here, mut there) = UnixStream::pair().expect("a pair of sockets");
    with_child(
        move || {
            let mut request = [0; 16];
            for _ in 0..COUNT {
                there.read_exact(&mut request).expect("the parent writes");
                there.write_all(&request).expect("the parent reads");
            }
        },
        || {
            each(COUNT, || {
                let mut answer = [7; 16];
                for _ in 0..COUNT {
                    here.write_all(&answer).expect("the child reads");
                    here.read_exact(&mut answer).expect("the child writes");
                }
            })
        },
    )
}

/// Two threads that hand a word to each other by futex(2): a round is one hand-over each way.
pub fn thread_hand_over() -> f64 {
    let word = AtomicU32::new(0);
    thread::scope(|scope| {
        scope.spawn(|| hand_over(&word, 1));
        each(COUNTED, || hand_over(&word, 0))
    })
}

/// The same between two processes.
pub fn process_hand_over() -> f64 {
    let word = shared_word();
    with_child(
        || hand_over(word, 1),
        || each(COUNTED, || hand_over(word, 0)),
    )
}

/// Takes its turn when the word is `mine`, and gives the other side its turn.
fn hand_over(word: &AtomicU32, mine: u32) {
    for _ in 0..COUNTED {
        loop {
            let seen = word.load(Ordering::Acquire);
            if seen == mine {
                break;
            }
            futex(word, libc::FUTEX_WAIT, seen);
        }
        word.store(1 - mine, Ordering::Release);
        futex(word, libc::FUTEX_WAKE, 1);
    }
}

fn futex(word: &AtomicU32, operation: libc::c_int, value: u32) {
    // SAFETY: the word lives through the call; without a time-out nothing else is read.
    unsafe {
        libc::syscall(
            libc::SYS_futex,
            word.as_ptr(),
            operation,
            value,
            std::ptr::null::<libc::timespec>(),
        )
    };
}

/// A word both processes see; a page a measurement, given back at the end of the program.
fn shared_word() -> &'static AtomicU32 {
    // SAFETY: a fresh anonymous mapping; the result is checked before it is used.
    let page = unsafe {
        libc::mmap(
            std::ptr::null_mut(),
            4096,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_SHARED | libc::MAP_ANONYMOUS,
            -1,
            0,
        )
    };
    assert_ne!(page, libc::MAP_FAILED, "a page of shared memory");
    // SAFETY: the page is zeroed, aligned, and never unmapped.
    unsafe { &*page.cast::<AtomicU32>() }
}

fn echo(count: u32, from: &mut impl Read, to: &mut impl Write) {
    let mut byte = [0];
    for _ in 0..count {
        from.read_exact(&mut byte).expect("the parent writes");
        to.write_all(&byte).expect("the parent reads");
    }
}

/// Runs `partner` in a forked process while `measured` runs here.
fn with_child(partner: impl FnOnce(), measured: impl FnOnce() -> f64) -> f64 {
    // SAFETY: the benchmark has no other threads here; the child ends by `_exit`.
    match unsafe { libc::fork() } {
        -1 => panic!("no process: {}", std::io::Error::last_os_error()),
        0 => {
            partner();
            // SAFETY: ends the child without what the parent registered for its own end.
            unsafe { libc::_exit(0) }
        }
        child => {
            let time = measured();
            let mut status = 0;
            // SAFETY: `child` is ours and not yet waited for; the status is written to a local.
            unsafe { libc::waitpid(child, &mut status, 0) };
            assert_eq!(status, 0, "the partner ended badly");
            time
        }
    }
}
