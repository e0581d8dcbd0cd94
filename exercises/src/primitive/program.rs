//! Other programs: started, fed, listened to, waited for, ended.
//!
//! A row of programs is one [`Running`]: the output of each is the input of the next, all of them
//! write their errors into one pipe. What matters here:
//!
//! - **No shell.** A program gets its arguments as they are given.
//! - **No deadlock.** Input is written and both outputs are read by one loop over `poll`, so it does
//!   not matter which of the three fills up first.
//! - **Nothing outlives us.** Dropped, a [`Running`] kills and reaps what still runs. If our own
//!   process is killed, the kernel kills the programs (`PR_SET_PDEATHSIG`; it means the thread that
//!   started them, which waits here until they have ended).
//! - **Nobody else keeps a pipe open.** A process forked meanwhile by another thread closes its
//!   copies of our ends; otherwise the program would wait for the end of its input until that
//!   process has ended.
//!
//! A program has a lane in the journal like every other child: fork, start, exec, and the waiting
//! for its end. What it does itself is not recorded.

mod exchange;

pub use exchange::{Stream, Stuck};

use super::process::{self, Child, ExitStatus, Signal};
use super::settings::shake;
use super::time::Deadline;
use recorder::{Kind, LaneKind, Object, current};
use std::ffi::{OsStr, OsString};
use std::io::{self, PipeReader, PipeWriter, Write};
use std::mem::ManuallyDrop;
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Where programs are looked for when the environment does not say (as execvp does).
const USUAL_PATH: &str = "/bin:/usr/bin";

/// One program and what it is given.
#[derive(Clone, Debug)]
pub struct Launch {
    /// A name that is looked for in `PATH`, or a path.
    pub program: OsString,
    /// Its arguments, one each.
    pub arguments: Vec<OsString>,
    /// Variables of its environment that differ from ours; none = not set.
    pub variables: Vec<(OsString, Option<OsString>)>,
    /// Where it runs; none = where we do.
    pub folder: Option<PathBuf>,
}

/// What becomes of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlet {
    /// We read it.
    Captured,
    /// It goes where our own output goes.
    Ours,
}

/// Why a program was not started.
#[derive(Debug)]
pub enum Refusal {
    /// There is no such program.
    NoProgram,
    /// It is there but may not be run.
    NotExecutable,
    /// The folder it was to run in is not there.
    NoFolder,
    /// The system refused.
    System(io::Error),
}

impl Launch {
    fn path_variable(&self) -> Option<OsString> {
        let own = self.variables.iter().rev().find(|(name, _)| name == "PATH");
        match own {
            Some((_, value)) => value.clone(),
            None => std::env::var_os("PATH"),
        }
    }

    /// The file that will be run. Looked for before anything is started, so that a program that is
    /// not there costs no process.
    fn file(&self) -> Result<PathBuf, Refusal> {
        if self.folder.as_ref().is_some_and(|folder| !folder.is_dir()) {
            return Err(Refusal::NoFolder);
        }
        let name = Path::new(&self.program);
        if self.program.as_encoded_bytes().contains(&b'/') {
            // A relative path is meant from the folder the program runs in.
            let seen_from = match &self.folder {
                Some(folder) => folder.join(name),
                None => name.to_owned(),
            };
            return runnable(&seen_from).map(|()| name.to_owned());
        }
        if self.program.is_empty() {
            return Err(Refusal::NoProgram);
        }
        let path = self.path_variable();
        let path = path.as_deref().unwrap_or(OsStr::new(USUAL_PATH));
        let mut verdict = Refusal::NoProgram;
        for folder in std::env::split_paths(path) {
            let file = folder.join(name);
            match runnable(&file) {
                Ok(()) => return Ok(file),
                Err(Refusal::NoProgram) => {}
                Err(other) => verdict = other,
            }
        }
        Err(verdict)
    }

    fn command(&self, file: &Path) -> Command {
        let mut command = Command::new(file);
        command.arg0(&self.program).args(&self.arguments);
        for (name, value) in &self.variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }

    /// The last part of the program's path: its name in the journal.
    fn short_name(&self) -> String {
        let path = Path::new(&self.program);
        let name = path.file_name().unwrap_or(&self.program);
        name.to_string_lossy().into_owned()
    }
}

fn runnable(file: &Path) -> Result<(), Refusal> {
    match std::fs::metadata(file) {
        Ok(found) if found.is_dir() => Err(Refusal::NotExecutable),
        Ok(_) => nix::unistd::access(file, nix::unistd::AccessFlags::X_OK)
            .map_err(|_| Refusal::NotExecutable),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(Refusal::NotExecutable)
        }
        Err(_) => Err(Refusal::NoProgram),
    }
}

/// Our ends of pipes to programs. Held during every fork, so that no child is made between a pipe
/// and its entry here.
static OUR_ENDS: Mutex<Vec<RawFd>> = Mutex::new(Vec::new());

pub(super) fn our_ends() -> MutexGuard<'static, Vec<RawFd>> {
    OUR_ENDS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// In a freshly forked child: these are its parent's.
pub(super) fn close_ends_of_parent() {
    for descriptor in std::mem::take(&mut *our_ends()) {
        // SAFETY: the owner of this copy is on the stack of a thread (or in a frame below the
        // child's function) that does not exist in this process, so nobody will use or close it.
        unsafe { libc::close(descriptor) };
    }
}

/// An end of a pipe on the list above.
#[derive(Debug)]
struct Private<E: AsRawFd>(ManuallyDrop<E>);

impl<E: AsRawFd> Private<E> {
    fn enter(end: E, list: &mut Vec<RawFd>) -> Private<E> {
        list.push(end.as_raw_fd());
        Private(ManuallyDrop::new(end))
    }
}

impl<E: AsRawFd> Drop for Private<E> {
    fn drop(&mut self) {
        // Struck off and closed under one lock: between the two a child could be forked that keeps
        // a copy, or the number could become somebody else's.
        let mut list = our_ends();
        let own = self.0.as_raw_fd();
        list.retain(|descriptor| *descriptor != own);
        // SAFETY: dropped here and nowhere else; nobody sees it after this.
        unsafe { ManuallyDrop::drop(&mut self.0) };
    }
}

/// Programs that run, each feeding the next.
#[derive(Debug)]
pub struct Running {
    children: Vec<Child>,
    group: Option<i32>,
    input: Option<Private<PipeWriter>>,
    output: Option<Private<PipeReader>>,
    errors: Option<Private<PipeReader>>,
}

/// Starts the programs of a row. On a refusal (with its place in the row) those before it are ended.
///
/// In a group of their own they can be ended with everything they start themselves; but then
/// Ctrl-C at a terminal does not reach them.
pub fn start(row: &[Launch], outlet: Outlet, own_group: bool) -> Result<Running, (usize, Refusal)> {
    shake();
    let mut files = Vec::with_capacity(row.len());
    for (place, launch) in row.iter().enumerate() {
        files.push(launch.file().map_err(|refusal| (place, refusal))?);
    }
    if outlet == Outlet::Ours {
        // What we printed before should be seen before. If it cannot be written, it is lost anyway.
        let _ = io::stdout().flush();
    }
    let mut running = Running {
        children: Vec::with_capacity(row.len()),
        group: None,
        input: None,
        output: None,
        errors: None,
    };
    super::pipe::refuse_death_by_pipe();
    let system = |place: usize| move |error: io::Error| (place, Refusal::System(error));
    let mut ends = our_ends();
    let (first_input, input) = io::pipe().map_err(system(0))?;
    running.input = Some(Private::enter(input, &mut ends));
    let errors_to = match outlet {
        Outlet::Captured => {
            let (errors, errors_to) = io::pipe().map_err(system(0))?;
            running.errors = Some(Private::enter(errors, &mut ends));
            Some(errors_to)
        }
        Outlet::Ours => None,
    };
    let mut started = Ok(());
    let mut next_input = Some(first_input);
    for (place, (launch, file)) in row.iter().zip(&files).enumerate() {
        let is_last = place + 1 == row.len();
        let joined = (|| {
            let mut command = launch.command(file);
            command.stdin(next_input.take().map_or_else(Stdio::null, Stdio::from));
            if is_last && outlet == Outlet::Ours {
                command.stdout(Stdio::inherit());
            } else {
                let (from, to) = io::pipe()?;
                command.stdout(to);
                if is_last {
                    running.output = Some(Private::enter(from, &mut ends));
                } else {
                    next_input = Some(from);
                }
            }
            command.stderr(match &errors_to {
                Some(errors_to) => Stdio::from(errors_to.try_clone()?),
                None => Stdio::inherit(),
            });
            if own_group {
                command.process_group(running.group.unwrap_or(0));
            }
            spawn(command, &launch.short_name())
        })();
        match joined {
            Ok(child) => {
                if own_group {
                    running.group.get_or_insert(child.pid());
                }
                running.children.push(child);
            }
            Err(error) => {
                started = Err((place, Refusal::System(error)));
                break;
            }
        }
    }
    // Before `running` may be dropped: striking off its ends takes the same lock.
    drop(ends);
    shake();
    started.map(|()| running)
}

fn spawn(mut command: Command, name: &str) -> io::Result<Child> {
    let lane = current::open_lane(LaneKind::Process, name);
    current::emit(Kind::Fork, Object::lane(lane));
    let parent = process::getpid();
    let before_exec = move || {
        process::reset_signals();
        // SAFETY: sets an attribute of this process.
        unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) };
        if process::getppid() != parent {
            return Err(io::Error::from_raw_os_error(libc::ESRCH));
        }
        current::set_lane(lane);
        current::emit(Kind::Start, Object::lane(lane));
        current::emit(Kind::Exec, Object::lane(lane));
        Ok(())
    };
    // SAFETY: the closure makes system calls and stores to atomics in the shared memory of the
    // journal; it takes no lock and allocates nothing (its lane is open already).
    unsafe { command.pre_exec(before_exec) };
    match command.spawn() {
        Ok(child) => {
            let pid = i32::try_from(child.id()).unwrap_or_default();
            // std's handle neither waits nor kills when it is dropped.
            drop(child);
            Child::adopt(pid, lane)
        }
        Err(error) => {
            // There was a process, and std has waited for it.
            current::emit(Kind::JoinBegin, Object::lane(lane));
            current::emit(Kind::JoinEnd, Object::lane(lane));
            Err(error)
        }
    }
}

impl Running {
    /// Waits for all of them; none if they have not ended by then.
    pub fn wait_until(&self, deadline: Deadline) -> io::Result<Option<Vec<ExitStatus>>> {
        let mut statuses = Vec::with_capacity(self.children.len());
        // The first one last: as long as it is not reaped, its number is that of our group.
        for child in self.children.iter().rev() {
            match child.wait_until(deadline)? {
                Some(status) => statuses.push(status),
                None => return Ok(None),
            }
        }
        statuses.reverse();
        Ok(Some(statuses))
    }

    /// Kills what still runs, the group with it if it is theirs, and reaps it.
    pub fn end(&mut self) -> Vec<ExitStatus> {
        // Until the first of them is reaped, its number (which is the group's) belongs to nobody
        // else; somebody who was reaped already has no group to kill.
        let leader_is_ours = self
            .children
            .first()
            .is_some_and(|leader| !leader.was_reaped());
        if let Some(group) = self.group.filter(|_| leader_is_ours) {
            // Nobody there any more is fine.
            let _ = process::kill(-group, Signal::SIGKILL);
        }
        for child in &self.children {
            let _ = child.signal(Signal::SIGKILL);
        }
        self.children
            .iter()
            .map(|child| child.wait().unwrap_or(ExitStatus::Unknown))
            .collect()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.children.iter().any(|child| !child.was_reaped()) {
            self.end();
        }
    }
}
