use super::mutex::MutexGuard;
use super::{WaitTimeoutResult, until};
use crate::model::time::Instant;
use crate::model::{machine, sync};
use crate::operation::{Place, Reply};
use std::fmt;
use std::panic::Location;
use std::time::Duration;

/// A condition. Nobody wakes without being notified, not even where spurious wake-ups are asked for.
#[derive(Default)]
pub struct Condvar(sync::Condvar);

impl Condvar {
    /// One nobody waits for.
    pub const fn new() -> Self {
        Self(sync::Condvar::new())
    }

    /// Releases, waits, acquires again.
    #[track_caller]
    pub fn wait<T: ?Sized>(&self, guard: &mut MutexGuard<'_, T>) {
        self.wait_some(guard, None, Location::caller());
    }

    /// Waits while the condition holds.
    #[track_caller]
    pub fn wait_while<T, F>(&self, guard: &mut MutexGuard<'_, T>, mut condition: F)
    where
        T: ?Sized,
        F: FnMut(&mut T) -> bool,
    {
        while condition(guard) {
            self.wait(guard);
        }
    }

    /// Waits, but not for ever.
    #[track_caller]
    pub fn wait_for<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        timeout: Duration,
    ) -> WaitTimeoutResult {
        self.wait_some(guard, Some(timeout), Location::caller())
    }

    /// Waits until a point in time at most.
    #[track_caller]
    pub fn wait_until<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        deadline: Instant,
    ) -> WaitTimeoutResult {
        self.wait_for(guard, until(deadline))
    }

    /// Waits while the condition holds, but not for ever.
    #[track_caller]
    pub fn wait_while_for<T, F>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        mut condition: F,
        timeout: Duration,
    ) -> WaitTimeoutResult
    where
        T: ?Sized,
        F: FnMut(&mut T) -> bool,
    {
        let mut timed_out = false;
        while condition(guard) {
            if timed_out {
                return WaitTimeoutResult(true);
            }
            timed_out = self.wait_for(guard, timeout).timed_out();
        }
        WaitTimeoutResult(false)
    }

    /// Waits while the condition holds, until a point in time at most.
    #[track_caller]
    pub fn wait_while_until<T, F>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        condition: F,
        deadline: Instant,
    ) -> WaitTimeoutResult
    where
        T: ?Sized,
        F: FnMut(&mut T) -> bool,
    {
        self.wait_while_for(guard, condition, until(deadline))
    }

    fn wait_some<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        timeout: Option<Duration>,
        place: Place,
    ) -> WaitTimeoutResult {
        let Some(held) = guard.held.take() else {
            unreachable!("nobody has a guard while it waits")
        };
        let spurious = spurious(0);
        let (held, reply) = self.0.wait_some(held, timeout, place);
        self::spurious(spurious);
        guard.held = Some(held);
        WaitTimeoutResult(reply == Reply::TimedOut)
    }

    /// Wakes one of the waiting; whether there was one.
    #[track_caller]
    pub fn notify_one(&self) -> bool {
        self.0.notify(false, Location::caller()) > 0
    }

    /// Wakes all of the waiting; how many there were.
    #[track_caller]
    pub fn notify_all(&self) -> usize {
        self.0.notify(true, Location::caller())
    }
}

/// Leaves the running thread so many spurious wake-ups; how many it had.
fn spurious(left: u8) -> u8 {
    let machine = machine();
    machine.with(|inner| {
        let slot = inner.world.threads.get_mut(machine.running());
        slot.map_or(0, |slot| std::mem::replace(&mut slot.spurious, left))
    })
}

impl fmt::Debug for Condvar {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad("Condvar { .. }")
    }
}
