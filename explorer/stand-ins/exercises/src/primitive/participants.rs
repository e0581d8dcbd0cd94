//! Who takes part in the objects that processes share and that end when nobody is left, and whose a handle is.
//!
//! The list of a process's objects lies in its memory: a child begins with a copy of its parent's.

use std::cell::Cell;
use std::sync::{Mutex, PoisonError};

use explorer::model::fork::{self, Beyond, Moment, moment};

use super::process::getpid;

pub(crate) use explorer::model::fork::in_own_memory;

/// What such an object does about it. It lies in shared memory.
pub(crate) trait Member: Sync {
    /// The running process has just started this one, which may use it.
    fn enter_child(&self, _pid: i32) {}
    /// The running process ends in the normal way.
    fn leave(&self, _pid: i32) {}
    /// The running process is about to start this one.
    fn forks(&self, _pid: i32, _child: i32) {}
    /// The running process has said its last word.
    fn has_ended(&self, _pid: i32) {}
    /// The running process exits before its function has returned.
    fn exits(&self, _pid: i32) {}
    /// Those who wait for it look whether the others live: of one that died they would be told in truth.
    fn looks_for_the_dead(&self) -> bool {
        true
    }
}

static MEMBERS: Mutex<Vec<&'static dyn Member>> = Mutex::new(Vec::new());

fn members() -> Vec<&'static dyn Member> {
    MEMBERS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone()
}

/// An object more.
pub(crate) fn enter(member: &'static dyn Member) {
    let mut members = MEMBERS.lock().unwrap_or_else(PoisonError::into_inner);
    members.push(member);
}

/// The running process has just started one whose closure borrows: it may use whatever its parent has.
#[track_caller]
pub(crate) fn enter_child_everywhere(pid: i32) {
    for member in members() {
        member.enter_child(pid);
    }
}

pub(crate) fn leave_all() {
    for member in members() {
        member.leave(getpid());
    }
}

pub(super) fn all_are_forked(child: i32) {
    for member in members() {
        member.forks(getpid(), child);
    }
}

pub(super) fn all_are_let_go() {
    for member in members() {
        member.has_ended(getpid());
    }
}

/// The running process ends otherwise than in the normal way.
#[track_caller]
pub(crate) fn died() {
    if members().iter().any(|member| member.looks_for_the_dead()) {
        fork::goes_beyond(Beyond::DiedSharing);
    }
}

/// The running process exits early, or is ended from outside.
pub(super) fn exits() {
    died();
    if !fork::was_ended() {
        for member in members() {
            member.exits(getpid());
        }
    }
    all_are_let_go();
}

/// A child that has been started, and when.
#[derive(Clone, Copy)]
pub(crate) struct Heir {
    pub pid: i32,
    started: Moment,
}

impl Heir {
    /// Its parent has done nothing since that anybody could see.
    pub fn has_just_begun(self) -> bool {
        self.started == moment()
    }
}

thread_local! {
    static HANDED_OVER_TO: Cell<Option<Heir>> = const { Cell::new(None) };
}

/// Drops, in the parent, what now belongs to a child that it has just started.
pub(super) fn hand_over<T>(things: T, child: i32) {
    let heir = Heir {
        pid: child,
        started: moment(),
    };
    let before = HANDED_OVER_TO.replace(Some(heir));
    drop(things);
    HANDED_OVER_TO.set(before);
}

/// The child that handles are handed over to that are dropped now, if there is one.
pub(crate) fn heir() -> Option<Heir> {
    HANDED_OVER_TO.get()
}

pub(crate) use super::seats::Roles;
