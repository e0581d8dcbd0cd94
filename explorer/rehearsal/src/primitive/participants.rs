//! Who takes part in the objects that processes share and that end when nobody is left.
//!
//! An object is told of two things that no handle shows: that a process was started whose closure borrows (it may use
//! all there is), and that a process has ended.
//!
//! Of a process that was killed the real ones are told, too. That is not modelled. So nobody may use what processes
//! share when it could matter: who sends a signal, after that; who neither sends nor gets one, never.

use crate::lack::Lack;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

use explorer::model::fork;

use super::process::getpid;
use super::{lane, not_modelled};

/// What such an object does about it.
pub(crate) trait Member {
    /// The running process has started one that may use everything.
    fn enter_child(&self, pid: i32);
    /// The running process is about to end in the normal way.
    fn leave(&self, pid: i32);
    /// The running process is about to start another one.
    fn forks(&self, _pid: i32) {}
    /// The running process has said its last word.
    fn has_ended(&self, _pid: i32) {}
}

// Of the explorer's own thread: others may explore at the same time.
std::thread_local! {
    static MEMBERS: RefCell<Vec<Weak<dyn Member>>> = const { RefCell::new(Vec::new()) };
    /// Who used anything that is shared.
    static USERS: RefCell<BTreeSet<i32>> = const { RefCell::new(BTreeSet::new()) };
    /// Who was sent a signal.
    static ENDED: RefCell<BTreeSet<i32>> = const { RefCell::new(BTreeSet::new()) };
}

/// A new execution begins.
pub(super) fn begin() {
    MEMBERS.take();
    USERS.take();
    ENDED.take();
}

/// Uses something that processes share.
pub(crate) fn in_shared_memory<R>(use_it: impl FnOnce() -> R) -> R {
    note_use();
    fork::in_shared_memory(use_it)
}

/// The running process uses something that is shared.
pub(crate) fn note_use() {
    // Whoever is being unwound releases what it held, in the model.
    if explorer::model::is_over() || explorer::model::thread::panicking() {
        return;
    }
    let own = getpid();
    USERS.with_borrow_mut(|users| users.insert(own));
    if ENDED.with_borrow(|ended| ended.iter().any(|pid| *pid != own)) {
        abandoned();
    }
}

/// The running process sends this one a signal.
pub(super) fn note_signal(pid: i32) {
    let own = getpid();
    if lane::tid(lane::own()) != own {
        not_modelled(Lack::TerminatedByThread);
    }
    ENDED.with_borrow_mut(|ended| ended.insert(pid));
    let involved = |user: &i32| *user == own || *user == pid;
    if !USERS.with_borrow(|users| users.iter().all(involved)) {
        abandoned();
    }
}

fn abandoned() -> ! {
    not_modelled(Lack::SharedWithKilled);
}

/// An object more.
pub(crate) fn enter(member: Arc<dyn Member>) {
    MEMBERS.with_borrow_mut(|members| members.push(Arc::downgrade(&member)));
}

/// Those that somebody still has.
fn members() -> Vec<Arc<dyn Member>> {
    MEMBERS.with_borrow(|members| members.iter().filter_map(Weak::upgrade).collect())
}

pub(crate) fn enter_child_everywhere(pid: i32) {
    for member in members() {
        member.enter_child(pid);
    }
}

pub(super) fn leave_all() {
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
