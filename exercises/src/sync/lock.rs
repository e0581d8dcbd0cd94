use crate::primitive::identity::Identity;
use crate::primitive::lock::{Condvar, Mutex};
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, Object, ObjectKind};

/// A lock was released that nobody holds: a bug in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the lock was released, but nobody holds it: release it once for each acquire")]
pub struct NotHeld;

/// A lock without an owner and without a value: Python's `threading.Lock`.
///
/// It guards a stretch of code, not a value, and **any thread may release it**, not only the one that
/// acquired it. Both make mistakes easy (a forgotten release, a value reached without the lock), so
/// in Rust take [`Mutex`](super::Mutex) unless you translate a Python program or really need to
/// release elsewhere.
///
/// | | guards | who releases | again in the same thread |
/// |---|---|---|---|
/// | [`Mutex`](super::Mutex) | a value | its guard, which stays in its thread | waits for ever |
/// | [`ReentrantLock`](super::ReentrantLock) | a value, read-only | its guards, which stay in their thread | goes on at once |
/// | `Lock` | nothing | anybody, by [`release`](Lock::release) | waits until somebody releases |
/// | Python's `Lock` | nothing | anybody | waits until somebody releases |
/// | Python's `RLock` | nothing | its owner, else `RuntimeError` | goes on at once |
///
/// std and crossbeam have none. `parking_lot::RawMutex` is one, but its `unlock` is unsafe; this one
/// gives [`NotHeld`] where Python raises `RuntimeError`.
///
/// **Order.** What was done before a `release` is seen after the `acquire` that it let through. There
/// is no order among those who wait. **No poisoning:** a panic leaves the lock as it is; with
/// [`hold`](Lock::hold) it is released.
///
/// ```
/// use exercises::primitive::thread;
/// use exercises::primitive::time::Duration;
/// use exercises::sync::{Lock, NotHeld};
///
/// let lock = Lock::new();
/// lock.acquire();
/// assert!(!lock.acquire_timeout(Duration::from_millis(1)));
/// thread::scope(|s| _ = s.spawn(Some("another"), || lock.release().unwrap()));
/// assert_eq!(lock.release(), Err(NotHeld));
/// ```
#[derive(Debug)]
pub struct Lock {
    identity: Identity,
    held: Mutex<bool>,
    released: Condvar,
}

impl Lock {
    /// A free lock. May be a `static`.
    pub const fn new() -> Lock {
        Lock {
            identity: Identity::new(ObjectKind::Lock),
            held: Mutex::quiet(false),
            released: Condvar::quiet(),
        }
    }

    /// Waits until the lock is free and takes it.
    #[track_caller]
    pub fn acquire(&self) {
        self.take(Deadline::NEVER);
    }

    /// Takes the lock if it is free.
    #[track_caller]
    pub fn try_acquire(&self) -> bool {
        self.identity.shake();
        let mut held = self.held.lock();
        let taken = !*held;
        if taken {
            *held = true;
            self.identity.emit(Kind::Acquire);
        }
        taken
    }

    /// Takes the lock if it becomes free in this time.
    #[track_caller]
    pub fn acquire_timeout(&self, limit: Duration) -> bool {
        self.take(Deadline::after(limit))
    }

    #[track_caller]
    fn take(&self, deadline: Deadline) -> bool {
        self.identity.shake();
        let mut held = self.held.lock();
        if *held {
            self.identity.emit(Kind::WaitBegin);
            while *held && !self.released.wait_until(&mut held, deadline) {}
            self.identity.emit(Kind::WaitEnd);
            if *held {
                return false;
            }
        }
        *held = true;
        self.identity.emit(Kind::Acquire);
        true
    }

    /// Releases the lock, whoever has it; an error, and no change, if nobody has.
    #[track_caller]
    pub fn release(&self) -> Result<(), NotHeld> {
        self.identity.shake();
        let mut held = self.held.lock();
        if !*held {
            return Err(NotHeld);
        }
        self.identity.emit(Kind::Release);
        *held = false;
        drop(held);
        self.released.notify_one();
        self.identity.shake();
        Ok(())
    }

    /// Takes the lock and gives it back when what is returned goes out of scope: Python's `with`.
    #[track_caller]
    pub fn hold(&self) -> Hold<'_> {
        self.acquire();
        Hold { lock: self }
    }

    /// Whether somebody has it right now: Python's `locked()`.
    #[track_caller]
    pub fn is_held(&self) -> bool {
        *self.held.lock()
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.identity.object()
    }
}

impl Default for Lock {
    fn default() -> Lock {
        Lock::new()
    }
}

/// Holds a [`Lock`] until it is dropped. If somebody else has released the lock meanwhile, nothing
/// happens then.
#[must_use = "the lock is released at once if this is not kept"]
#[derive(Debug)]
pub struct Hold<'a> {
    lock: &'a Lock,
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        let _ = self.lock.release();
    }
}
