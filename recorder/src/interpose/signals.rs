//! Who sends a signal to whom.

use super::here;
use super::next::real;
use crate::vocabulary::{Kind, ObjectKind};
use core::ffi::c_int;

/// kill(2).
///
/// # Safety
/// As for kill(2).
pub unsafe extern "C" fn kill(pid: c_int, signal: c_int) -> c_int {
    let told = (signal != 0).then(here).flatten().map(|here| {
        let seq = match here.ring.lane_of_process(pid) {
            Some(lane) => here.emit_lane(Kind::Signal, lane),
            None => here.emit(Kind::Signal, ObjectKind::Process, i64::from(pid) as u64),
        };
        (here, seq)
    });
    let result = real!(kill(pid => c_int, signal => c_int) -> c_int);
    if let Some((here, seq)) = told.filter(|_| result != 0) {
        here.ring.take_back(seq);
    }
    result
}

/// pthread_kill(3).
///
/// # Safety
/// As for pthread_kill(3).
pub unsafe extern "C" fn pthread_kill(thread: usize, signal: c_int) -> c_int {
    if signal != 0
        && let Some(here) = here()
        && let Some(lane) = here.ring.lane_of_thread(thread as u64)
    {
        here.emit_lane(Kind::Signal, lane);
    }
    real!(pthread_kill(thread => usize, signal => c_int) -> c_int)
}

/// raise(3).
///
/// # Safety
/// As for raise(3).
pub unsafe extern "C" fn raise(signal: c_int) -> c_int {
    if let Some(here) = here() {
        here.emit_lane(Kind::Signal, here.lane);
    }
    real!(raise(signal => c_int) -> c_int)
}
