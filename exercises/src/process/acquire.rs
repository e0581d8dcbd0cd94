//! How all locks of processes are taken: a wait is recorded where there is one.

use crate::primitive::participants::{Body, Handle};
use crate::primitive::robust::{Outcome, RobustMutex};
use crate::primitive::time::Deadline;
use recorder::Kind;

/// Takes the mutex of this object; waits until the deadline if somebody has it.
pub(super) fn acquire<'a, B: Body>(
    handle: &Handle<B>,
    mutex: &'a RobustMutex,
    deadline: Deadline,
) -> Outcome<'a> {
    match mutex.try_lock() {
        Outcome::Busy => {}
        quick => return quick,
    }
    handle.emit(Kind::WaitBegin);
    let outcome = mutex.lock_until(deadline);
    handle.emit(Kind::WaitEnd);
    outcome
}
