use super::mutex::MutexGuard;
use crate::execution::Tag;
use crate::model::{machine, time::nanoseconds};
use crate::operation::{ObjectId, Operation, Place, Reply};
use crate::world::Object;
use std::fmt;
use std::panic::Location;
use std::sync::{LockResult, PoisonError};
use std::time::Duration;

/// A condition. Any of the waiting may be woken by `notify_one`.
#[derive(Default)]
pub struct Condvar {
    tag: Tag,
}

/// Whether a wait ended by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitTimeoutResult(pub(in crate::model) bool);

impl WaitTimeoutResult {
    /// It did.
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    /// One nobody waits for.
    pub const fn new() -> Self {
        Self { tag: Tag::new() }
    }

    fn id(&self) -> ObjectId {
        machine().object(&self.tag, Object::condvar)
    }

    /// Releases, waits, acquires again.
    #[track_caller]
    pub fn wait<'a, T: ?Sized>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        machine().with(|inner| inner.world.waits = true);
        match self.wait_some(guard, None, Location::caller()) {
            (guard, Reply::Poisoned) => Err(PoisonError::new(guard)),
            (guard, _) => Ok(guard),
        }
    }

    /// Waits while the condition holds.
    #[track_caller]
    pub fn wait_while<'a, T, F>(
        &self,
        guard: MutexGuard<'a, T>,
        mut condition: F,
    ) -> LockResult<MutexGuard<'a, T>>
    where
        T: ?Sized,
        F: FnMut(&mut T) -> bool,
    {
        let mut guard = guard;
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// Waits, but not for ever.
    #[track_caller]
    pub fn wait_timeout<'a, T: ?Sized>(
        &self,
        guard: MutexGuard<'a, T>,
        duration: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        match self.wait_some(guard, Some(duration), Location::caller()) {
            (guard, Reply::Poisoned) => Err(PoisonError::new((guard, WaitTimeoutResult(false)))),
            (guard, reply) => Ok((guard, WaitTimeoutResult(reply == Reply::TimedOut))),
        }
    }

    /// Waits while the condition holds, but not for ever.
    #[track_caller]
    pub fn wait_timeout_while<'a, T, F>(
        &self,
        guard: MutexGuard<'a, T>,
        duration: Duration,
        mut condition: F,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>
    where
        T: ?Sized,
        F: FnMut(&mut T) -> bool,
    {
        let mut guard = guard;
        loop {
            if !condition(&mut guard) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            let (again, result) = self.wait_timeout(guard, duration)?;
            guard = again;
            if result.timed_out() {
                let holds = condition(&mut guard);
                return Ok((guard, WaitTimeoutResult(holds)));
            }
        }
    }

    pub(in crate::model) fn wait_some<'a, T: ?Sized>(
        &self,
        guard: MutexGuard<'a, T>,
        duration: Option<Duration>,
        place: Place,
    ) -> (MutexGuard<'a, T>, Reply) {
        let machine = machine();
        let condvar = self.id();
        let (data, mutex, looked) = guard.give_up();
        machine.announce(
            Operation::Wait {
                condvar,
                mutex,
                looked,
            },
            place,
        );
        machine.set_timeout(duration.map(nanoseconds));
        let reply = machine.announce(
            Operation::Wake {
                condvar,
                mutex,
                timed: duration.is_some(),
            },
            place,
        );
        machine.set_timeout(None);
        let guard = data
            .guard(mutex, place, Reply::Done)
            .unwrap_or_else(PoisonError::into_inner);
        (guard, reply)
    }

    /// Wakes one of the waiting.
    #[track_caller]
    pub fn notify_one(&self) {
        self.notify(false, Location::caller());
    }

    /// Wakes all of them.
    #[track_caller]
    pub fn notify_all(&self) {
        self.notify(true, Location::caller());
    }

    /// Wakes one or all of the waiting; how many that were.
    pub(in crate::model) fn notify(&self, all: bool, place: Place) -> usize {
        let (machine, id) = (machine(), self.id());
        let operation = if all {
            Operation::NotifyAll(id)
        } else {
            Operation::NotifyOne(id)
        };
        match machine.announce(operation, place) {
            Reply::Done => machine.with(|inner| inner.world.notified_by(machine.running())),
            _ => 0,
        }
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Condvar").finish_non_exhaustive()
    }
}
