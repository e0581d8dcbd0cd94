//! Who takes part in the objects that processes share and that end when nobody is left.
//!
//! An object is told of two things that no handle shows: that a process was started whose closure borrows (it may use
//! all there is), and that a process has ended.

use std::cell::RefCell;
use std::sync::{Arc, Weak};

use super::process::getpid;

/// What such an object does about it.
pub(crate) trait Member {
    /// The running process has started one that may use everything.
    fn enter_child(&self, pid: i32);
    /// The running process is about to end in the normal way.
    fn leave(&self, pid: i32);
}

// Of the explorer's own thread: others may explore at the same time.
std::thread_local! {
    static MEMBERS: RefCell<Vec<Weak<dyn Member>>> = const { RefCell::new(Vec::new()) };
}

/// A new execution begins.
pub(super) fn begin() {
    MEMBERS.take();
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
