//! Snapshots: a sleeping copy of the worker that takes over when the worker dies.
//!
//! fork(2) copies a process with all its variables, without copying memory until somebody writes to it. The copy
//! sleeps; when a cell aborts, exits, crashes, is interrupted or runs out of memory, the copy wakes up as the worker,
//! and every variable is what it was. A copy has one thread, the one that forked; threads, child processes and
//! connections of earlier cells are lost in a roll-back, and memory shared with other processes is not rolled back.
//!
//! ```text
//!            take()            Done(new)           dismiss(old)
//!  worker ──────┬────── cell ─────┬───────────────────┬──────────
//!  copy         └── asleep ───────│─── woken if the ──┘ killed
//!                                 │    worker died
//!                                 └── asleep, for the next cell
//! ```
//!
//! Invariants:
//! - there is always exactly one copy the supervisor would wake, and evcxr's picture of the variables is of the same
//!   moment: both change by one message ([`super::control::Message::Done`]);
//! - nobody notices a sleeping copy: its pipes and sockets are dead ends (else a cell that drops the last writer and
//!   reads to the end would wait for ever), it is in a process group of its own, and the functions that wait for "any
//!   child" pass over it ([`super::waiting`]);
//! - a copy never outlives the supervisor.

use std::io;
use std::os::fd::{AsFd as _, AsRawFd as _, BorrowedFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicI32, Ordering};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use nix::unistd::Pid;

use super::board::Board;
use super::control::{MOST_NAMES, Sleeper};
use super::interpose;
use super::threads;

/// Wakes a copy. Any signal would do: the copy has blocked them all and waits for this one.
const WAKE: Signal = Signal::SIGUSR1;

/// The copies that live now: one, and a second for the moment in which a new one takes the place of an old one.
static LIVING: [AtomicI32; 2] = [const { AtomicI32::new(0) }; 2];

/// Whether this child of the worker is one of its copies.
pub(super) fn is_copy(pid: i32) -> bool {
    pid > 0
        && LIVING
            .iter()
            .any(|living| living.load(Ordering::Relaxed) == pid)
}

/// Whether there is a copy at all.
pub(super) fn any_copy() -> bool {
    LIVING
        .iter()
        .any(|living| living.load(Ordering::Relaxed) != 0)
}

/// What [`take`] returns, once in each process.
pub(super) enum Taken {
    /// In the worker: the copy sleeps.
    Asleep(Sleeper),
    /// In the copy, when it has been woken: it is the worker now.
    Awake,
}

/// What a copy keeps of the world.
pub(super) struct Ties<'a> {
    /// The supervisor's process.
    pub(super) supervisor: Pid,
    /// The worker's end of the control socket: its hang-up tells the supervisor's end.
    pub(super) control: BorrowedFd<'a>,
    /// Descriptors that stay what they are.
    pub(super) kept: &'a [RawFd],
    /// Where an interrupt sees that a copy is being made.
    pub(super) board: &'a Board,
}

/// Makes a copy of this process. To be called by the worker's main thread, between cells.
///
/// # Errors
/// What fork(2) says: no memory, too many processes. Nothing has changed then.
pub(super) fn take(ties: &Ties<'_>) -> io::Result<Taken> {
    let names = threads::names_of_others(MOST_NAMES);
    // Here already: the worker may be dead, and its copy be woken, before the copy has come to run at all.
    let before = SigSet::all().thread_swap_mask(SigmaskHow::SIG_SETMASK)?;
    // An interrupt kills the worker's process group. Until the copy has left it, that has to wait.
    ties.board.notes().forking.store(1, Ordering::SeqCst);
    let forked = interpose::with_locks_held(|| {
        // SAFETY: the child goes on with the locks of our own and of the standard streams held by the thread that
        // goes on, which releases them as the parent does.
        let pid = unsafe { libc::fork() };
        if pid >= 0 {
            // SAFETY: numbers only. In the copy and in the worker, whichever is first; 0 is the caller itself.
            unsafe { libc::setpgid(pid, pid) };
        }
        if pid < 0 {
            Err(io::Error::last_os_error())
        } else {
            Ok(pid)
        }
    });
    if !matches!(forked, Ok(0)) {
        ties.board.notes().forking.store(0, Ordering::SeqCst);
        before.thread_set_mask()?;
    }
    match forked? {
        0 => {
            sleep_until_needed(ties, &before);
            Ok(Taken::Awake)
        }
        pid => {
            if let Some(free) = LIVING
                .iter()
                .find(|living| living.load(Ordering::Relaxed) == 0)
            {
                free.store(pid, Ordering::Relaxed);
            }
            Ok(Taken::Asleep(Sleeper {
                pid,
                threads: names,
            }))
        }
    }
}

/// Ends a copy that is not needed any more.
pub(super) fn dismiss(copy: &Sleeper) {
    // SAFETY: a child of ours that nobody else waits for: its number is still its own.
    unsafe {
        libc::kill(copy.pid, libc::SIGKILL);
        let mut status = 0;
        libc::syscall(
            libc::SYS_wait4,
            copy.pid,
            &mut status,
            0,
            std::ptr::null::<libc::rusage>(),
        );
    }
    for living in &LIVING {
        let _ = living.compare_exchange(copy.pid, 0, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// Wakes a copy: called by the supervisor, when the worker is gone.
pub(super) fn wake(copy: &Sleeper) -> io::Result<()> {
    Ok(nix::sys::signal::kill(Pid::from_raw(copy.pid), WAKE)?)
}

/// The copy's sleep, with all signals blocked. Returns when it is the worker, with the signals as they were `before`.
fn sleep_until_needed(ties: &Ties<'_>, before: &SigSet) {
    if fall_asleep(ties, before).is_err() {
        // A copy that cannot sleep properly is none; the supervisor then does without.
        // SAFETY: ends this process without what belongs to the worker.
        unsafe { libc::_exit(0) };
    }
    for living in &LIVING {
        living.store(0, Ordering::Relaxed);
    }
    threads::forget_others();
    interpose::take_over();
}

fn fall_asleep(ties: &Ties<'_>, before: &SigSet) -> io::Result<()> {
    cut_connections(ties)?;
    let mut only_wake = SigSet::empty();
    only_wake.add(WAKE);
    let wake = SignalFd::with_flags(&only_wake, SfdFlags::SFD_CLOEXEC)?;
    loop {
        let mut events = [
            PollFd::new(wake.as_fd(), PollFlags::POLLIN),
            // Nothing is asked for: an order is the worker's. That the other end is closed is told anyway.
            PollFd::new(ties.control, PollFlags::empty()),
        ];
        match poll(&mut events, PollTimeout::NONE) {
            Ok(_) | Err(nix::errno::Errno::EINTR) => {}
            Err(error) => return Err(error.into()),
        }
        let happened =
            |event: &PollFd<'_>| event.revents().is_some_and(|events| !events.is_empty());
        if happened(&events[0]) {
            break;
        }
        if happened(&events[1]) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
    }
    wake.read_signal()?;
    nix::sys::prctl::set_pdeathsig(Signal::SIGKILL)?;
    if nix::unistd::getppid() != ties.supervisor {
        return Err(io::ErrorKind::BrokenPipe.into());
    }
    before.thread_set_mask()?;
    Ok(())
}

/// Puts a dead end in the place of every pipe and socket but those of ours: reading gives end of file, writing an
/// error, and the other side sees what it would see if there were no copy.
fn cut_connections(ties: &Ties<'_>) -> io::Result<()> {
    let (dead_end, other) = nix::sys::socket::socketpair(
        nix::sys::socket::AddressFamily::Unix,
        nix::sys::socket::SockType::Stream,
        None,
        nix::sys::socket::SockFlag::SOCK_CLOEXEC,
    )?;
    drop(other);
    for fd in open_descriptors()? {
        let ours = fd == dead_end.as_raw_fd()
            || fd == ties.control.as_raw_fd()
            || ties.kept.contains(&fd)
            || interpose::is_framed(fd);
        if !ours && is_connection(fd) {
            replace(fd, &dead_end)?;
        }
    }
    Ok(())
}

fn open_descriptors() -> io::Result<Vec<RawFd>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc/self/fd")? {
        found.extend(
            entry?
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<RawFd>().ok()),
        );
    }
    Ok(found)
}

fn is_connection(fd: RawFd) -> bool {
    // SAFETY: a number and room for the answer; a wrong number gives EBADF.
    let kind = unsafe {
        let mut about = std::mem::zeroed::<libc::stat>();
        if libc::fstat(fd, &mut about) < 0 {
            return false;
        }
        about.st_mode & libc::S_IFMT
    };
    kind == libc::S_IFIFO || kind == libc::S_IFSOCK
}

/// dup3(2), keeping whether the descriptor is closed at exec.
fn replace(fd: RawFd, dead_end: &OwnedFd) -> io::Result<()> {
    // SAFETY: numbers only; the system call itself, because `dup3` is one of the functions this program replaces.
    let done = unsafe {
        let flags = libc::fcntl(fd, libc::F_GETFD);
        let close = if flags & libc::FD_CLOEXEC != 0 {
            libc::O_CLOEXEC
        } else {
            0
        };
        libc::syscall(libc::SYS_dup3, dead_end.as_raw_fd(), fd, close)
    };
    if done < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
