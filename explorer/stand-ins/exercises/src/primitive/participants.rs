//! Who takes part in the objects that processes share and that end when nobody is left, and whose a handle is.
//!
//! The list of a process's objects lies in its memory: a child begins with a copy of its parent's.

use std::cell::Cell;
use std::sync::{Mutex, PoisonError};

use explorer::model::fork::{self, Beyond};

use super::process::getpid;

pub(crate) use explorer::model::fork::in_own_memory;

/// What such an object does about it. It lies in shared memory.
pub(crate) trait Member: Sync {
    /// The running process ends in the normal way.
    fn leave(&self, _pid: i32) {}
    /// The running process is about to start another one.
    fn forks(&self, _pid: i32) {}
    /// The running process has said its last word.
    fn has_ended(&self, _pid: i32) {}
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

/// The running process has started one whose closure borrows.
#[track_caller]
pub(crate) fn enter_child_everywhere(_pid: i32) {
    fork::goes_beyond(Beyond::Borrowing);
}

pub(crate) fn leave_all() {
    for member in members() {
        member.leave(getpid());
    }
}

pub(super) fn all_are_forked() {
    for member in members() {
        member.forks(getpid());
    }
}

pub(super) fn all_are_let_go() {
    for member in members() {
        member.has_ended(getpid());
    }
}

/// The running process ends otherwise than in the normal way.
#[track_caller]
pub(super) fn died() {
    if members().iter().any(|member| member.looks_for_the_dead()) {
        fork::goes_beyond(Beyond::DiedSharing);
    }
}

thread_local! {
    static HANDED_OVER_TO: Cell<i32> = const { Cell::new(0) };
}

/// Drops, in the parent, what now belongs to a child.
pub(super) fn hand_over<T>(things: T, child: i32) {
    let before = HANDED_OVER_TO.replace(child);
    drop(things);
    HANDED_OVER_TO.set(before);
}

/// The child that handles are handed over to that are dropped now, if there is one.
pub(crate) fn heir() -> Option<i32> {
    Some(HANDED_OVER_TO.get()).filter(|pid| *pid != 0)
}

/// The directions of a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Roles {
    puts: bool,
    takes: bool,
}

impl Roles {
    pub const PRODUCER: Roles = Roles {
        puts: true,
        takes: false,
    };
    pub const CONSUMER: Roles = Roles {
        puts: false,
        takes: true,
    };
    pub const BOTH: Roles = Roles {
        puts: true,
        takes: true,
    };

    pub(crate) fn each(self) -> impl Iterator<Item = usize> {
        let all = [(self.puts, PUTS), (self.takes, TAKES)];
        all.into_iter().filter(|(has, _)| *has).map(|(_, one)| one)
    }
}

/// Among the directions: to put.
pub(crate) const PUTS: usize = 0;
/// And to take.
pub(crate) const TAKES: usize = 1;
