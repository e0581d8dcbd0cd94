//! The processes that help, from their start to their end.
//!
//! They are forked from a *fork server*: a process that was itself forked before anything of a program ran, and waits
//! until somebody needs help. So whoever explores may forbid itself to start processes before it lets a program loose,
//! and what is small enough to be explored alone pays for one fork. Each helper forbids itself the same before it loads
//! the program. Helpers stay for the explorations that follow.
use super::board::{Board, FORK, MAX_WORKERS, Mapped};
use super::worker;
use crate::dependence::Dependence;
use crate::loaded::Program;
use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// How long the end of helpers that have nothing more to do is waited for.
const FAREWELL: Duration = Duration::from_secs(1);

/// How often it is looked for.
const GLANCE: Duration = Duration::from_millis(1);

/// What a helper explores.
pub struct Part {
    /// The program.
    pub program: Program,
    /// The table it is explored with.
    pub dependence: Dependence,
}

impl Part {
    /// A program, and the table of this crate.
    pub fn new(program: Program) -> Self {
        Self {
            program,
            dependence: Dependence::default(),
        }
    }
}

/// What a helper is before its first task, and where it finds what it is to explore.
pub type Become = Box<dyn FnOnce() -> Box<dyn FnMut(u32) -> Option<Part>>>;

/// Processes that explore with this one.
pub struct WorkerPool {
    server: libc::pid_t,
    door: UnixStream,
    pub(super) streams: Vec<UnixStream>,
    pub(super) board: Mapped,
    awake: bool,
    lost: bool,
}

/// A pool, and by which number its helpers know the program in question.
pub struct Helpers<'a> {
    /// The helpers.
    pub pool: &'a mut WorkerPool,
    /// The number.
    pub part: u32,
}

impl WorkerPool {
    /// Makes ready for so many helpers. `become_helper` is called in each of them, if help is needed.
    ///
    /// # Errors
    /// Where the system has no room for another process, or forbids it.
    pub fn new(workers: usize, become_helper: Become) -> io::Result<Self> {
        let board = Mapped(Board::new()?);
        let (mut streams, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..workers.clamp(1, MAX_WORKERS) {
            let (ours, other) = UnixStream::pair()?;
            streams.push(ours);
            theirs.push(other);
        }
        let (door, mut inside) = UnixStream::pair()?;
        // SAFETY: asks for a number.
        let parent = unsafe { libc::getpid() };
        // SAFETY: the child explores alone and leaves by `_exit`. What other threads of this process may hold at this
        // moment it does not touch; `Settings::workers` says so.
        let server = unsafe { libc::fork() };
        if server < 0 {
            return Err(io::Error::last_os_error());
        }
        if server == 0 {
            drop((streams, door));
            die_with(parent);
            serve(&mut inside, theirs, board.0, become_helper);
        }
        Ok(Self {
            server,
            door,
            streams,
            board,
            awake: false,
            lost: false,
        })
    }

    /// Whether there is anybody to help.
    pub(in crate::explore) fn can_help(&self) -> bool {
        !self.lost
    }

    /// From here on, helpers listen.
    pub(super) fn wake(&mut self) -> io::Result<()> {
        if !self.awake {
            self.door.write_all(&[FORK])?;
            self.awake = true;
        }
        Ok(())
    }

    /// Somebody is gone, or does not answer: nobody is asked again.
    pub(super) fn lose(&mut self) {
        self.lost = true;
    }

    /// After a helper was lost: the signal that killed it, if one did.
    pub fn killed_by(&mut self) -> Option<i32> {
        if !self.lost {
            return None;
        }
        let status = self.wait(FAREWELL)?;
        libc::WIFSIGNALED(status).then(|| libc::WTERMSIG(status))
    }

    fn wait(&mut self, patience: Duration) -> Option<libc::c_int> {
        let begun = Instant::now();
        while self.server > 0 {
            let mut status = 0;
            // SAFETY: our own child, not yet waited for.
            let waited = unsafe { libc::waitpid(self.server, &raw mut status, libc::WNOHANG) };
            if waited != 0 {
                self.server = 0;
                return (waited > 0).then_some(status);
            }
            if begun.elapsed() > patience {
                break;
            }
            std::thread::sleep(GLANCE);
        }
        None
    }
}

impl Drop for WorkerPool {
    /// Without its streams a helper ends, and after the last of them the fork server.
    fn drop(&mut self) {
        self.streams.clear();
        let _ = self.door.shutdown(std::net::Shutdown::Both);
        let patience = if self.lost { Duration::ZERO } else { FAREWELL };
        self.wait(patience);
        if self.server > 0 {
            // SAFETY: our own child, not yet waited for, so the number is still its own. Its helpers die with it.
            unsafe {
                libc::kill(self.server, libc::SIGKILL);
                libc::waitpid(self.server, std::ptr::null_mut(), 0);
            }
        }
    }
}

/// Nobody of a pool outlives the one who started it.
fn die_with(parent: libc::pid_t) {
    // SAFETY: asks to be killed when the parent is gone, and leaves if it already is.
    unsafe {
        libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL);
        if libc::getppid() != parent {
            libc::_exit(0);
        }
    }
}

/// The fork server: waits at the door, forks, and ends as its helpers end.
fn serve(
    door: &mut UnixStream,
    mut streams: Vec<UnixStream>,
    board: &'static Board,
    become_helper: Become,
) -> ! {
    if !matches!(door.read(&mut [0]), Ok(1)) {
        leave(0);
    }
    // SAFETY: asks for a number.
    let server = unsafe { libc::getpid() };
    for number in 0..streams.len() {
        // SAFETY: this process has one thread, and the child leaves by `_exit`.
        match unsafe { libc::fork() } {
            0 => {
                die_with(server);
                // Whoever waits for the end of another helper must not wait for this one too.
                let mut own = streams.swap_remove(number);
                drop(streams);
                help(board, number, &mut own, become_helper);
            }
            // Its stream ends, so nobody waits for an answer.
            ..0 => break,
            _ => {}
        }
    }
    drop(streams);
    loop {
        let mut status = 0;
        // SAFETY: waits for any child of this process.
        if unsafe { libc::wait(&raw mut status) } < 0 {
            leave(0);
        }
        if libc::WIFSIGNALED(status) {
            die_of(libc::WTERMSIG(status));
        }
        if libc::WEXITSTATUS(status) != 0 {
            leave(libc::WEXITSTATUS(status));
        }
    }
}

fn help(board: &Board, number: usize, parent: &mut UnixStream, become_helper: Become) -> ! {
    let helped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut part = become_helper();
        worker::work(&mut part, board, number, parent)
    }));
    leave(match helped {
        Ok(Ok(())) => 0,
        _ => 1,
    })
}

fn leave(code: libc::c_int) -> ! {
    // SAFETY: ends this process without running anybody's destructors or exit handlers: they belong to the parent.
    unsafe { libc::_exit(code) }
}

/// Ends this process as another one ended.
pub fn die_of(signal: libc::c_int) -> ! {
    // SAFETY: gives the signal its usual meaning and sends it to this process.
    unsafe {
        libc::signal(signal, libc::SIG_DFL);
        libc::raise(signal);
    }
    leave(128 + signal)
}
