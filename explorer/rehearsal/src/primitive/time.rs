//! Virtual time: each thread has a clock, moved by its own sleeping and waiting.

pub use explorer::model::time::{Duration, Instant};
use explorer::model::time::{SystemTime, UNIX_EPOCH};

/// By the thread's clock: every execution begins on the same day.
pub fn since_epoch() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0.0, |passed| passed.as_secs_f64())
}

#[derive(Clone, Copy, Debug)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    pub const NEVER: Deadline = Deadline(None);

    pub fn after(duration: Duration) -> Deadline {
        Deadline(Instant::now().checked_add(duration))
    }

    pub fn after_unscaled(duration: Duration) -> Deadline {
        Deadline::after(duration)
    }

    pub fn instant(self) -> Option<Instant> {
        self.0
    }

    pub fn left(self) -> Option<Duration> {
        self.0
            .map(|end| end.saturating_duration_since(Instant::now()))
    }

    pub fn is_over(self) -> bool {
        self.left().is_some_and(|left| left.is_zero())
    }
}
