//! What processes wait for, in shared memory: permits, a flag, a condition. Permits are those between threads.
//!
//! In truth those who wait are told of one who died. That has no model: such a program goes beyond it
//! ([`participants`](crate::primitive::participants)).

use std::io;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use explorer::model::fork::{Beyond, goes_beyond, kept, share_memory};
use explorer::model::parking_lot::{Condvar, Mutex, MutexGuard};

use super::{Abandoned, LockError};
use crate::primitive::participants::{self, Member, in_own_memory};
use crate::primitive::process::getpid;
use crate::primitive::{lane, time::Deadline, time::Duration};
use crate::sync;

/// Somebody could wait for something.
struct Awaited;

impl Member for Awaited {}

/// In shared memory, and known to be waited for.
fn awaited<T: 'static>(make: impl FnOnce() -> T) -> &'static T {
    participants::enter(&Awaited);
    kept(make)
}

#[derive(Clone, Debug)]
pub struct Semaphore(&'static sync::Semaphore);

impl Semaphore {
    pub fn new(permits: usize) -> io::Result<Semaphore> {
        Ok(Semaphore(awaited(|| sync::Semaphore::new(permits))))
    }

    #[track_caller]
    pub fn acquire(&self) -> Result<(), Abandoned> {
        let _shared = share_memory();
        self.0.acquire();
        Ok(())
    }

    #[track_caller]
    pub fn acquire_noting(&self, before_waiting: impl FnOnce()) -> Result<(), Abandoned> {
        let _shared = share_memory();
        self.0.acquire_noting(|| in_own_memory(before_waiting));
        Ok(())
    }

    #[track_caller]
    pub fn try_acquire(&self) -> bool {
        let _shared = share_memory();
        self.0.try_acquire()
    }

    #[track_caller]
    pub fn acquire_timeout(&self, limit: Duration) -> Result<bool, Abandoned> {
        let _shared = share_memory();
        Ok(self.0.acquire_timeout(limit))
    }

    #[track_caller]
    pub fn release(&self) {
        let _shared = share_memory();
        self.0.release();
    }

    #[track_caller]
    pub fn permits(&self) -> usize {
        let _shared = share_memory();
        self.0.permits()
    }

    #[track_caller]
    pub fn permit(&self) -> Result<Permit<'_>, Abandoned> {
        self.acquire()?;
        Ok(Permit(self))
    }
}

#[must_use = "the permit is put back at once if it is not kept"]
#[derive(Debug)]
pub struct Permit<'a>(&'a Semaphore);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}

struct State {
    is_set: bool,
    /// How often it was set: whoever waits for the next time need not be there when it is taken back.
    times: u64,
}

struct Flag {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Clone)]
pub struct Event(&'static Flag);

impl Event {
    pub fn new() -> io::Result<Event> {
        Ok(Event(awaited(|| Flag {
            state: Mutex::new(State {
                is_set: false,
                times: 0,
            }),
            changed: Condvar::new(),
        })))
    }

    #[track_caller]
    pub fn set(&self) {
        let _shared = share_memory();
        let mut state = self.0.state.lock();
        if !state.is_set {
            state.is_set = true;
            state.times += 1;
        }
        drop(state);
        self.0.changed.notify_all();
    }

    #[track_caller]
    pub fn clear(&self) {
        let _shared = share_memory();
        self.0.state.lock().is_set = false;
    }

    #[track_caller]
    pub fn is_set(&self) -> bool {
        let _shared = share_memory();
        self.0.state.lock().is_set
    }

    #[track_caller]
    pub fn wait(&self) -> Result<(), Abandoned> {
        self.wait_until(Deadline::NEVER);
        Ok(())
    }

    #[track_caller]
    pub fn wait_timeout(&self, limit: Duration) -> Result<bool, Abandoned> {
        Ok(self.wait_until(Deadline::after(limit)))
    }

    #[track_caller]
    fn wait_until(&self, deadline: Deadline) -> bool {
        let _shared = share_memory();
        let mut state = self.0.state.lock();
        if state.is_set {
            return true;
        }
        let before = state.times;
        while state.times == before {
            match deadline.left() {
                None => self.0.changed.wait(&mut state),
                Some(left) if self.0.changed.wait_for(&mut state, left).timed_out() => break,
                Some(_) => {}
            }
        }
        state.times != before
    }
}

struct Holding {
    lock: Mutex<()>,
    changed: Condvar,
    /// As for a lock: nobody learns more of it than whether it is himself.
    holder: AtomicU64,
}

impl Member for Holding {
    /// Its lock was forgotten: who takes it next would be told.
    #[track_caller]
    fn has_ended(&self, pid: i32) {
        if self.holder.load(Relaxed) >> 32 == u64::from(pid.unsigned_abs()) {
            goes_beyond(Beyond::DiedSharing);
        }
    }
}

#[derive(Clone)]
pub struct Condition(&'static Holding);

fn own() -> u64 {
    u64::from(getpid().unsigned_abs()) << 32 | (u64::from(lane::own().0) + 1)
}

impl Condition {
    pub fn new() -> io::Result<Condition> {
        let holding = awaited(|| Holding {
            lock: Mutex::new(()),
            changed: Condvar::new(),
            holder: AtomicU64::new(0),
        });
        participants::enter(holding);
        Ok(Condition(holding))
    }

    #[track_caller]
    pub fn lock(&self) -> Result<ConditionGuard<'_>, LockError> {
        let holding = self.0;
        if holding.holder.load(Relaxed) == own() {
            return Err(LockError::HeldByThisThread);
        }
        let _shared = share_memory();
        let guard = holding.lock.lock();
        holding.holder.store(own(), Relaxed);
        Ok(ConditionGuard {
            guard,
            holding,
            here: std::marker::PhantomData,
        })
    }
}

/// Nobody wakes without a notification: the library's own waits do not.
#[must_use = "the lock is released at once if the guard is not kept"]
pub struct ConditionGuard<'a> {
    guard: MutexGuard<'static, ()>,
    holding: &'static Holding,
    here: std::marker::PhantomData<&'a Condition>,
}

impl Drop for ConditionGuard<'_> {
    fn drop(&mut self) {
        self.holding.holder.store(0, Relaxed);
    }
}

impl<'a> ConditionGuard<'a> {
    #[track_caller]
    pub fn wait(mut self) -> Result<ConditionGuard<'a>, Abandoned> {
        let _shared = share_memory();
        self.holding.holder.store(0, Relaxed);
        self.holding.changed.wait(&mut self.guard);
        self.holding.holder.store(own(), Relaxed);
        Ok(self)
    }

    /// True if there was a notification.
    #[track_caller]
    pub fn wait_timeout(
        mut self,
        limit: Duration,
    ) -> Result<(ConditionGuard<'a>, bool), Abandoned> {
        let _shared = share_memory();
        self.holding.holder.store(0, Relaxed);
        let waited = self.holding.changed.wait_for(&mut self.guard, limit);
        self.holding.holder.store(own(), Relaxed);
        Ok((self, !waited.timed_out()))
    }

    #[track_caller]
    pub fn wait_while(
        self,
        mut holds: impl FnMut() -> bool,
    ) -> Result<ConditionGuard<'a>, Abandoned> {
        let mut guard = self;
        while holds() {
            guard = guard.wait()?;
        }
        Ok(guard)
    }

    #[track_caller]
    pub fn wait_while_timeout(
        self,
        limit: Duration,
        mut holds: impl FnMut() -> bool,
    ) -> Result<(ConditionGuard<'a>, bool), Abandoned> {
        let deadline = Deadline::after(limit);
        let mut guard = self;
        while holds() {
            let left = deadline.left().unwrap_or_default();
            let (again, notified) = guard.wait_timeout(left)?;
            guard = again;
            if !notified {
                return Ok((guard, !holds()));
            }
        }
        Ok((guard, true))
    }

    #[track_caller]
    pub fn notify_one(&mut self) {
        let _shared = share_memory();
        self.holding.changed.notify_one();
    }

    #[track_caller]
    pub fn notify_all(&mut self) {
        let _shared = share_memory();
        self.holding.changed.notify_all();
    }
}
