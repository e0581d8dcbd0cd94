//! Random delays at every call of this library, so that what only works by luck fails.
//!
//! A delay is a wait on a condition that nobody signals, not a sleep: a task may forbid sleeping.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::Duration;

static MOST_US: AtomicU32 = AtomicU32::new(0);
static SEED: AtomicU64 = AtomicU64::new(0);
static THREADS: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// What is drawn from, and the process it was made for: a forked child has the one its parent had, and brothers
    /// would wait for the same times.
    static STATE: Cell<(u64, u32)> = const { Cell::new((0, 0)) };
}

pub(crate) fn set(seed: u64, most_us: u32) {
    SEED.store(seed, Ordering::Relaxed);
    MOST_US.store(most_us, Ordering::Relaxed);
    THREADS.store(0, Ordering::Relaxed);
    STATE.set((0, 0));
}

fn next() -> u64 {
    // A thread that is being torn down draws nothing.
    STATE
        .try_with(|state| {
            let (mut x, made_for) = state.get();
            let process = std::process::id();
            if x == 0 || made_for != process {
                let of = match x {
                    0 => THREADS.fetch_add(1, Ordering::Relaxed) + 1,
                    _ => u64::from(process) << 32,
                };
                x = SEED.load(Ordering::Relaxed) ^ of.wrapping_mul(0x9E37_79B9_7F4A_7C15);
                x |= 1;
            }
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            state.set((x, process));
            x.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
        })
        .unwrap_or(0)
}

/// Waits 0 to so many microseconds; half of the time not at all.
pub(crate) fn shake() {
    let most = MOST_US.load(Ordering::Relaxed);
    if most == 0 {
        return;
    }
    let drawn = next();
    if drawn & 1 == 0 {
        return;
    }
    let delay = Duration::from_micros((drawn >> 1) % u64::from(most));
    let (lock, nobody) = (Mutex::new(()), Condvar::new());
    let guard = lock.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let _ = nobody.wait_timeout(guard, delay);
}
