//! Those who wait for something under a lock.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::lock::{Condvar, MutexGuard};
use super::time::Deadline;

/// A condition that knows how many wait and were not told. Nobody else is told: a notification that nobody waits for would
/// be an operation more, and called lost.
///
/// All of it happens under one lock, which orders it.
pub(crate) struct Waiters {
    told: Condvar,
    not_told: AtomicU32,
}

impl Waiters {
    pub const fn new() -> Waiters {
        Waiters {
            told: Condvar::new(),
            not_told: AtomicU32::new(0),
        }
    }

    /// Waits to be told, or until a moment; true if it came first.
    #[track_caller]
    pub fn wait_until<T>(&self, guard: &mut MutexGuard<'_, T>, deadline: Deadline) -> bool {
        self.not_told.fetch_add(1, Relaxed);
        let is_over = self.told.wait_until(guard, deadline);
        if is_over {
            self.not_told.fetch_sub(1, Relaxed);
        }
        is_over
    }

    #[track_caller]
    pub fn tell_one(&self) {
        let not_told = self.not_told.load(Relaxed);
        if not_told > 0 {
            self.not_told.store(not_told - 1, Relaxed);
            self.told.notify_one();
        }
    }

    #[track_caller]
    pub fn tell_all(&self) {
        if self.not_told.swap(0, Relaxed) > 0 {
            self.told.notify_all();
        }
    }
}
