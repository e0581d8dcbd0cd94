//! How a process ends that waits for orders.

use explorer::model::fork;

/// As a shell tells the end by SIGKILL.
const KILLED: i32 = 128 + 9;

#[derive(Clone, Copy, Debug)]
pub(super) enum Leave {
    Home,
    /// At once, and without a word: nobody but its parent sees it.
    Killed,
}

impl Leave {
    /// The exit code.
    pub fn now(self) -> i32 {
        match self {
            Leave::Home => 0,
            Leave::Killed => fork::exit(KILLED),
        }
    }
}
