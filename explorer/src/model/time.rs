//! Virtual time: a clock a thread, moved by sleeping alone.
use super::machine;
use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};
pub use std::time::{Duration, TryFromFloatSecsError};

/// A point in virtual time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(u64);

impl Instant {
    /// The thread's clock.
    #[must_use]
    pub fn now() -> Self {
        let machine = machine();
        let running = machine.running();
        Self(machine.with(|inner| inner.world.read_clock(running)))
    }

    /// How long ago that was.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        Self::now().duration_since(*self)
    }

    /// The time between, zero if the other is later.
    #[must_use]
    pub fn duration_since(&self, earlier: Self) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }

    /// The same.
    #[must_use]
    pub fn saturating_duration_since(&self, earlier: Self) -> Duration {
        self.duration_since(earlier)
    }

    /// The time between, if the other is not later.
    #[must_use]
    pub fn checked_duration_since(&self, earlier: Self) -> Option<Duration> {
        self.0.checked_sub(earlier.0).map(Duration::from_nanos)
    }

    /// So much later, if there is such a point.
    #[must_use]
    pub fn checked_add(&self, duration: Duration) -> Option<Self> {
        self.0.checked_add(nanoseconds(duration)).map(Self)
    }

    /// So much earlier, if there is such a point.
    #[must_use]
    pub fn checked_sub(&self, duration: Duration) -> Option<Self> {
        self.0.checked_sub(nanoseconds(duration)).map(Self)
    }
}

impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Self) -> Duration {
        self.duration_since(earlier)
    }
}

/// A date in virtual time: every execution begins at the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SystemTime(Duration);

/// The other date is later.
#[derive(Debug, Clone)]
pub struct SystemTimeError(Duration);

impl SystemTimeError {
    /// By so much.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.0
    }
}

impl fmt::Display for SystemTimeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("second time provided was later than self")
    }
}

impl std::error::Error for SystemTimeError {}

/// 1970.
pub const UNIX_EPOCH: SystemTime = SystemTime::UNIX_EPOCH;

/// 2025, in seconds since 1970.
const BEGINNING: u64 = 1_735_689_600;

impl SystemTime {
    /// 1970.
    pub const UNIX_EPOCH: Self = Self(Duration::ZERO);

    /// The thread's clock.
    #[must_use]
    pub fn now() -> Self {
        Self(Duration::from_secs(BEGINNING) + Duration::from_nanos(Instant::now().0))
    }

    /// The time between, an error if the other is later.
    pub fn duration_since(&self, earlier: Self) -> Result<Duration, SystemTimeError> {
        self.0
            .checked_sub(earlier.0)
            .ok_or_else(|| SystemTimeError(earlier.0.saturating_sub(self.0)))
    }

    /// How long ago that was.
    pub fn elapsed(&self) -> Result<Duration, SystemTimeError> {
        Self::now().duration_since(*self)
    }

    /// So much later, if there is such a date.
    #[must_use]
    pub fn checked_add(&self, duration: Duration) -> Option<Self> {
        self.0.checked_add(duration).map(Self)
    }

    /// So much earlier, if there is such a date.
    #[must_use]
    pub fn checked_sub(&self, duration: Duration) -> Option<Self> {
        self.0.checked_sub(duration).map(Self)
    }
}

macro_rules! moved {
    ($($point:ident)*) => {
        $(
            impl Add<Duration> for $point {
                type Output = Self;

                fn add(self, duration: Duration) -> Self {
                    match self.checked_add(duration) {
                        Some(point) => point,
                        None => panic!("overflow when adding duration to instant"),
                    }
                }
            }

            impl Sub<Duration> for $point {
                type Output = Self;

                fn sub(self, duration: Duration) -> Self {
                    match self.checked_sub(duration) {
                        Some(point) => point,
                        None => panic!("overflow when subtracting duration from instant"),
                    }
                }
            }

            impl AddAssign<Duration> for $point {
                fn add_assign(&mut self, duration: Duration) {
                    *self = *self + duration;
                }
            }

            impl SubAssign<Duration> for $point {
                fn sub_assign(&mut self, duration: Duration) {
                    *self = *self - duration;
                }
            }
        )*
    };
}

moved!(Instant SystemTime);

pub(super) fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
