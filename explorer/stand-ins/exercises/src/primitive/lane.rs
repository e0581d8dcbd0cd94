//! Threads and processes, numbered by where they were started: the same in every schedule of the same class.
//!
//! A number is the parent's, times 65, plus which of its parent's children it is. Threads that were started in
//! another way (std's own) are strangers, numbered as the model does.

use std::cell::Cell;

use super::process::{FIRST, getpid};
use crate::{LaneId, LaneKind};
use explorer::model::thread;

/// More than there can be threads.
const CHILDREN: u32 = 65;
/// Below it, those that were started here.
const STRANGERS: u32 = 1 << 31;

thread_local! {
    static OWN: Cell<Option<u32>> = const { Cell::new(None) };
    static STARTED: Cell<u32> = const { Cell::new(0) };
}

/// The lane of the running thread.
pub fn own() -> LaneId {
    let own = OWN.get().unwrap_or_else(|| {
        let number = u32::try_from(thread::number()).unwrap_or(0);
        let own = if number == 0 { 0 } else { STRANGERS + number };
        OWN.set(Some(own));
        own
    });
    LaneId(own)
}

/// The running thread is this lane.
pub(crate) fn become_lane(lane: LaneId) {
    OWN.set(Some(lane.0));
}

/// The running thread is the first of this lane's process: it begins to count those whom it starts.
pub(crate) fn become_process(lane: LaneId) {
    become_lane(lane);
    STARTED.set(0);
}

/// A lane for somebody whom the running thread is about to start.
pub(crate) fn open(_kind: LaneKind) -> LaneId {
    let place = STARTED.get() + 1;
    STARTED.set(place);
    let number = own().0.wrapping_mul(CHILDREN).wrapping_add(place);
    LaneId(number % STRANGERS)
}

/// The process of a lane of the running one.
pub fn pid(_lane: LaneId) -> i32 {
    getpid()
}

/// The number of a process that began with this lane.
pub(crate) fn pid_of_process(lane: LaneId) -> i32 {
    i32::try_from(lane.0 % STRANGERS).map_or(i32::MAX, |number| FIRST.saturating_add(number))
}

/// The number the system would know a lane's thread by.
pub fn tid(lane: LaneId) -> i32 {
    pid_of_process(lane).saturating_add(i32::from(lane.0 >= STRANGERS))
}

/// What the running thread is called where nobody here has named it.
pub(crate) fn name_of_a_stranger() -> String {
    thread::current().name().unwrap_or("thread").to_owned()
}
