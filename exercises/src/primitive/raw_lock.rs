//! Mutual exclusion, bare: what [`lock`](super::lock) puts values, guards and records around.
//!
//! | word | meaning | who changes it |
//! |---|---|---|
//! | `FREE` | nobody holds it | a newcomer to `HELD`, one who has waited to `AWAITED` |
//! | `HELD` | held, and nobody sleeps | its holder to `FREE`; one who is about to sleep to `AWAITED` |
//! | `AWAITED` | held, and somebody may sleep | its holder to `FREE`, and then it wakes one of them |
//!
//! **Nobody is forgotten.** Who has slept does not know whether others still do, so it takes the lock
//! as `AWAITED`, never as `HELD`; at worst a wake-up finds nobody. One whose time runs out may have
//! been the one that was woken: it puts down `AWAITED` once more before it gives up, and thereby
//! either gets the lock after all or leaves its holder the duty to wake the next.

use super::atomic::{AtomicU32, Ordering};
use super::futex::Futex;
use super::thread::{give_way, holder};
use super::time::{Deadline, Duration};
use lock_api::{GetThreadId, GuardNoSend, RawMutex, RawMutexTimed};
use std::hint::spin_loop;
use std::num::NonZeroUsize;

const FREE: u32 = 0;
const HELD: u32 = 1;
const AWAITED: u32 = 2;

/// How often one looks before going to sleep, and from which time on it lets others run in between:
/// what is done under a lock is mostly shorter than to fall asleep and to be woken.
const LOOKS: u32 = 10;
const PATIENT_LOOKS: u32 = 3;

/// The lock.
pub(super) struct RawLock {
    word: Futex,
    /// How many sleep, or are about to. Counted before the word becomes `AWAITED`, so that whoever
    /// finds that there sees the sleeper too.
    sleepers: AtomicU32,
}

impl RawLock {
    #[inline]
    fn take_if_free(&self) -> bool {
        self.word
            .compare_exchange(FREE, HELD, Ordering::Acquire, Ordering::Relaxed)
            .is_ok()
    }

    /// Whether it was free at one of some looks, and is taken now.
    fn take_looking(&self) -> bool {
        for look in 0..LOOKS {
            if self.word.load(Ordering::Relaxed) == FREE && self.take_if_free() {
                return true;
            }
            if look < PATIENT_LOOKS {
                (0..2 << look).for_each(|_| spin_loop());
            } else {
                give_way();
            }
        }
        false
    }

    #[cold]
    fn take_until(&self, deadline: Deadline) -> bool {
        if self.take_looking() {
            return true;
        }
        self.sleepers.fetch_add(1, Ordering::Relaxed);
        let taken = loop {
            if self.word.swap(AWAITED, Ordering::AcqRel) == FREE {
                break true;
            }
            if deadline.is_over() {
                break false;
            }
            self.word.sleep(AWAITED, deadline);
        };
        self.sleepers.fetch_sub(1, Ordering::Relaxed);
        taken
    }
}

// SAFETY: the word leaves `FREE` by one atomic step of the one that gets the lock (acquire), and
// returns to it in `unlock` only (release).
unsafe impl RawMutex for RawLock {
    const INIT: RawLock = RawLock {
        word: Futex::new(FREE),
        sleepers: AtomicU32::new(0),
    };

    // A guard stays in its thread: see the table of `sync::Lock`.
    type Guard = GuardNoSend;

    #[inline]
    fn lock(&self) -> GuardNoSend {
        if !self.take_if_free() {
            self.take_until(Deadline::NEVER);
        }
        GuardNoSend::new()
    }

    #[inline]
    fn try_lock(&self) -> Option<GuardNoSend> {
        self.take_if_free().then(GuardNoSend::new)
    }

    #[inline]
    unsafe fn unlock(&self, _: GuardNoSend) {
        let before = self.word.swap(FREE, Ordering::AcqRel);
        if before == AWAITED && self.sleepers.load(Ordering::Relaxed) > 0 {
            self.word.wake(1);
        }
    }

    #[inline]
    fn is_locked(&self) -> bool {
        self.word.load(Ordering::Relaxed) != FREE
    }
}

// SAFETY: as above.
unsafe impl RawMutexTimed for RawLock {
    type Duration = Duration;
    type Instant = Deadline;

    fn try_lock_for(&self, limit: Duration) -> Option<GuardNoSend> {
        self.try_lock_until(Deadline::after_unscaled(limit))
    }

    fn try_lock_until(&self, deadline: Deadline) -> Option<GuardNoSend> {
        let taken = self.take_if_free() || self.take_until(deadline);
        taken.then(GuardNoSend::new)
    }
}

/// Who holds a re-entrant lock: a number that stays with the thread over a fork, and that no other
/// thread of this process or of its children ever has.
pub(super) struct Holder;

// SAFETY: see `holder`.
unsafe impl GetThreadId for Holder {
    const INIT: Holder = Holder;

    fn nonzero_thread_id(&self) -> NonZeroUsize {
        holder()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lock_api::Mutex;
    use std::thread;

    #[test]
    fn a_lock_whose_waiters_run_out_of_time_lets_one_in_at_a_time_and_forgets_nobody() {
        const EACH: u64 = 3000;
        let total = Mutex::<RawLock, _>::new(0);
        let given_up = AtomicU32::new(0);
        thread::scope(|scope| {
            for who in 0..4 {
                let (total, given_up) = (&total, &given_up);
                scope.spawn(move || {
                    let mut done = 0;
                    while done < EACH {
                        // Two have no patience; what they leave behind must wake the two that have.
                        let held = match who % 2 {
                            0 => Some(total.lock()),
                            _ => total.try_lock_for(Duration::from_micros(done % 20)),
                        };
                        let Some(mut held) = held else {
                            given_up.fetch_add(1, Ordering::Relaxed);
                            continue;
                        };
                        let before = *held;
                        if done % 16 == 0 {
                            // Long enough for the others to fall asleep.
                            thread::sleep(Duration::from_micros(50));
                        }
                        *held = before + 1;
                        done += 1;
                    }
                });
            }
        });
        assert_eq!(total.into_inner(), 4 * EACH);
        assert!(given_up.into_inner() > 0, "somebody ran out of time");
    }

    #[test]
    fn a_lock_is_waited_for_as_long_as_was_said_and_taken_when_it_becomes_free() {
        let lock = Mutex::<RawLock, _>::new(());
        let held = lock.lock();
        assert!(lock.is_locked());
        assert!(lock.try_lock().is_none());
        let begun = std::time::Instant::now();
        assert!(lock.try_lock_for(Duration::from_millis(20)).is_none());
        assert!(begun.elapsed() >= Duration::from_millis(20));
        thread::scope(|scope| {
            let waiter = scope.spawn(|| lock.try_lock_until(Deadline::NEVER).is_some());
            while lock_sleepers(&lock) == 0 {
                thread::yield_now();
            }
            drop(held);
            assert!(waiter.join().unwrap());
        });
        assert!(!lock.is_locked());
    }

    fn lock_sleepers(lock: &Mutex<RawLock, ()>) -> u32 {
        // SAFETY: only looked at.
        unsafe { lock.raw() }.sleepers.load(Ordering::Relaxed)
    }
}
