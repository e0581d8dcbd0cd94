use crate::primitive::atomic::{AtomicU64, Ordering};
use crate::primitive::per_process::PerProcess;
use crate::primitive::process::{self, Bond, Child, ExitStatus, Signal};
use crate::primitive::time::Duration;
use recorder::LaneId;
use std::fmt::{self, Display};
use std::io;

/// What is wrong with a call on a [`Process`].
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// A process can be started once.
    #[error("process `{0}` was started already")]
    StartedAlready(String),
    /// There is nothing to wait for or to end yet.
    #[error("process `{0}` was not started")]
    NotStarted(String),
    /// Only the process that started a child can wait for it.
    #[error("process `{0}` is not a child of this process")]
    NotOurs(String),
    /// The system refused.
    #[error("process `{name}`: {source}")]
    System {
        /// The name of the process.
        name: String,
        /// Why.
        source: io::Error,
    },
}

/// What a process' function may return: nothing, an exit code, or a `Result` (an error is printed
/// on stderr and gives 1).
pub trait IntoExitCode {
    /// The exit code; the system keeps its low 8 bits.
    fn into_exit_code(self) -> i32;
}

impl IntoExitCode for () {
    fn into_exit_code(self) -> i32 {
        0
    }
}

/// What a closure returns that never does (`loop { ... }`, `panic!`). The type has no name yet on
/// stable Rust, except as the result of such a function.
type Never = <fn() -> ! as Returns>::Result;

#[doc(hidden)]
pub trait Returns {
    #[allow(missing_docs)]
    type Result;
}

impl<R> Returns for fn() -> R {
    type Result = R;
}

impl IntoExitCode for Never {
    fn into_exit_code(self) -> i32 {
        self
    }
}

impl IntoExitCode for i32 {
    fn into_exit_code(self) -> i32 {
        self
    }
}

impl<T: IntoExitCode, E: Display> IntoExitCode for Result<T, E> {
    fn into_exit_code(self) -> i32 {
        match self {
            Ok(value) => value.into_exit_code(),
            Err(error) => {
                eprintln!(
                    "process `{}` ({}): {error}",
                    process::current_name(),
                    process::getpid()
                );
                1
            }
        }
    }
}

/// A function that runs in a process of its own.
///
/// The child is forked, so it has copies of all the closure has; it ends with the closure (a panic:
/// exit code 1) and never comes back. Dropping a `Process` does not end it, unless it is a
/// [daemon](Process::daemon).
///
/// | | difference |
/// |---|---|
/// | `std::process::Command` | starts another program, which gets arguments and bytes, not a closure and its variables. `Child::kill` is signal 9, and there is nothing gentler |
/// | nix | has `fork`, and leaves the rest to you |
/// | Python's `multiprocessing.Process` | the same calls and exit codes (start method fork). At the end of a program Python waits for its children; Rust does not: [`join`](Process::join) |
///
/// ```
/// use exercises::process::{self, Process};
///
/// let mut child = Process::new("child", || {
///     assert_eq!(process::current_name(), "child");
///     3
/// });
/// assert!(!child.is_alive() && child.pid().is_none());
/// child.start().unwrap();
/// assert_eq!(child.join().unwrap(), Some(3));
/// assert!(!child.is_alive());
/// ```
///
/// ```
/// use exercises::primitive::{thread, time::Duration};
/// use exercises::process::Process;
///
/// let mut sleeper = Process::new("sleeper", || thread::sleep(Duration::from_secs(60)));
/// sleeper.start().unwrap();
/// assert!(sleeper.is_alive());
/// sleeper.terminate().unwrap();
/// assert_eq!(sleeper.join().unwrap(), Some(-15)); // ended by signal 15, as Python writes it
/// ```
pub struct Process<'a> {
    name: String,
    daemon: bool,
    borrows: bool,
    task: Option<Box<dyn FnOnce() -> i32 + 'a>>,
    child: Option<Child>,
    parent: i32,
}

static COUNTER: PerProcess<AtomicU64> = PerProcess::new(|| AtomicU64::new(0));

impl Process<'static> {
    /// A process that is not started yet. Handles of shared objects moved into the closure will be
    /// the child's: the others know that it has them, and notice if it dies.
    pub fn new<R: IntoExitCode>(
        name: impl Into<String>,
        f: impl FnOnce() -> R + 'static,
    ) -> Process<'static> {
        Process::make(Some(name.into()), false, f)
    }

    /// A process with a default name: `Process-2` for the second one made (named ones count), as in
    /// Python.
    pub fn unnamed<R: IntoExitCode>(f: impl FnOnce() -> R + 'static) -> Process<'static> {
        Process::make(None, false, f)
    }
}

impl<'a> Process<'a> {
    /// A process whose closure borrows. As nobody can tell what it will use, it counts as a
    /// participant of *every* shared object there is when it starts, until it ends.
    pub fn borrowing<R: IntoExitCode>(
        name: impl Into<String>,
        f: impl FnOnce() -> R + 'a,
    ) -> Process<'a> {
        Process::make(Some(name.into()), true, f)
    }

    fn make<R: IntoExitCode>(
        name: Option<String>,
        borrows: bool,
        f: impl FnOnce() -> R + 'a,
    ) -> Process<'a> {
        let number = COUNTER.get().fetch_add(1, Ordering::Relaxed) + 1;
        Process {
            name: name.unwrap_or_else(|| format!("Process-{number}")),
            daemon: false,
            borrows,
            task: Some(Box::new(move || f().into_exit_code())),
            child: None,
            parent: process::getpid(),
        }
    }

    /// Whether the process ends with this one: when the handle is dropped, or its parent ends. Says
    /// nothing about what it may print.
    #[must_use]
    pub fn daemon(mut self, daemon: bool) -> Process<'a> {
        self.daemon = daemon;
        self
    }

    /// Starts it.
    #[track_caller]
    pub fn start(&mut self) -> Result<(), ProcessError> {
        let task = self
            .task
            .take()
            .ok_or_else(|| ProcessError::StartedAlready(self.name.clone()))?;
        let bond = if self.daemon {
            Bond::Daemon
        } else {
            Bond::None
        };
        self.parent = process::getpid();
        let child = if self.borrows {
            process::fork_borrowing(&self.name, bond, task)
        } else {
            process::fork_with(&self.name, bond, task)
        };
        self.child = Some(child.map_err(|source| self.system(source))?);
        Ok(())
    }

    fn system(&self, source: io::Error) -> ProcessError {
        ProcessError::System {
            name: self.name.clone(),
            source,
        }
    }

    fn started(&self) -> Result<&Child, ProcessError> {
        self.child
            .as_ref()
            .ok_or_else(|| ProcessError::NotStarted(self.name.clone()))
    }

    fn ours(&self) -> Result<&Child, ProcessError> {
        let child = self.started()?;
        if child.parent() == process::getpid() {
            Ok(child)
        } else {
            Err(ProcessError::NotOurs(self.name.clone()))
        }
    }

    /// Waits for its end and gives the [exit code](Process::exit_code).
    #[track_caller]
    pub fn join(&self) -> Result<Option<i32>, ProcessError> {
        let status = self.ours()?.wait().map_err(|source| self.system(source))?;
        Ok(status.as_python())
    }

    /// Waits for its end, at most so long; true if it has ended.
    #[track_caller]
    pub fn join_timeout(&self, limit: Duration) -> Result<bool, ProcessError> {
        let status = self
            .ours()?
            .wait_timeout(limit)
            .map_err(|source| self.system(source))?;
        Ok(status.is_some())
    }

    /// Whether it has been started and has not ended. One that has ended is not alive, joined or
    /// not.
    #[track_caller]
    pub fn is_alive(&self) -> bool {
        self.child.as_ref().is_some_and(Child::is_alive)
    }

    /// Asks it to end: SIGTERM. Unless it has a handler, it ends at once, wherever it is, with no
    /// destructor run; a moment later, for [`is_alive`](Process::is_alive) may still be true right
    /// after.
    #[track_caller]
    pub fn terminate(&self) -> Result<(), ProcessError> {
        self.signal(Signal::SIGTERM)
    }

    /// Ends it: SIGKILL, which cannot be refused.
    #[track_caller]
    pub fn kill(&self) -> Result<(), ProcessError> {
        self.signal(Signal::SIGKILL)
    }

    /// Sends it a signal.
    #[track_caller]
    pub fn signal(&self, signal: Signal) -> Result<(), ProcessError> {
        self.started()?
            .signal(signal)
            .map_err(|source| self.system(source))
    }

    /// How it ended, as Python counts: the code it ended with, or the negative number of the signal
    /// that ended it (-15 after [`terminate`](Process::terminate)). None if it has not ended.
    #[track_caller]
    pub fn exit_code(&self) -> Option<i32> {
        self.exit_status().and_then(ExitStatus::as_python)
    }

    /// How it ended, if it has.
    #[track_caller]
    pub fn exit_status(&self) -> Option<ExitStatus> {
        self.child.as_ref()?.status().ok().flatten()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its process id; none before the start.
    pub fn pid(&self) -> Option<i32> {
        self.child.as_ref().map(Child::pid)
    }

    /// The id of the process that started it, or will.
    pub fn parent(&self) -> i32 {
        self.parent
    }

    /// Its lane in the journal; none before the start.
    pub fn lane(&self) -> Option<LaneId> {
        self.child.as_ref().map(Child::lane)
    }

    /// Whether it ends with its parent.
    pub fn is_daemon(&self) -> bool {
        self.daemon
    }
}

impl fmt::Debug for Process<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Process")
            .field("name", &self.name)
            .field("pid", &self.pid())
            .field("alive", &self.is_alive())
            .field("exit_code", &self.exit_code())
            .field("daemon", &self.daemon)
            .finish()
    }
}

impl Drop for Process<'_> {
    fn drop(&mut self) {
        if let Some(child) = &self.child
            && self.daemon
            && child.parent() == process::getpid()
        {
            process::end_daemon(child);
        }
    }
}
