//! Watches what can end the kernel from outside: the process that started it, and signals.
//!
//! A kernel whose Jupyter has died would stay for ever, since nobody can reach it any more.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};

use crate::socket::Wake;

/// What the guardian asks for.
pub(crate) trait Ward {
    /// Interrupt what runs.
    fn interrupt(&self);
    /// End.
    fn end(&self);
}

static SIGNAL_FD: AtomicI32 = AtomicI32::new(-1);
static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static TERMINATED: AtomicBool = AtomicBool::new(false);

/// Makes SIGINT an interrupt and SIGTERM and SIGHUP an orderly end. Only for a process that is
/// a kernel and nothing else; its children get the default back when they execute a program.
pub(crate) fn catch_signals() -> std::io::Result<Wake> {
    let wake = Wake::new()?;
    // The handler writes to this descriptor whenever a signal comes, so it is never closed.
    let kept = wake.as_fd().try_clone_to_owned()?;
    SIGNAL_FD.store(kept.as_raw_fd(), Ordering::SeqCst);
    std::mem::forget(kept);
    let action = SigAction::new(
        SigHandler::Handler(on_signal),
        SaFlags::SA_RESTART,
        SigSet::empty(),
    );
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        // SAFETY: the handler only stores to atomics and calls write(2), which a handler may.
        unsafe { sigaction(signal, &action)? };
    }
    Ok(wake)
}

extern "C" fn on_signal(signal: i32) {
    let saved = Errno::last_raw();
    if signal == Signal::SIGINT as i32 {
        INTERRUPTED.store(true, Ordering::SeqCst);
    } else {
        TERMINATED.store(true, Ordering::SeqCst);
    }
    let one = 1_u64.to_ne_bytes();
    // SAFETY: the buffer is 8 bytes long, as an eventfd wants; the descriptor is never closed.
    unsafe { libc::write(SIGNAL_FD.load(Ordering::SeqCst), one.as_ptr().cast(), 8) };
    Errno::set_raw(saved);
}

/// The thread's work; ends when `stop` is raised.
pub(crate) fn run(ward: &impl Ward, signals: Option<&Wake>, stop: &Wake) {
    let parent = parent_process();
    loop {
        let ready = wait([
            Some(stop.as_fd()),
            signals.map(AsFd::as_fd),
            parent.as_ref().map(AsFd::as_fd),
        ]);
        if ready[0] {
            return;
        }
        if ready[2] {
            tracing::warn!("the process that started this kernel has ended");
            ward.end();
            return;
        }
        if let Some(signals) = signals
            && ready[1]
        {
            signals.clear();
            if TERMINATED.load(Ordering::SeqCst) {
                ward.end();
                return;
            }
            if INTERRUPTED.swap(false, Ordering::SeqCst) {
                ward.interrupt();
            }
        }
    }
}

fn wait(watched: [Option<BorrowedFd<'_>>; 3]) -> [bool; 3] {
    let mut fds: Vec<PollFd<'_>> = watched
        .iter()
        .flatten()
        .map(|fd| PollFd::new(*fd, PollFlags::POLLIN))
        .collect();
    // An interrupted call looks like one in which nothing happened.
    let _interrupted = poll(&mut fds, PollTimeout::NONE);
    let mut results = fds.iter().map(|fd| fd.any().unwrap_or(false));
    watched.map(|fd| fd.is_some() && results.next().unwrap_or(false))
}

/// A descriptor that becomes readable when the process of `JPY_PARENT_PID` ends.
fn parent_process() -> Option<OwnedFd> {
    let pid: i32 = std::env::var("JPY_PARENT_PID").ok()?.parse().ok()?;
    if pid <= 1 {
        return None;
    }
    // SAFETY: pidfd_open takes a pid and flags, and touches no memory of ours.
    let fd = unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) };
    if let Ok(fd) = i32::try_from(fd)
        && fd >= 0
    {
        // SAFETY: the call has just given us this descriptor, nobody else has it.
        return Some(unsafe { OwnedFd::from_raw_fd(fd) });
    }
    // No such process: its number is from another namespace, or it died while we started. In
    // the second case Jupyter's connection file is useless and so are we, but we cannot tell.
    tracing::warn!(pid, error = %Errno::last(), "cannot watch the process that started this kernel");
    None
}
