//! A number that threads watch until it moves on: what a barrier and a condition wait on.
//!
//! For a barrier a condition would do, but costs two wake-ups of a hand-over where the system needs
//! one: the woken thread queues for the lock that goes with it. Here the waiters sleep on the number
//! itself, and take the lock afterwards.

use super::atomic::{AtomicU32, Ordering};
use super::futex::Futex;
use super::time::Deadline;
use std::hint::spin_loop;

/// A number that moves on, and whoever waits for that.
#[derive(Debug)]
pub(crate) struct Turns {
    now: Futex,
    sleepers: AtomicU32,
    /// How little looking has helped lately: with every miss it is tried half as often.
    misses: AtomicU32,
}

/// How often a waiter looks before it sleeps: some ten microseconds. Where the others are about to
/// come on another core, looking saves two switches of context and the waking of a core; where they
/// need this very core, it only keeps them waiting.
const LOOKS: u32 = 1000;
/// Where looking does not help at all, it is still tried once in 2 to this power turns.
const MOST_MISSES: u32 = 12;

impl Turns {
    pub(crate) const fn new() -> Turns {
        Turns {
            now: Futex::new(0),
            sleepers: AtomicU32::new(0),
            misses: AtomicU32::new(0),
        }
    }

    /// The number now.
    pub(crate) fn now(&self) -> u32 {
        self.now.load(Ordering::SeqCst)
    }

    /// Moves on. Those who sleep are woken by [`wake`](Turns::wake), which is called once the state
    /// they will look at is unlocked.
    pub(crate) fn advance(&self) {
        self.now.fetch_add(1, Ordering::SeqCst);
    }

    /// Wakes at most so many of those who sleep.
    pub(crate) fn wake(&self, most: i32) {
        // Whoever counts itself as a sleeper after this looks at the number again and finds it moved.
        if self.sleepers.load(Ordering::SeqCst) > 0 {
            self.now.wake(most);
        }
    }

    /// Waits until the number is another one; false if the time ran out first.
    pub(crate) fn wait_past(&self, turn: u32, deadline: Deadline) -> bool {
        if self.look(turn) {
            return true;
        }
        self.sleepers.fetch_add(1, Ordering::SeqCst);
        while self.now() == turn && !deadline.is_over() {
            self.now.sleep(turn, deadline);
        }
        self.sleepers.fetch_sub(1, Ordering::SeqCst);
        self.now() != turn
    }

    fn look(&self, turn: u32) -> bool {
        let misses = self.misses.load(Ordering::Relaxed);
        if !turn.is_multiple_of(1 << misses) {
            return false;
        }
        for _ in 0..LOOKS {
            if self.now() != turn {
                if misses > 0 {
                    self.misses.store(misses / 2, Ordering::Relaxed);
                }
                return true;
            }
            spin_loop();
        }
        self.misses
            .store((misses + 1).min(MOST_MISSES), Ordering::Relaxed);
        false
    }
}
