use crate::primitive::identity::Identity;
use crate::primitive::lock::{Condvar, Mutex};
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, Object, ObjectKind};

/// A flag that threads can wait for.
///
/// Once set, it stays set and everybody passes, until somebody clears it.
///
/// | | difference |
/// |---|---|
/// | std | has none; a `Condvar` with a `Mutex<bool>` does it, a `Condvar` alone does not (it forgets) |
/// | parking_lot, crossbeam | have none (`crossbeam::sync::Parker` is for one thread and takes its token away) |
/// | Python's `threading.Event` | the same calls; whoever is waiting when it is set passes there, even if it is cleared right after; `wait` there says whether it was set, here only [`wait_timeout`](Event::wait_timeout) can come back without it |
///
/// **Order.** What was done before [`set`](Event::set) is seen by whoever passed a wait because of it.
/// Setting an event that is set changes nothing. Setting and clearing at once may let nobody pass: who
/// was waiting looks again and finds it cleared (not so with [`process::Event`](crate::process::Event)).
/// To wake *one* thread, take a [`Semaphore`](super::Semaphore) or a [`Condition`](super::Condition); an
/// event always lets all pass.
///
/// ```
/// use exercises::primitive::thread;
/// use exercises::sync::Event;
///
/// let ready = Event::new();
/// thread::scope(|s| {
///     s.spawn(Some("waiter"), || ready.wait());
///     ready.set();
/// });
/// assert!(ready.is_set());
/// ```
#[derive(Debug)]
pub struct Event {
    identity: Identity,
    set: Mutex<bool>,
    changed: Condvar,
}

impl Event {
    /// A flag that is not set. May be a `static`.
    pub const fn new() -> Event {
        Event {
            identity: Identity::new(ObjectKind::Event),
            set: Mutex::quiet(false),
            changed: Condvar::quiet(),
        }
    }

    /// Sets the flag and wakes everybody who waits for it.
    #[track_caller]
    pub fn set(&self) {
        self.identity.shake();
        let mut set = self.set.lock();
        self.identity.emit(Kind::Signal);
        *set = true;
        drop(set);
        self.changed.notify_all();
        self.identity.shake();
    }

    /// Takes the flag back.
    #[track_caller]
    pub fn clear(&self) {
        self.identity.shake();
        *self.set.lock() = false;
    }

    /// Whether it is set right now.
    #[track_caller]
    pub fn is_set(&self) -> bool {
        *self.set.lock()
    }

    /// Waits until the flag is set.
    #[track_caller]
    pub fn wait(&self) {
        self.wait_until(Deadline::NEVER);
    }

    /// Waits at most so long; true if the flag was set.
    #[track_caller]
    pub fn wait_timeout(&self, limit: Duration) -> bool {
        self.wait_until(Deadline::after(limit))
    }

    #[track_caller]
    fn wait_until(&self, deadline: Deadline) -> bool {
        self.identity.shake();
        let mut set = self.set.lock();
        if !*set {
            self.identity.emit(Kind::WaitBegin);
            while !*set && !self.changed.wait_until(&mut set, deadline) {}
            self.identity.emit(Kind::WaitEnd);
        }
        if *set {
            self.identity.emit(Kind::Acquire);
        }
        *set
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.identity.object()
    }
}

impl Default for Event {
    fn default() -> Event {
        Event::new()
    }
}
