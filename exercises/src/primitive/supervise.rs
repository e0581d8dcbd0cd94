//! A child process that is watched, and that cannot outlive its watcher.
//!
//! `run` plays a lesson in such a child: whatever the lesson does, the program that asked for it
//! stays whole. The child leads a process group, so that it goes together with everything it
//! starts:
//!
//! | what happens | what follows |
//! |---|---|
//! | the child ends | the rest of its group is killed, the child is reaped |
//! | the watcher gets SIGINT or SIGTERM | the signal handler kills the group; the watcher is told |
//! | the watcher dies, however | the kernel sends the child SIGHUP, whose handler kills the group |
//! | [`Supervised`] is dropped | the group is killed, the child is reaped |
//!
//! The child reports by a pipe that is read without blocking; nobody waits for an end of file that
//! a grandchild might hold open.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicI32, Ordering};

use nix::errno::Errno;
use nix::unistd::ForkResult;

use super::process::fork_with_locks_free;
use super::thread::panic_message;
use super::time::Duration;

/// The group that dies when the watcher is interrupted; 0 = none.
static GROUP: AtomicI32 = AtomicI32::new(0);
/// The signal that interrupted the watcher; 0 = none.
static CAUGHT: AtomicI32 = AtomicI32::new(0);

/// The most bytes a child may report.
const MAX_REPORT: usize = 1 << 20;

const WATCHED: [libc::c_int; 2] = [libc::SIGINT, libc::SIGTERM];

/// How the child ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By itself, with this code.
    Exit(i32),
    /// By this signal.
    Signal(i32),
}

/// A watched child.
#[derive(Debug)]
pub struct Supervised {
    pid: i32,
    pidfd: OwnedFd,
    report: File,
    reported: Vec<u8>,
    reaped: bool,
    former: [libc::sigaction; 2],
}

extern "C" fn kill_group(signal: libc::c_int) {
    CAUGHT.store(signal, Ordering::SeqCst);
    // What this thread was doing may look at it next.
    let saved = Errno::last_raw();
    let group = GROUP.load(Ordering::SeqCst);
    if group > 0 {
        // SAFETY: kill is async-signal-safe; the group is that of our child, whose number is taken away from here
        // before it is reaped. (On another thread, the watcher would have to reap it between these two lines, and its
        // number be given again: the watcher is the thread that is interrupted, as a rule the only one.)
        unsafe { libc::kill(-group, libc::SIGKILL) };
    }
    Errno::set_raw(saved);
}

extern "C" fn kill_own_group(_signal: libc::c_int) {
    // SAFETY: kill is async-signal-safe; 0 means the group of the caller, which is the supervised
    // one.
    unsafe { libc::kill(0, libc::SIGKILL) };
}

fn handler(of: extern "C" fn(libc::c_int)) -> libc::sigaction {
    // SAFETY: a sigaction of zeros is a valid one (default action, empty mask, no flags).
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    action.sa_sigaction = of as *const () as libc::sighandler_t;
    action
}

fn set_action(signal: libc::c_int, action: &libc::sigaction) -> libc::sigaction {
    // SAFETY: as in `handler`; both pointers are valid for the call, and the handlers above are
    // async-signal-safe.
    unsafe {
        let mut former: libc::sigaction = std::mem::zeroed();
        libc::sigaction(signal, action, &mut former);
        former
    }
}

fn pipe() -> io::Result<(File, File)> {
    let mut ends = [0; 2];
    // SAFETY: `ends` has room for two descriptors; they are owned by nobody else.
    unsafe {
        if libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC | libc::O_NONBLOCK) != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok((File::from_raw_fd(ends[0]), File::from_raw_fd(ends[1])))
    }
}

/// Blocks SIGINT and SIGTERM until dropped: while there is no group yet to be killed.
struct SignalsHeld(libc::sigset_t);

impl SignalsHeld {
    fn hold() -> SignalsHeld {
        // SAFETY: the sets are initialised by sigemptyset and pthread_sigmask before they are used.
        unsafe {
            let mut held: libc::sigset_t = std::mem::zeroed();
            let mut former: libc::sigset_t = std::mem::zeroed();
            libc::sigemptyset(&mut held);
            for signal in WATCHED {
                libc::sigaddset(&mut held, signal);
            }
            libc::pthread_sigmask(libc::SIG_BLOCK, &held, &mut former);
            SignalsHeld(former)
        }
    }
}

impl Drop for SignalsHeld {
    fn drop(&mut self) {
        // SAFETY: the set came from pthread_sigmask.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &self.0, std::ptr::null_mut()) };
    }
}

impl Supervised {
    /// Starts the child. What `work` returns is its report; an error's text and a panic's message
    /// come back as `Err`. One at a time: a second one would take the first one's place in the
    /// signal handlers.
    ///
    /// The calling process must have no other threads that hold what `work` needs (as for every fork).
    pub fn start(work: impl FnOnce() -> Result<Vec<u8>, String>) -> io::Result<Supervised> {
        let (report, write_end) = pipe()?;
        let held = SignalsHeld::hold();
        CAUGHT.store(0, Ordering::SeqCst);
        let watcher = super::process::getpid();
        // SAFETY: the child runs only `child`, which never returns.
        match unsafe { fork_with_locks_free() } {
            Err(error) => Err(error.into()),
            Ok(ForkResult::Child) => {
                drop(report);
                child(watcher, held, write_end, work)
            }
            Ok(ForkResult::Parent { child }) => {
                drop(write_end);
                let pid = child.as_raw();
                // Both sides do this, so that whoever comes first, the group is there.
                // SAFETY: plain system calls on our own child.
                let pidfd = unsafe {
                    libc::setpgid(pid, pid);
                    libc::syscall(libc::SYS_pidfd_open, pid, 0)
                };
                if pidfd < 0 {
                    let error = io::Error::last_os_error();
                    // SAFETY: our own child, not yet reaped.
                    unsafe {
                        libc::kill(-pid, libc::SIGKILL);
                        libc::waitpid(pid, std::ptr::null_mut(), 0);
                    }
                    return Err(error);
                }
                GROUP.store(pid, Ordering::SeqCst);
                let former = WATCHED.map(|signal| set_action(signal, &handler(kill_group)));
                drop(held);
                // SAFETY: a fresh descriptor that nobody else owns.
                let pidfd = unsafe { OwnedFd::from_raw_fd(pidfd as i32) };
                Ok(Supervised {
                    pid,
                    pidfd,
                    report,
                    reported: Vec::new(),
                    reaped: false,
                    former,
                })
            }
        }
    }

    /// Waits until the child has ended, at most this long (real time: no scale). Reads its report
    /// meanwhile.
    pub fn wait(&mut self, limit: Duration) -> io::Result<bool> {
        let deadline = std::time::Instant::now() + limit;
        let mut report_open = true;
        loop {
            let left = deadline.saturating_duration_since(std::time::Instant::now());
            let event = |fd| libc::pollfd {
                fd,
                events: libc::POLLIN,
                revents: 0,
            };
            let report_fd = if report_open {
                self.report.as_raw_fd()
            } else {
                -1
            };
            let mut polled = [event(self.pidfd.as_raw_fd()), event(report_fd)];
            // Rounded up, so that the rest of a millisecond is waited for and not spun away.
            let millis = left.as_micros().div_ceil(1000).min(i32::MAX as u128) as i32;
            // SAFETY: the array is valid for the call and its length is given.
            let ready = unsafe { libc::poll(polled.as_mut_ptr(), 2, millis) };
            if ready < 0 {
                let error = io::Error::last_os_error();
                if error.kind() != io::ErrorKind::Interrupted {
                    return Err(error);
                }
                continue;
            }
            if polled[1].revents != 0 {
                report_open = self.read_report()?;
            }
            if polled[0].revents != 0 {
                self.read_report()?;
                return Ok(true);
            }
            if ready == 0 && left.is_zero() {
                return Ok(false);
            }
        }
    }

    /// Reads what is there; false at the end of the report.
    fn read_report(&mut self) -> io::Result<bool> {
        let mut buffer = [0; 4096];
        loop {
            match self.report.read(&mut buffer) {
                Ok(0) => return Ok(false),
                Ok(length) => {
                    let room = MAX_REPORT.saturating_sub(self.reported.len());
                    self.reported.extend_from_slice(&buffer[..length.min(room)]);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(true),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether the child has ended by now.
    pub fn has_ended(&mut self) -> io::Result<bool> {
        self.wait(Duration::ZERO)
    }

    /// The signal that interrupted this process since the child was started.
    pub fn interrupted(&self) -> Option<i32> {
        match CAUGHT.load(Ordering::SeqCst) {
            0 => None,
            signal => Some(signal),
        }
    }

    /// Ends the whole group, reaps the child, and hands out its report.
    pub fn end(mut self) -> io::Result<(Ending, Result<Vec<u8>, String>)> {
        let ending = self.reap()?;
        self.read_report()?;
        let report = std::mem::take(&mut self.reported);
        let report = match report.split_first() {
            Some((b'+', bytes)) => Ok(bytes.to_vec()),
            Some((_, text)) => Err(String::from_utf8_lossy(text).into_owned()),
            None => Err(String::new()),
        };
        Ok((ending, report))
    }

    fn reap(&mut self) -> io::Result<Ending> {
        // The child is still a zombie at least, so the number of the group is ours.
        // SAFETY: a plain system call.
        unsafe { libc::kill(-self.pid, libc::SIGKILL) };
        // From here on there is nothing left to be killed; once it is reaped, the number may be another's.
        GROUP.store(0, Ordering::SeqCst);
        let mut status = 0;
        // SAFETY: our own child, reaped only here.
        while unsafe { libc::waitpid(self.pid, &mut status, 0) } != self.pid {
            let error = io::Error::last_os_error();
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
        self.reaped = true;
        if libc::WIFSIGNALED(status) {
            Ok(Ending::Signal(libc::WTERMSIG(status)))
        } else {
            Ok(Ending::Exit(libc::WEXITSTATUS(status)))
        }
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        if !self.reaped {
            // Nothing is left to be told about it.
            let _ = self.reap();
        }
        for (signal, former) in WATCHED.into_iter().zip(&self.former) {
            set_action(signal, former);
        }
    }
}

/// The child's life. It never returns into the program it was forked from.
fn child(
    watcher: i32,
    held: SignalsHeld,
    mut write_end: File,
    work: impl FnOnce() -> Result<Vec<u8>, String>,
) -> ! {
    // SAFETY: plain system calls on ourselves.
    unsafe {
        libc::setpgid(0, 0);
        set_action(libc::SIGHUP, &handler(kill_own_group));
        libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGHUP);
        // The watcher may have died before we asked to be told.
        if libc::getppid() != watcher {
            libc::_exit(1);
        }
        // A blocking write end: the report may be longer than the pipe.
        let flags = libc::fcntl(write_end.as_raw_fd(), libc::F_GETFL);
        libc::fcntl(
            write_end.as_raw_fd(),
            libc::F_SETFL,
            flags & !libc::O_NONBLOCK,
        );
        // Processes of the lesson are ended by SIGTERM as Python counts it: by default, not by our
        // handler.
        for signal in WATCHED {
            set_action(signal, &std::mem::zeroed());
        }
    }
    drop(held);
    // Whatever thread forked it: here it is the first and only one.
    super::thread::become_main();
    let report = catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|payload| Err(format!("panicked: {}", panic_message(payload.as_ref()))));
    let code = i32::from(report.is_err());
    let (mark, bytes) = match report {
        Ok(bytes) => (b"+", bytes),
        Err(text) => (b"-", text.into_bytes()),
    };
    // If the watcher does not read any more, nobody is there to be told.
    let _ = write_end
        .write_all(mark)
        .and_then(|()| write_end.write_all(&bytes));
    // SAFETY: ends this process without running what belongs to the one it was forked from.
    unsafe { libc::_exit(code) }
}
