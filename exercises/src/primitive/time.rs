//! The monotonic clock, and durations as an exercise means them.

use super::settings;
use nix::poll::PollTimeout;
pub use std::time::{Duration, Instant};

/// A duration as the time scale makes it. Library calls do this with whatever they are given.
pub fn scaled(duration: Duration) -> Duration {
    let scale = settings::time_scale();
    if scale == 1.0 {
        return duration;
    }
    Duration::try_from_secs_f64(duration.as_secs_f64() * scale).unwrap_or(Duration::MAX)
}

/// Seconds since 1970, by the clock on the wall (which somebody may set): for lessons that tell the
/// time, not for measuring it.
pub fn since_epoch() -> f64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0.0, |passed| passed.as_secs_f64())
}

/// The end of a bounded wait.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    /// Never.
    pub const NEVER: Deadline = Deadline(None);

    /// So long from now, by the time scale. Too far to be counted is never.
    pub fn after(duration: Duration) -> Deadline {
        Deadline::after_unscaled(scaled(duration))
    }

    /// So long from now by the clock on the wall: for bounds that are not the exercise's.
    pub fn after_unscaled(duration: Duration) -> Deadline {
        Deadline(Instant::now().checked_add(duration))
    }

    /// The moment; none for never.
    pub fn instant(self) -> Option<Instant> {
        self.0
    }

    /// What is left; none for never.
    pub fn left(self) -> Option<Duration> {
        self.0
            .map(|end| end.saturating_duration_since(Instant::now()))
    }

    /// What is left, for `poll`. Rounded up, or the last millisecond would be a busy loop; a day at a
    /// time is enough.
    pub(super) fn for_poll(self) -> PollTimeout {
        match self.left() {
            None => PollTimeout::NONE,
            Some(left) => {
                let millis = left.as_nanos().div_ceil(1_000_000).min(86_400_000) as i32;
                PollTimeout::try_from(millis).unwrap_or(PollTimeout::MAX)
            }
        }
    }

    /// Whether it is over.
    pub fn is_over(self) -> bool {
        self.left().is_some_and(|left| left.is_zero())
    }

    /// What is left, at most so much.
    pub fn slice(self, most: Duration) -> Duration {
        self.left().map_or(most, |left| left.min(most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_far_deadline_is_never_and_a_near_one_is_over() {
        assert!(Deadline::after_unscaled(Duration::MAX).left().is_none());
        assert!(!Deadline::NEVER.is_over());
        assert!(Deadline::after_unscaled(Duration::ZERO).is_over());
        assert_eq!(
            Deadline::NEVER.slice(Duration::from_millis(3)),
            Duration::from_millis(3)
        );
    }
}
