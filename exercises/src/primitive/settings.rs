//! What a run is asked for: how fast time goes, how much the schedule is shaken, which random
//! choices are made.
//!
//! Plain words of the process, so that a forked child has what its parent had.

use super::atomic::{AtomicU64, Ordering};
use super::time::Duration;
use recorder::current;
use std::cell::RefCell;

/// So often is done what goes wrong by luck alone, for it to go wrong usually. Where every order is tried, once is enough.
pub const OFTEN: u32 = 100;

/// The environment variable that sets the time scale where nobody calls [`set_time_scale`]
/// (notebooks).
pub const TIME_SCALE_VARIABLE: &str = "WEFT_TIME_SCALE";

const UNSET: u64 = u64::MAX;
static TIME_SCALE: AtomicU64 = AtomicU64::new(UNSET);
static SHAKE_MS: AtomicU64 = AtomicU64::new(0);
static SEED: AtomicU64 = AtomicU64::new(0);
static EPOCH: AtomicU64 = AtomicU64::new(0);

/// The factor on every sleep and time-out: 1 unless set here or by `WEFT_TIME_SCALE`.
pub fn time_scale() -> f64 {
    match TIME_SCALE.load(Ordering::Relaxed) {
        UNSET => {
            let scale = std::env::var(TIME_SCALE_VARIABLE)
                .ok()
                .and_then(|text| text.trim().parse().ok())
                .filter(|scale| is_scale(*scale))
                .unwrap_or(1.0);
            TIME_SCALE.store(f64::to_bits(scale), Ordering::Relaxed);
            scale
        }
        bits => f64::from_bits(bits),
    }
}

/// Sets the factor. A value that is no factor (negative, infinite, not a number) counts as 1.
pub fn set_time_scale(scale: f64) {
    let scale = if is_scale(scale) { scale } else { 1.0 };
    TIME_SCALE.store(scale.to_bits(), Ordering::Relaxed);
}

fn is_scale(scale: f64) -> bool {
    scale.is_finite() && scale >= 0.0
}

/// The longest random delay, in milliseconds; 0 = none.
pub fn shake_ms() -> u64 {
    SHAKE_MS.load(Ordering::Relaxed)
}

/// Sets the longest random delay. Not subject to the time scale.
pub fn set_shake_ms(limit: u64) {
    SHAKE_MS.store(limit, Ordering::Relaxed);
}

/// The seed of the random choices.
pub fn seed() -> u64 {
    SEED.load(Ordering::Relaxed)
}

/// Sets the seed. Threads draw their delays from it and their lane's number.
pub fn set_seed(seed: u64) {
    SEED.store(seed, Ordering::Relaxed);
    EPOCH.fetch_add(1, Ordering::Relaxed);
}

struct Dice {
    made_for: (u64, u32, u32),
    generator: fastrand::Rng,
}

thread_local! {
    static DICE: RefCell<Option<Dice>> = const { RefCell::new(None) };
}

/// A random delay of 0 to [`shake_ms`] milliseconds. Every call of the library does this once or
/// twice.
#[inline]
pub fn shake() {
    let limit = shake_ms();
    if limit != 0 {
        delay(limit);
    }
}

#[cold]
fn delay(limit_ms: u64) {
    let made_for = (
        EPOCH.load(Ordering::Relaxed),
        std::process::id(),
        current::lane().0,
    );
    let drawn = DICE.try_with(|dice| {
        // A signal handler of the student's might come back in here: then there is no delay, and no
        // panic.
        let mut dice = dice.try_borrow_mut().ok()?;
        if dice.as_ref().is_none_or(|dice| dice.made_for != made_for) {
            let seed = seed() ^ (u64::from(made_for.2) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            *dice = Some(Dice {
                made_for,
                generator: fastrand::Rng::with_seed(seed),
            });
        }
        dice.as_mut()
            .map(|dice| dice.generator.u64(0..=limit_ms.saturating_mul(1000)))
    });
    if let Ok(Some(micros)) = drawn
        && micros != 0
    {
        std::thread::sleep(Duration::from_micros(micros));
    }
}
