//! The supervisor: starts the worker, waits for its end, cleans up after it.
//!
//! It is a separate process so that somebody is left to say how a worker died and to end what
//! its cells started: threads die with the worker, child processes are found because the
//! supervisor is their reaper (`PR_SET_CHILD_SUBREAPER`, prctl(2)).

use std::os::fd::RawFd;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;
use std::time::Duration;

use nix::errno::Errno;
use nix::sys::signal::{SigSet, Signal};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use super::board::Board;
use super::descriptors::{self, Descriptors};
use super::frame::{self, Kind};
use super::{EVCXR_ROLE, PROGRAM, WORKER_ROLE};
use crate::evaluate::compiler;

/// Exit code where the supervisor itself cannot work.
const CANNOT_START: i32 = 99;
/// How often remaining children are killed and waited for before they are given up, 5 ms apart.
const REAP_ROUNDS: usize = 200;

/// Supervises one worker and exits with its status.
pub(super) fn run() -> ! {
    match supervise() {
        Ok(code) => std::process::exit(code),
        Err(error) => {
            eprintln!("weft: the worker could not be started: {error}");
            std::process::exit(CANNOT_START)
        }
    }
}

fn supervise() -> std::io::Result<i32> {
    let inherited = Descriptors::from_environment().ok_or_else(|| {
        std::io::Error::other("this is a part of `weft kernel` and cannot be started by hand")
    })?;
    nix::sys::prctl::set_child_subreaper(true)?;
    // The kernel may be killed in any way; SIGTERM then comes from the system.
    nix::sys::prctl::set_pdeathsig(Signal::SIGTERM)?;
    let mut signals = SigSet::empty();
    signals.add(Signal::SIGCHLD);
    signals.add(Signal::SIGTERM);
    signals.add(Signal::SIGINT);
    signals.thread_block()?;

    let private = Descriptors {
        orders: duplicate(0)?,
        reports: duplicate(1)?,
        ..inherited
    };
    let worker = start_worker(&private)?;
    let board = Board::attach(owned(inherited.board)?)?;
    board
        .notes()
        .worker
        .store(worker.as_raw(), Ordering::SeqCst);
    // Only the worker may hold evcxr's pipe: its end is how evcxr learns that a worker died.
    for fd in [private.orders, private.reports] {
        let _ = nix::unistd::close(fd);
    }

    let status = wait_for(worker, &signals)?;
    end_everything(worker);
    board.notes().worker.store(0, Ordering::SeqCst);
    let (report, code) = describe(status);
    // The kernel may be gone; nobody is left to tell then.
    let _ = frame::send(
        inherited.frames,
        Kind::Ended,
        board.cell(),
        0,
        report.as_bytes(),
    );
    Ok(code)
}

fn start_worker(private: &Descriptors) -> std::io::Result<Pid> {
    let mut command = Command::new(PROGRAM);
    command
        .env_remove(EVCXR_ROLE)
        .env(WORKER_ROLE, "1")
        .env(descriptors::VARIABLE, private.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::from(owned(private.plain_stdout)?))
        .stderr(Stdio::from(owned(private.plain_stderr)?))
        .process_group(0);
    compiler::restore_environment(&mut command);
    let kept = *private;
    // SAFETY: between fork and exec only async-signal-safe calls are made: prctl, fcntl and
    // sigprocmask.
    unsafe {
        command.pre_exec(move || {
            nix::sys::prctl::set_pdeathsig(Signal::SIGKILL)?;
            for fd in kept.all() {
                descriptors::set_close_on_exec(fd, false)?;
            }
            SigSet::all().thread_unblock()?;
            Ok(())
        });
    }
    Ok(Pid::from_raw(command.spawn()?.id() as i32))
}

/// Waits for the worker's end, reaping orphans of its cells meanwhile.
fn wait_for(worker: Pid, signals: &SigSet) -> std::io::Result<WaitStatus> {
    loop {
        let signal = signals.wait()?;
        if signal != Signal::SIGCHLD {
            // The kernel is gone or wants us gone.
            end_everything(worker);
            return Ok(WaitStatus::Signaled(worker, Signal::SIGKILL, false));
        }
        loop {
            match waitpid(None, Some(WaitPidFlag::WNOHANG)) {
                Ok(WaitStatus::StillAlive) | Err(Errno::ECHILD) => break,
                Ok(status) if status.pid() == Some(worker) => return Ok(status),
                Ok(_) | Err(Errno::EINTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Kills the worker's process group and every process its cells left behind.
fn end_everything(worker: Pid) {
    let _ = nix::sys::signal::killpg(worker, Signal::SIGKILL);
    for _ in 0..REAP_ROUNDS {
        for child in children() {
            let _ = nix::sys::signal::kill(child, Signal::SIGKILL);
        }
        loop {
            match waitpid(None, Some(WaitPidFlag::WNOHANG)) {
                Err(Errno::ECHILD) => return,
                Ok(WaitStatus::StillAlive) | Err(_) => break,
                Ok(_) => {}
            }
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Our children, orphans of the worker included (proc(5), `/proc/pid/task/tid/children`).
fn children() -> Vec<Pid> {
    let own = std::process::id();
    std::fs::read_to_string(format!("/proc/{own}/task/{own}/children"))
        .unwrap_or_default()
        .split_whitespace()
        .filter_map(|pid| pid.parse().ok())
        .map(Pid::from_raw)
        .collect()
}

/// The report for the kernel and our own exit code.
fn describe(status: WaitStatus) -> (String, i32) {
    match status {
        WaitStatus::Signaled(_, signal, _) => (
            serde_json::json!({ "signal": signal as i32 }).to_string(),
            128 + signal as i32,
        ),
        WaitStatus::Exited(_, code) => (serde_json::json!({ "code": code }).to_string(), code),
        _ => (serde_json::json!({}).to_string(), CANNOT_START),
    }
}

fn duplicate(fd: RawFd) -> std::io::Result<RawFd> {
    // SAFETY: fcntl on a number; a wrong one gives EBADF. Numbers from 10 on keep clear of the
    // three standard ones.
    let copy = unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 10) };
    if copy < 0 {
        return Err(std::io::Error::last_os_error());
    }
    Ok(copy)
}

fn owned(fd: RawFd) -> std::io::Result<std::os::fd::OwnedFd> {
    use std::os::fd::FromRawFd as _;
    let copy = duplicate(fd)?;
    // SAFETY: `copy` is a new descriptor that nobody else owns.
    Ok(unsafe { std::os::fd::OwnedFd::from_raw_fd(copy) })
}
