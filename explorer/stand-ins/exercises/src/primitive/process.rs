//! Processes: each has all of its memory for itself, as in truth, so a closure is there twice after a fork.
//!
//! What a process is told of itself (its number, its name) lies in its memory.

use std::cell::Cell;
use std::io;
use std::mem::ManuallyDrop;
use std::sync::{Mutex, PoisonError};

use explorer::model::fork::{self as model, Beyond};
use explorer::model::process::is_known_as;

use super::panic::{AssertUnwindSafe, catch_unwind};
use super::time::Duration;
use super::{current, lane, participants};
use crate::{LaneId, LaneKind};

/// Where there is one process, it is the first.
pub(crate) const FIRST: i32 = 1000;

/// The running one.
struct Own {
    pid: i32,
    parent: i32,
    name: Option<String>,
}

// std's own: a process's memory is its own, and its threads look at it without any operation.
static OWN: Mutex<Own> = Mutex::new(Own {
    pid: FIRST,
    parent: 1,
    name: None,
});

fn own<R>(look: impl FnOnce(&mut Own) -> R) -> R {
    look(&mut OWN.lock().unwrap_or_else(PoisonError::into_inner))
}

pub fn getpid() -> i32 {
    own(|own| own.pid)
}

pub fn getppid() -> i32 {
    own(|own| own.parent)
}

pub fn current_name() -> String {
    own(|own| own.name.clone()).unwrap_or_else(|| "main".to_owned())
}

pub fn is_child() -> bool {
    own(|own| own.name.is_some())
}

/// Those that end a process. Here nobody can refuse them.
#[allow(clippy::upper_case_acronyms, reason = "the names of the signals")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    SIGKILL = 9,
    SIGTERM = 15,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    Code(i32),
    Signal(i32),
    Unknown,
}

impl ExitStatus {
    pub fn as_python(self) -> Option<i32> {
        match self {
            ExitStatus::Code(code) => Some(code),
            ExitStatus::Signal(signal) => Some(-signal),
            ExitStatus::Unknown => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bond {
    None,
    Daemon,
}

/// Where a child can be ended from outside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    Nowhere,
    /// While it does what it hands to [`model::ends_within`].
    WhereItSays,
    Anywhere,
}

impl Ends {
    fn of_a_process(bond: Bond) -> Ends {
        if bond == Bond::Daemon || model::signals_may_be_sent() {
            Ends::Anywhere
        } else {
            Ends::Nowhere
        }
    }
}

#[derive(Debug)]
pub struct Child {
    child: model::Child,
    parent: i32,
    lane: LaneId,
    status: Cell<Option<ExitStatus>>,
}

/// What only ever runs as a coroutine on the thread that made it.
struct Moved<T>(T);

// SAFETY: all virtual threads and processes are coroutines of one OS thread; nothing crosses to another.
unsafe impl<T> Send for Moved<T> {}

impl<T> Moved<T> {
    fn take(self) -> T {
        self.0
    }
}

#[track_caller]
pub(crate) fn fork_with<'a>(
    name: &str,
    bond: Bond,
    f: impl FnOnce() -> i32 + 'a,
) -> io::Result<Child> {
    start(name, f, false, Ends::of_a_process(bond))
}

/// A child whose closure borrows: it may use whatever its parent has.
#[track_caller]
pub(crate) fn fork_borrowing<'a>(
    name: &str,
    bond: Bond,
    f: impl FnOnce() -> i32 + 'a,
) -> io::Result<Child> {
    let child = start(name, f, true, Ends::of_a_process(bond))?;
    participants::enter_child_everywhere(child.pid());
    Ok(child)
}

/// A child that may borrow, and that can be [ended](Child::end). Whoever starts it waits for it before he returns.
#[track_caller]
pub(crate) fn fork_worker<'a>(name: &str, f: impl FnOnce() -> i32 + 'a) -> io::Result<Child> {
    start(name, f, true, Ends::WhereItSays)
}

/// A child that can be [ended](Child::end).
#[track_caller]
pub(crate) fn fork_mortal(name: &str, f: impl FnOnce() -> i32 + 'static) -> io::Result<Child> {
    start(name, f, false, Ends::WhereItSays)
}

#[track_caller]
fn start<'a>(
    name: &str,
    f: impl FnOnce() -> i32 + 'a,
    borrows: bool,
    ends: Ends,
) -> io::Result<Child> {
    if !model::processes_are_apart() {
        model::goes_beyond(Beyond::Memory);
    }
    let lane = current::open_lane(LaneKind::Process);
    let name = name.to_owned();
    let parent = getpid();
    let pid = lane::pid_of_process(lane);
    let body: Box<dyn FnOnce() -> i32 + 'a> = Box::new(f);
    // SAFETY: only the lifetime changes. What a closure borrows from a stack is there as long as the child runs, in a copy
    // of its own: whoever starts one that borrows says so.
    let body: Box<dyn FnOnce() -> i32 + 'static> = unsafe { std::mem::transmute(body) };
    // The closure is in the heap: the child has it at the same place in its own.
    let ours = ManuallyDrop::new(body);
    // SAFETY: each of both is used once, where its own memory is in place: the child's below, the parent's when it is
    // handed over.
    let theirs = Moved(unsafe { std::ptr::read(&raw const *ours) });
    let name_in_child = Moved(ManuallyDrop::new(name));
    participants::all_are_forked(pid);
    let begin = move || {
        let (theirs, name) = (theirs.take(), name_in_child.take());
        lane::become_process(lane);
        own(|own| {
            *own = Own {
                pid,
                parent,
                name: Some(String::clone(&name)),
            };
        });
        is_known_as(pid.unsigned_abs());
        model::at_exit(participants::exits);
        let runs = || catch_unwind(AssertUnwindSafe(theirs));
        let outcome = match ends {
            Ends::Anywhere => model::ends_within_or_after(runs),
            Ends::Nowhere | Ends::WhereItSays => runs(),
        };
        let code = match outcome {
            Ok(code) => {
                participants::leave_all();
                code
            }
            Err(payload) => {
                current::panicked(payload.as_ref());
                // As in truth: dropping it could panic again.
                std::mem::forget(payload);
                participants::died();
                1
            }
        };
        participants::all_are_let_go();
        // The system keeps the low 8 bits.
        model::leave(code & 0xFF)
    };
    let child = if borrows {
        model::fork_with_stack(begin)?
    } else {
        model::fork(begin)?
    };
    if ends != Ends::Nowhere {
        child.can_be_ended();
    }
    participants::hand_over(ManuallyDrop::into_inner(ours), pid);
    Ok(Child {
        child,
        parent,
        lane,
        status: Cell::new(None),
    })
}

impl Child {
    pub fn pid(&self) -> i32 {
        lane::pid_of_process(self.lane)
    }

    pub fn parent(&self) -> i32 {
        self.parent
    }

    pub fn lane(&self) -> LaneId {
        self.lane
    }

    /// Ends it wherever it is: it was started so that it can be. Whoever does so waits for it at once.
    #[track_caller]
    pub(crate) fn end(&self) {
        self.child.end();
    }

    pub(crate) fn was_waited_for(&self) -> bool {
        self.status.get().is_some()
    }

    #[track_caller]
    pub fn wait(&self) -> io::Result<ExitStatus> {
        if let Some(status) = self.status.get() {
            return Ok(status);
        }
        let status = match self.child.wait() {
            code @ 0.. => ExitStatus::Code(code),
            signal => ExitStatus::Signal(-signal),
        };
        self.status.set(Some(status));
        Ok(status)
    }

    #[track_caller]
    pub fn wait_timeout(&self, limit: Duration) -> io::Result<Option<ExitStatus>> {
        if self.is_alive() {
            explorer::model::thread::sleep(limit);
        }
        self.status()
    }

    #[track_caller]
    pub fn is_alive(&self) -> bool {
        self.status.get().is_none() && !self.child.has_ended()
    }

    #[track_caller]
    pub fn status(&self) -> io::Result<Option<ExitStatus>> {
        if self.is_alive() {
            return Ok(None);
        }
        if self.parent != getpid() {
            // Not its parent: it sees that it has ended, and not how.
            return Ok(Some(self.status.get().unwrap_or(ExitStatus::Unknown)));
        }
        self.wait().map(Some)
    }

    /// One that was waited for gets none, and that is no error.
    #[track_caller]
    pub fn signal(&self, signal: Signal) -> io::Result<()> {
        if !self.was_waited_for() {
            self.child.signal(signal as i32);
        }
        Ok(())
    }
}

/// It cannot refuse, so it ends at once.
#[track_caller]
pub(crate) fn end_daemon(child: &Child) {
    // It is a child of this process: neither fails.
    let _ = child.signal(Signal::SIGTERM);
    let _ = child.wait();
}
