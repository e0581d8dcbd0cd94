//! Processes of the model: forked from a closure, waited for.
//!
//! In the model a child runs on the memory of its parent. What our library shares between processes is there once in
//! reality too, and what a lesson's closure moves or borrows is not changed by both; where that is not so, the explorer
//! says that it proves nothing.

use crate::lack::Lack;
use std::cell::RefCell;
use std::io;
use std::sync::{Mutex, PoisonError};

use explorer::model::fork as model;
use recorder::{Kind, LaneId, LaneKind, Object};

use super::time::Duration;
use super::{Arc, current, lane, mortal, participants};

pub use super::mortal::ignore;

thread_local! {
    static NAME: RefCell<Option<Arc<str>>> = const { RefCell::new(None) };
}

pub fn getpid() -> i32 {
    lane::pid(lane::own())
}

pub fn getppid() -> i32 {
    lane::parent_pid(lane::own())
}

pub fn current_name() -> String {
    NAME.with_borrow(|name| match name {
        Some(name) => name.to_string(),
        None => "main".to_owned(),
    })
}

/// Those that end a process, with the system's numbers.
#[allow(clippy::upper_case_acronyms, reason = "the names of the signals")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Signal {
    SIGKILL = 9,
    SIGTERM = 15,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    Code(i32),
    Signal(i32),
}

impl ExitStatus {
    pub fn as_python(self) -> Option<i32> {
        match self {
            ExitStatus::Code(code) => Some(code),
            ExitStatus::Signal(signal) => Some(-signal),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bond {
    None,
    Daemon,
}

#[derive(Clone, Debug)]
pub struct Child {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    child: model::Child,
    parent: i32,
    lane: LaneId,
    signals: Option<mortal::Line>,
    status: Mutex<Option<ExitStatus>>,
}

/// What only ever runs as a coroutine on the thread that made it.
struct Moved<T>(T);

// SAFETY: all virtual threads and processes are coroutines of one OS thread; nothing crosses to another.
unsafe impl<T> Send for Moved<T> {}

impl<T: FnOnce() -> i32> Moved<T> {
    fn run(self) -> i32 {
        (self.0)()
    }
}

#[track_caller]
pub(crate) fn fork_with<'a>(
    name: &str,
    _bond: Bond,
    f: impl FnOnce() -> i32 + 'a,
) -> io::Result<Child> {
    let lane = current::open_lane(LaneKind::Process);
    let name: Arc<str> = name.into();
    let body: Box<dyn FnOnce() -> i32 + 'a> = Box::new(f);
    // SAFETY: only the lifetime changes. Nobody leaves the frames that a child borrows from before it has ended:
    // `Inner` is dropped there, and does not let go of a child that runs. When an execution is given up, the youngest
    // are unwound first, so the child is gone before those frames.
    let body: Box<dyn FnOnce() -> i32 + 'static> = unsafe { std::mem::transmute(body) };
    let body = Moved(body);
    mortal::has_nobody();
    participants::all_are_forked();
    let (line, signals) = mortal::connect(lane).unzip();
    let child = model::fork(move || {
        lane::become_lane(lane);
        NAME.set(Some(name));
        mortal::listen(signals);
        current::emit(Kind::Start, Object::lane(lane));
        let code = body.run();
        participants::leave_all();
        current::emit(Kind::Exit, Object::lane(lane));
        mortal::look();
        participants::all_are_let_go();
        // The system keeps the low 8 bits.
        if code != 0 {
            model::exit(code & 0xFF)
        }
    })?;
    let inner = Inner {
        child,
        parent: getpid(),
        lane,
        signals: line,
        status: Mutex::default(),
    };
    Ok(Child {
        inner: Arc::new(inner),
    })
}

#[track_caller]
pub(crate) fn fork_borrowing<'a>(
    name: &str,
    bond: Bond,
    f: impl FnOnce() -> i32 + 'a,
) -> io::Result<Child> {
    let child = fork_with(name, bond, f)?;
    participants::enter_child_everywhere(child.pid());
    Ok(child)
}

impl Child {
    pub fn pid(&self) -> i32 {
        lane::pid(self.inner.lane)
    }

    pub fn parent(&self) -> i32 {
        self.inner.parent
    }

    pub fn lane(&self) -> LaneId {
        self.inner.lane
    }

    #[track_caller]
    pub fn wait(&self) -> io::Result<ExitStatus> {
        let known = self.inner.known();
        if let Some(status) = known {
            return Ok(status);
        }
        let code = self.inner.child.wait();
        let status = mortal::signal_of(code).map_or(ExitStatus::Code(code), ExitStatus::Signal);
        current::emit(Kind::JoinEnd, Object::lane(self.inner.lane));
        *self
            .inner
            .status
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(status);
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
        self.inner.known().is_none() && !self.inner.child.has_ended()
    }

    pub fn status(&self) -> io::Result<Option<ExitStatus>> {
        if self.is_alive() {
            return Ok(None);
        }
        self.wait().map(Some)
    }

    #[track_caller]
    pub fn signal(&self, signal: Signal) -> io::Result<()> {
        let Some(line) = &self.inner.signals else {
            mortal::unforeseen(self.inner.lane);
        };
        participants::note_signal(self.pid());
        line.send(signal)
    }
}

impl Inner {
    fn known(&self) -> Option<ExitStatus> {
        *self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if self.known().is_none() && !explorer::model::is_over() {
            super::not_modelled(Lack::NobodyWaits);
        }
    }
}

pub(crate) fn end_daemon(child: &Child) {
    if child.inner.known().is_none() && !explorer::model::is_over() {
        super::not_modelled(Lack::Daemon);
    }
}
