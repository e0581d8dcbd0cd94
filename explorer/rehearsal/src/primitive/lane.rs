//! Lanes, numbered by where they were started: the same in every schedule of the same class.
//!
//! A lane's number is its parent's, times 64, plus which of its parent's children it is and whether that is a
//! process. So a number tells all that rules ask of a lane.

use crate::lack::Lack;
use std::cell::Cell;

use recorder::{Lane, LaneId, LaneKind};

/// Twice as many lanes as one lane may start, plus two.
const CHILDREN: u32 = 64;
/// The main lane's process.
const MAIN_PID: i32 = 1000;

thread_local! {
    static OWN: Cell<u32> = const { Cell::new(0) };
    static STARTED: Cell<u32> = const { Cell::new(0) };
}

/// The lane of the running thread.
pub fn own() -> LaneId {
    LaneId(OWN.get())
}

/// The running thread is this lane.
pub(crate) fn become_lane(lane: LaneId) {
    OWN.set(lane.0);
}

/// What the running thread is called where nobody has named it.
pub(crate) fn name_of_a_stranger() -> String {
    "main".to_owned()
}

/// A lane for somebody whom the running thread is about to start.
pub(crate) fn open(kind: LaneKind) -> LaneId {
    let place = STARTED.get() + 1;
    let number = OWN.get().checked_mul(CHILDREN);
    let Some(number) = number.filter(|_| 2 * place + 1 < CHILDREN) else {
        super::not_modelled(Lack::TooManyThreads);
    };
    STARTED.set(place);
    LaneId(number + 2 * place + u32::from(kind == LaneKind::Process))
}

fn kind(lane: LaneId) -> LaneKind {
    if lane.0 % 2 == 1 || lane.0 == 0 {
        LaneKind::Process
    } else {
        LaneKind::Thread
    }
}

/// The process id of a lane's process.
pub fn pid(lane: LaneId) -> i32 {
    let mut process = lane;
    while kind(process) == LaneKind::Thread {
        process = LaneId(process.0 / CHILDREN);
    }
    MAIN_PID + i32::try_from(process.0).unwrap_or(i32::MAX - MAIN_PID)
}

/// The process id of the parent of a lane's process.
pub fn parent_pid(lane: LaneId) -> i32 {
    let process = pid(lane) - MAIN_PID;
    match u32::try_from(process) {
        Ok(process) if process > 0 => pid(LaneId(process / CHILDREN)),
        _ => 1,
    }
}

/// The number the system would know a lane's thread by.
pub fn tid(lane: LaneId) -> i32 {
    match kind(lane) {
        LaneKind::Process => pid(lane),
        LaneKind::Thread => MAIN_PID + i32::try_from(lane.0).unwrap_or(i32::MAX - MAIN_PID),
    }
}

/// As rules see it.
pub fn described(lane: LaneId) -> Lane {
    Lane {
        lane,
        kind: kind(lane),
        name: format!("lane {lane}"),
        pid: pid(lane),
        tid: tid(lane),
        parent: (lane.0 > 0).then_some(LaneId(lane.0 / CHILDREN)),
    }
}
