//! The supervisor: starts the worker, passes evcxr's orders on, wakes a copy when the worker dies, cleans up.
//!
//! It is a separate process so that somebody is left to say how a worker died and to end what its cells started:
//! threads die with the worker, child processes are found because the supervisor is their reaper
//! (`PR_SET_CHILD_SUBREAPER`, prctl(2)).
//!
//! An order of evcxr gets exactly one answer: the worker's, or, when the worker died and its copy took over,
//! [`UNDONE`].

use std::io::{self, Write as _};
use std::os::fd::{AsFd as _, AsRawFd as _, BorrowedFd, OwnedFd, RawFd};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, poll};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use super::board::Board;
use super::control::{Control, Message, Sleeper};
use super::descriptors::{self, Descriptors};
use super::frame::{self, Kind};
use super::release::{Hearer, Release};
use super::{EVCXR_ROLE, PROGRAM, WORKER_ROLE, memory, snapshot};
use crate::evaluate::compiler;

/// Exit code where the supervisor itself cannot work.
const CANNOT_START: i32 = 99;
/// How long remaining children are killed and waited for before they are given up. A killed process needs a processor to
/// end, and may wait for one on a busy machine; one that the system holds in a call (`D` in proc(5)) may never end.
const REAP_LIMIT: Duration = Duration::from_secs(5);
/// The end of a cell as evcxr knows it.
const COMPLETE: &[u8] = b"EVCXR_EXECUTION_COMPLETE\n";
/// The answer to an order that was undone. evcxr reads lines of text; a line that is none is an error of reading for
/// it, and it forgets what it was about to remember of the cell. That is just what a roll-back is: the worker that
/// answers the next order knows nothing of the cell either.
pub(crate) const UNDONE: &[u8] = b"\xff\n";
/// No order is longer.
const LONGEST_ORDER: usize = 64 << 10;

/// Supervises one worker and exits with its status.
pub(super) fn run() -> ! {
    let code = Supervisor::start().and_then(Supervisor::supervise);
    match code {
        Ok(code) => std::process::exit(code),
        Err(error) => {
            eprintln!("weft: the worker could not be started: {error}");
            std::process::exit(CANNOT_START)
        }
    }
}

struct Supervisor {
    board: Board,
    frames: RawFd,
    control: Control,
    signals: SignalFd,
    worker: Pid,
    /// The copy that takes over when the worker dies.
    copy: Option<Sleeper>,
    /// What evcxr has written of its next order.
    order: Vec<u8>,
    /// Whether evcxr waits for the cell that runs.
    release: Release,
}

impl Supervisor {
    fn start() -> io::Result<Supervisor> {
        let inherited = Descriptors::from_environment().ok_or_else(|| {
            io::Error::other("this is a part of `weft kernel` and cannot be started by hand")
        })?;
        nix::sys::prctl::set_child_subreaper(true)?;
        // The kernel may be killed in any way; SIGTERM then comes from the system.
        nix::sys::prctl::set_pdeathsig(Signal::SIGTERM)?;
        let mut signals = SigSet::empty();
        signals.add(Signal::SIGCHLD);
        signals.add(Signal::SIGTERM);
        signals.add(Signal::SIGINT);
        signals.thread_block()?;
        let signals =
            SignalFd::with_flags(&signals, SfdFlags::SFD_CLOEXEC | SfdFlags::SFD_NONBLOCK)?;

        let (control, workers_end) = Control::pair()?;
        let worker = start_worker(&Descriptors {
            control: workers_end.as_raw_fd(),
            ..inherited
        })?;
        let board = Board::attach(duplicate(inherited.board)?)?;
        // A supervisor before this one may have been killed at any point.
        board.end_order();
        board.notes().forking.store(0, Ordering::SeqCst);
        board
            .notes()
            .worker
            .store(worker.as_raw(), Ordering::SeqCst);
        Ok(Supervisor {
            board,
            frames: inherited.frames,
            control,
            signals,
            worker,
            copy: None,
            order: Vec::new(),
            release: Release::default(),
        })
    }

    /// Until evcxr or the last worker is gone; gives the exit code.
    fn supervise(mut self) -> io::Result<i32> {
        loop {
            // SAFETY: descriptor 0 is evcxr's pipe and stays open as long as this process.
            let orders = unsafe { BorrowedFd::borrow_raw(0) };
            let mut events = [
                PollFd::new(self.signals.as_fd(), PollFlags::POLLIN),
                PollFd::new(self.control.as_fd(), PollFlags::POLLIN),
                PollFd::new(orders, PollFlags::POLLIN),
            ];
            match poll(&mut events, self.release.patience()) {
                Ok(_) | Err(Errno::EINTR) => {}
                Err(error) => return Err(error.into()),
            }
            let [signalled, said, ordered] =
                events.map(|event| event.revents().is_some_and(|happened| !happened.is_empty()));
            if said {
                self.listen()?;
            }
            if signalled && let Some(code) = self.look_after_worker()? {
                return Ok(code);
            }
            if ordered && !self.pass_orders_on()? {
                end_everything_but(self.worker, None);
                return Ok(0);
            }
            let notes = self.board.notes();
            if self.release.is_due(notes.asked.load(Ordering::SeqCst) != 0) {
                notes.released.store(1, Ordering::SeqCst);
                answer(UNDONE)?;
            }
        }
    }

    /// What evcxr wants; false when it is gone.
    fn pass_orders_on(&mut self) -> io::Result<bool> {
        let mut bytes = [0; 4096];
        // SAFETY: as in `supervise`.
        let orders = unsafe { BorrowedFd::borrow_raw(0) };
        match nix::unistd::read(orders, &mut bytes) {
            Ok(0) => return Ok(false),
            Ok(length) => self.order.extend_from_slice(&bytes[..length]),
            Err(Errno::EINTR) => return Ok(true),
            Err(error) => return Err(error.into()),
        }
        while let Some(end) = self.order.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.order.drain(..=end).collect();
            let line = String::from_utf8_lossy(&line[..end]).into_owned();
            let cell = self.board.cell();
            let notes = self.board.notes();
            if notes.retelling.load(Ordering::SeqCst) != 0
                && let Some(marks) = self.release.retold()
            {
                for mark in marks {
                    answer(format!("{mark}\n").as_bytes())?;
                }
                answer(COMPLETE)?;
                continue;
            }
            // Written before the look at the interrupts: an interrupt either is seen here or sees this.
            self.board.give_order();
            if cell != 0 && notes.interrupted.load(Ordering::SeqCst) == cell {
                // Interrupted while it was compiled: it must not run.
                self.board.end_order();
                answer(UNDONE)?;
            } else {
                self.release.ordered();
                // A worker that is gone is told by its signal, and answered for.
                let _ = self.control.order(&format!("{} {line}", self.worker));
            }
        }
        if self.order.len() > LONGEST_ORDER {
            return Err(io::Error::other("an order without an end"));
        }
        Ok(true)
    }

    /// What the worker says.
    fn listen(&mut self) -> io::Result<()> {
        // All that has arrived: a worker may have ended right after its last word.
        while let Some(message) = self.control.arrived()? {
            match message {
                Message::Mark(line) => {
                    if self.release.mark(&line) {
                        answer(format!("{line}\n").as_bytes())?;
                    }
                }
                Message::Snapshot(copy) => self.copy = copy,
                Message::Done(copy) => {
                    self.copy = copy;
                    // Whatever a cell writes into our socket, evcxr gets one answer to an order.
                    if self.board.end_order() {
                        self.tell_the_end()?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The cell has ended well.
    fn tell_the_end(&mut self) -> io::Result<()> {
        match self.release.over() {
            Hearer::Evcxr => answer(COMPLETE),
            Hearer::Kernel(took) => {
                let took = serde_json::json!({ "microseconds": took.as_micros() as u64 });
                let said = took.to_string();
                frame::send(
                    self.frames,
                    Kind::Over,
                    self.board.cell(),
                    0,
                    said.as_bytes(),
                )
            }
        }
    }

    /// After a signal: reaps, and acts when the worker is dead. Some: the exit code.
    fn look_after_worker(&mut self) -> io::Result<Option<i32>> {
        while let Some(signal) = self.signals.read_signal()? {
            if signal.ssi_signo != Signal::SIGCHLD as u32 {
                // The kernel is gone or wants us gone.
                end_everything_but(self.worker, None);
                return Ok(Some(128 + signal.ssi_signo as i32));
            }
        }
        loop {
            match waitpid(None, Some(WaitPidFlag::WNOHANG)) {
                Ok(WaitStatus::StillAlive) | Err(Errno::ECHILD) => return Ok(None),
                Ok(status) if status.pid() == Some(self.worker) => {
                    if let Some(code) = self.bury(status)? {
                        return Ok(Some(code));
                    }
                }
                Ok(_) | Err(Errno::EINTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The worker is dead. Its copy takes over; without one, the exit code is given back.
    fn bury(&mut self, status: WaitStatus) -> io::Result<Option<i32>> {
        self.listen()?;
        let copy = self.copy.take();
        end_everything_but(
            self.worker,
            copy.as_ref().map(|copy| Pid::from_raw(copy.pid)),
        );
        let notes = self.board.notes();
        notes.forking.store(0, Ordering::SeqCst);
        let out_of_memory = notes.out_of_memory.swap(0, Ordering::SeqCst) != 0;
        let (mut report, code) = describe(status);
        report["out_of_memory"] = out_of_memory.into();
        let owed = self.board.end_order();
        report["running"] = owed.into();
        let evcxr_waits = self.release.died();
        let woken = copy.filter(|copy| snapshot::wake(copy).is_ok());
        let next = woken.as_ref().map_or(0, |copy| copy.pid);
        notes.worker.store(next, Ordering::SeqCst);
        if let Some(copy) = &woken {
            report["kept"] = true.into();
            report["threads"] = copy.threads.clone().into();
        }
        // The kernel may be gone; nobody is left to tell then.
        let _ = frame::send(
            self.frames,
            Kind::Ended,
            self.board.cell(),
            0,
            report.to_string().as_bytes(),
        );
        let Some(copy) = woken else {
            return Ok(Some(code));
        };
        self.worker = Pid::from_raw(copy.pid);
        if owed && evcxr_waits {
            answer(UNDONE)?;
        }
        Ok(None)
    }
}

fn answer(line: &[u8]) -> io::Result<()> {
    let mut evcxr = io::stdout().lock();
    evcxr.write_all(line)?;
    evcxr.flush()
}

fn start_worker(private: &Descriptors) -> io::Result<Pid> {
    let mut command = Command::new(PROGRAM);
    command
        .env_remove(EVCXR_ROLE)
        .env(WORKER_ROLE, "1")
        .env(descriptors::VARIABLE, private.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::from(duplicate(private.plain_stdout)?))
        .stderr(Stdio::from(duplicate(private.plain_stderr)?))
        .process_group(0);
    compiler::restore_environment(&mut command);
    memory::prefer_huge_pages(&mut command);
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

/// Kills the worker's process group and every process its cells left behind, but not the copy.
fn end_everything_but(worker: Pid, copy: Option<Pid>) {
    let _ = nix::sys::signal::killpg(worker, Signal::SIGKILL);
    let begun = Instant::now();
    while begun.elapsed() < REAP_LIMIT {
        let left: Vec<Pid> = children()
            .into_iter()
            .filter(|child| Some(*child) != copy)
            .collect();
        if left.is_empty() {
            return;
        }
        for child in &left {
            let _ = nix::sys::signal::kill(*child, Signal::SIGKILL);
        }
        for child in &left {
            let _ = waitpid(*child, Some(WaitPidFlag::WNOHANG));
        }
        std::thread::sleep(Duration::from_millis(1));
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
fn describe(status: WaitStatus) -> (serde_json::Value, i32) {
    match status {
        WaitStatus::Signaled(_, signal, _) => (
            serde_json::json!({ "signal": signal as i32 }),
            128 + signal as i32,
        ),
        WaitStatus::Exited(_, code) => (serde_json::json!({ "code": code }), code),
        _ => (serde_json::json!({}), CANNOT_START),
    }
}

fn duplicate(fd: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: an inherited number that nobody closes; it is only copied.
    unsafe { BorrowedFd::borrow_raw(fd) }.try_clone_to_owned()
}
