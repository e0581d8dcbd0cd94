use crate::primitive::identity::Identity;
use crate::primitive::lock::{Condvar, Mutex};
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, Object, ObjectKind};

/// A number of permits: `acquire` takes one, and waits while there is none; `release` puts one
/// back.
///
/// Nobody owns a permit: one thread may acquire and another release, so a semaphore of 0 is a way
/// to *signal* ("something was produced"), where a lock cannot be. For "at most n inside", take a
/// [`permit`](Semaphore::permit), which comes back by itself.
///
/// | | difference |
/// |---|---|
/// | std | has none (there was one before 1.0) |
/// | parking_lot, crossbeam | have none; a bounded channel filled with n tokens does the same |
/// | tokio's | waits without a thread; can be closed |
/// | Python's `threading.Semaphore` | the same; there the waiters race for a released permit too |
///
/// ```
/// use exercises::primitive::thread;
/// use exercises::sync::Semaphore;
///
/// let produced = Semaphore::new(0);
/// thread::scope(|s| {
///     let consumer = s.spawn(Some("consumer"), || produced.acquire());
///     produced.release();
///     consumer.join().unwrap();
/// });
/// assert_eq!(produced.permits(), 0);
/// ```
#[derive(Debug)]
pub struct Semaphore {
    identity: Identity,
    permits: Mutex<usize>,
    released: Condvar,
}

impl Semaphore {
    /// A semaphore with so many permits. May be a `static`.
    pub const fn new(permits: usize) -> Semaphore {
        Semaphore {
            identity: Identity::new(ObjectKind::Semaphore),
            permits: Mutex::quiet(permits),
            released: Condvar::quiet(),
        }
    }

    /// Takes a permit, waiting for one if need be.
    pub fn acquire(&self) {
        self.take(Deadline::NEVER, || ());
    }

    /// Takes a permit. If there is none, `before_waiting` is called first, under the semaphore's
    /// own lock: what it does (printing "waiting") comes before any release that ends the wait.
    /// Asking `permits()` beforehand would be a guess. It must not use this semaphore.
    pub fn acquire_noting(&self, before_waiting: impl FnOnce()) {
        self.take(Deadline::NEVER, before_waiting);
    }

    /// Takes a permit if there is one.
    pub fn try_acquire(&self) -> bool {
        self.identity.shake();
        let mut permits = self.permits.lock();
        let taken = *permits > 0;
        if taken {
            *permits -= 1;
            self.identity.emit(Kind::Acquire);
        }
        taken
    }

    /// Takes a permit if there is one within this time.
    pub fn acquire_timeout(&self, limit: Duration) -> bool {
        self.take(Deadline::after(limit), || ())
    }

    fn take(&self, deadline: Deadline, before_waiting: impl FnOnce()) -> bool {
        self.identity.shake();
        let mut permits = self.permits.lock();
        if *permits == 0 {
            before_waiting();
            self.identity.emit(Kind::WaitBegin);
            while *permits == 0 {
                if self.released.wait_until(&mut permits, deadline) && *permits == 0 {
                    self.identity.emit(Kind::WaitEnd);
                    return false;
                }
            }
            self.identity.emit(Kind::WaitEnd);
        }
        *permits -= 1;
        self.identity.emit(Kind::Acquire);
        true
    }

    /// Puts a permit back, or a new one in.
    pub fn release(&self) {
        self.release_many(1);
    }

    /// Puts in so many permits at once.
    ///
    /// # Panics
    /// If there were more permits than a `usize` counts.
    pub fn release_many(&self, count: usize) {
        self.identity.shake();
        self.release_unless(count, usize::MAX);
        self.identity.shake();
    }

    /// Puts permits in, unless there would be more than `most`.
    pub(super) fn release_unless(&self, count: usize, most: usize) -> bool {
        let mut permits = self.permits.lock();
        match permits.checked_add(count) {
            Some(sum) if sum <= most => *permits = sum,
            None if most == usize::MAX => panic!("a semaphore of more than {} permits", usize::MAX),
            _ => return false,
        }
        for _ in 0..count {
            self.identity.emit(Kind::Release);
        }
        drop(permits);
        match count {
            0 => {}
            1 => self.released.notify_one(),
            _ => self.released.notify_all(),
        }
        true
    }

    /// How many permits there are right now; by the time you look, it may be another number.
    pub fn permits(&self) -> usize {
        *self.permits.lock()
    }

    /// Takes a permit that comes back when it goes out of scope, also in a panic.
    pub fn permit(&self) -> Permit<'_> {
        self.acquire();
        Permit { semaphore: self }
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.identity.object()
    }
}

/// A permit of a [`Semaphore`], put back when dropped.
#[must_use = "the permit is put back at once if it is not kept"]
#[derive(Debug)]
pub struct Permit<'a> {
    semaphore: &'a Semaphore,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.release();
    }
}
