//! A number that threads watch until it moves on.

use super::lock::{Condvar, Mutex};
use super::time::Deadline;

#[derive(Debug)]
pub(crate) struct Turns {
    now: Mutex<u32>,
    moved: Condvar,
}

impl Turns {
    pub(crate) const fn new() -> Turns {
        Turns {
            now: Mutex::quiet(0),
            moved: Condvar::quiet(),
        }
    }

    #[track_caller]
    pub(crate) fn now(&self) -> u32 {
        *self.now.lock()
    }

    #[track_caller]
    pub(crate) fn advance(&self) {
        *self.now.lock() += 1;
        self.moved.notify_all();
    }

    /// They have been woken: here the number and the waiting are one thing.
    pub(crate) fn wake(&self, _most: i32) {}

    #[track_caller]
    pub(crate) fn wait_past(&self, turn: u32, deadline: Deadline) -> bool {
        let mut now = self.now.lock();
        while *now == turn && !self.moved.wait_until(&mut now, deadline) {}
        *now != turn
    }
}
