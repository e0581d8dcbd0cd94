use super::acquire::acquire;
use super::lock::LockError;
use crate::primitive::atomic::{AtomicU64, Ordering};
use crate::primitive::participants::{Body, Handle, LOOK_AGAIN, Roles, Seat};
use crate::primitive::robust::{Abandoned, Outcome, RobustGuard, RobustMutex};
use crate::primitive::settings::shake;
use crate::primitive::shared::{Changes, Shareable};
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, Object, ObjectKind};
use std::fmt;
use std::io;

/// Waiting, between processes, until something holds: a lock, and notifications to those who wait.
///
/// The condition has no value of its own. What is waited for lies in shared memory beside it (a
/// [`Value`](super::Value), an [`Array`](super::Array)), is changed under the condition's lock, and
/// looked at again after each notification: [`wait_while`](ConditionGuard::wait_while) does that. A
/// notification that comes while nobody waits is lost.
///
/// A plain [`wait`](ConditionGuard::wait) returns only for a notification that was given after it
/// began, each one wakes one waiter, and those who came later cannot snatch it from those who were
/// there. (So there are no spurious wake-ups; still, wait with a predicate, for another process may
/// have changed things before the lock is yours again.)
///
/// **If a process that has the condition dies** (is killed, panics), those who wait get [`Abandoned`]
/// within a second: it may have been the one that was to notify. So do all who wait later, until
/// somebody [`recover`](Condition::recover)s. If it died while it *held the lock*, the next one to lock
/// is told as well, once ([`LockError::Abandoned`]): what the lock protects may be half changed.
///
/// | | difference |
/// |---|---|
/// | `std::sync::Condvar`, parking_lot | for the threads of one process; the guard is passed by value or by reference, as here by value |
/// | crossbeam, nix | have none; POSIX has `pthread_cond_t`, which a killed waiter can damage |
/// | Python's `multiprocessing.Condition` | the same calls (`wait`, `wait_for`, `notify`, `notify_all`); `notify` without the lock is an error at run time (here there is no guard then); waits for ever for a killed process |
///
/// ```
/// use exercises::process::{Condition, Process, Value};
///
/// let (changed, cups) = (Condition::new().unwrap(), Value::new(0u32).unwrap());
/// let mut cook = Process::new("cook", { let (changed, cups) = (changed.clone(), cups.clone()); move || {
///     for _ in 0..3 {
///         let mut held = changed.lock().unwrap();
///         cups.fetch_add(1);
///         held.notify_all();
///     }
/// }});
/// cook.start().unwrap();
/// let held = changed.lock().unwrap().wait_while(|| cups.get() < 3).unwrap();
/// assert_eq!(cups.get(), 3);
/// drop(held);
/// cook.join().unwrap();
/// ```
#[derive(Clone)]
pub struct Condition {
    handle: Handle<ConditionBody>,
}

/// The counts are changed under the mutex only; they are atomic to be read without it.
///
/// A process that is killed in the middle can leave `waiting` too high (a notification is then kept
/// for nobody), never too low (one would be lost).
#[repr(C)]
struct ConditionBody {
    mutex: RobustMutex,
    /// How many wait.
    waiting: AtomicU64,
    /// The number of the next one to wait.
    next: AtomicU64,
    /// Those with a smaller number were there at the last notification.
    called: AtomicU64,
    /// Notifications that are given and not yet taken.
    given: AtomicU64,
    changes: Changes,
}

// SAFETY: atomics and a process-shared mutex.
unsafe impl Shareable for ConditionBody {}

impl Body for ConditionBody {
    fn settle(&self) -> io::Result<()> {
        // SAFETY: called at the final address, before anybody knows it.
        unsafe { self.mutex.settle() }
    }

    fn wake_all(&self) {
        self.changes.announce_to_all();
    }
}

impl ConditionBody {
    /// Whether there is a notification that the waiter with this number may take.
    fn may_go(&self, number: u64) -> bool {
        self.given.load(Ordering::Acquire) > 0 && number < self.called.load(Ordering::Acquire)
    }
}

impl Condition {
    /// A condition with a free lock, shared with every process forked from now on.
    pub fn new() -> io::Result<Condition> {
        let body = ConditionBody {
            mutex: RobustMutex::unsettled(),
            waiting: AtomicU64::new(0),
            next: AtomicU64::new(0),
            called: AtomicU64::new(0),
            given: AtomicU64::new(0),
            changes: Changes::new(),
        };
        Ok(Condition {
            handle: Handle::new(ObjectKind::Condition, body, Roles::BOTH)?,
        })
    }

    /// Waits until the condition's lock is free and takes it. Errors as for
    /// [`Lock::lock`](super::Lock::lock).
    pub fn lock(&self) -> Result<ConditionGuard<'_>, LockError> {
        shake();
        self.handle.touch(Roles::BOTH);
        let mutex = &self.handle.body().mutex;
        match acquire(&self.handle, mutex, Deadline::NEVER) {
            Outcome::Locked(inner) => {
                self.handle.emit(Kind::Acquire);
                Ok(ConditionGuard {
                    inner: Some(inner),
                    condition: self,
                })
            }
            Outcome::Inherited(_released, abandoned) => Err(abandoned.into()),
            Outcome::Own | Outcome::Busy => Err(LockError::HeldByThisThread),
        }
    }

    /// How many wait right now.
    pub fn waiting(&self) -> usize {
        self.handle.body().waiting.load(Ordering::Acquire) as usize
    }

    /// Says that the notifications will come although somebody died: the others wait again. Gives the
    /// number of the dead. To be called without the lock.
    pub fn recover(&self) -> usize {
        let body = self.handle.body();
        let _held = body.mutex.enter();
        self.handle.table().look_for_dead();
        for seat in self.handle.table().others().filter(|seat| seat.is_news()) {
            // They wait no longer.
            let gone = u64::try_from(seat.balance.swap(0, Ordering::AcqRel)).unwrap_or(0);
            let waiting = body.waiting.load(Ordering::Acquire);
            body.waiting
                .store(waiting.saturating_sub(gone), Ordering::Release);
        }
        self.handle.forgive()
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.handle.object()
    }
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condition")
            .field("waiting", &self.waiting())
            .finish_non_exhaustive()
    }
}

/// The hold on the lock of a [`Condition`]: to wait and to notify, one must have it. It stays in its
/// thread.
#[must_use = "the lock is released at once if the guard is not kept"]
#[derive(Debug)]
pub struct ConditionGuard<'a> {
    inner: Option<RobustGuard<'a>>,
    condition: &'a Condition,
}

impl<'a> ConditionGuard<'a> {
    /// Releases the lock, waits for a notification, and takes the lock again. In case of an error the
    /// lock is free.
    pub fn wait(self) -> Result<ConditionGuard<'a>, Abandoned> {
        Ok(self.wait_until(Deadline::NEVER)?.0)
    }

    /// Waits for a notification at most so long; true if there was one.
    pub fn wait_timeout(self, limit: Duration) -> Result<(ConditionGuard<'a>, bool), Abandoned> {
        self.wait_until(Deadline::after(limit))
    }

    /// Waits as long as this holds, looking again after each notification. It is asked only while the
    /// lock is held.
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

    /// Waits as long as this holds, at most so long; true if it no longer does.
    pub fn wait_while_timeout(
        self,
        limit: Duration,
        mut holds: impl FnMut() -> bool,
    ) -> Result<(ConditionGuard<'a>, bool), Abandoned> {
        let deadline = Deadline::after(limit);
        let mut guard = self;
        while holds() {
            let (again, notified) = guard.wait_until(deadline)?;
            guard = again;
            if !notified {
                return Ok((guard, !holds()));
            }
        }
        Ok((guard, true))
    }

    /// Wakes one of those who wait, if anybody does.
    pub fn notify_one(&mut self) {
        self.notify(1);
    }

    /// Wakes all who wait.
    pub fn notify_all(&mut self) {
        self.notify(u64::MAX);
    }

    fn notify(&mut self, most: u64) {
        shake();
        let condition = self.condition;
        condition.handle.emit(Kind::Signal);
        let body = condition.handle.body();
        let (waiting, given) = (
            body.waiting.load(Ordering::Acquire),
            body.given.load(Ordering::Acquire),
        );
        body.called
            .store(body.next.load(Ordering::Acquire), Ordering::Release);
        body.given
            .store(waiting.min(given.saturating_add(most)), Ordering::Release);
        // All of them look; only those who may go take the lock.
        body.changes.announce_to_all();
    }

    fn wait_until(mut self, deadline: Deadline) -> Result<(ConditionGuard<'a>, bool), Abandoned> {
        shake();
        let condition = self.condition;
        let (body, seat) = (condition.handle.body(), condition.handle.touch(Roles::BOTH));
        let number = body.next.load(Ordering::Acquire);
        body.waiting.fetch_add(1, Ordering::AcqRel);
        change(seat, 1);
        body.next.store(number + 1, Ordering::Release);

        condition.handle.emit(Kind::Release);
        drop(self.inner.take());
        // It has nothing left to release.
        std::mem::forget(self);
        condition.handle.emit(Kind::WaitBegin);
        let (inner, notified, slept, died_with_lock) = loop {
            let slept = condition.sleep(number, deadline);
            let (inner, died_with_lock) = match body.mutex.lock_until(Deadline::NEVER) {
                Outcome::Locked(inner) => (inner, None),
                Outcome::Inherited(inner, abandoned) => (inner, Some(abandoned)),
                // This thread gave it back above: it can have it neither itself nor in vain.
                Outcome::Own | Outcome::Busy => return Err(Abandoned { pid: 0 }),
            };
            let notified = body.may_go(number);
            // Not yet, if another one was faster to take the notification that ended the sleep.
            if notified || slept.is_err() || died_with_lock.is_some() || deadline.is_over() {
                break (inner, notified, slept, died_with_lock);
            }
        };
        condition.handle.emit(Kind::WaitEnd);
        if notified {
            body.given.fetch_sub(1, Ordering::AcqRel);
        }
        change(seat, -1);
        let waiting = body.waiting.load(Ordering::Acquire).saturating_sub(1);
        body.waiting.store(waiting, Ordering::Release);
        // Never more are given than there are who could take them.
        body.given.fetch_min(waiting, Ordering::AcqRel);
        if let Some(abandoned) = died_with_lock {
            return Err(abandoned);
        }
        if !notified {
            slept?;
        }
        condition.handle.emit(Kind::Acquire);
        shake();
        let guard = ConditionGuard {
            inner: Some(inner),
            condition,
        };
        Ok((guard, notified))
    }
}

fn change(seat: Option<&Seat>, by: i64) {
    if let Some(seat) = seat {
        seat.balance.fetch_add(by, Ordering::AcqRel);
    }
}

impl Condition {
    /// Sleeps, without the lock, until there is a reason to take it again.
    fn sleep(&self, number: u64, deadline: Deadline) -> Result<(), Abandoned> {
        let body = self.handle.body();
        loop {
            let ticket = body.changes.ticket();
            let casualty = self.handle.casualty();
            if body.may_go(number) {
                return Ok(());
            }
            if let Some(abandoned) = casualty {
                return Err(abandoned);
            }
            if deadline.is_over() {
                return Ok(());
            }
            if !body.changes.sleep(ticket, deadline.slice(LOOK_AGAIN)) {
                self.handle.table().look_for_dead();
            }
        }
    }
}

impl Drop for ConditionGuard<'_> {
    fn drop(&mut self) {
        // Written down before the lock is free.
        self.condition.handle.emit(Kind::Release);
        drop(self.inner.take());
        shake();
    }
}
