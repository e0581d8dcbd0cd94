use crate::primitive::atomic::{AtomicUsize, Ordering};
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
/// **Order.** What was done before a release is seen after the acquire that took its permit. Who gets a
/// released permit is not promised: a newcomer may be quicker than one who waits. **Bounds:** at most
/// [`MAX_PERMITS`](Semaphore::MAX_PERMITS).
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
    /// Twice the permits, plus [`AWAITED`] while somebody waits. As long as nobody does, one step on
    /// this word is all that acquiring or releasing takes; while it is awaited, permits come in only
    /// under the lock, so that nothing can come between a look and a wait.
    word: AtomicUsize,
    waiting: Mutex<usize>,
    released: Condvar,
}

/// Somebody waits.
const AWAITED: usize = 1;
/// One permit.
const ONE: usize = 2;

impl Semaphore {
    /// The most permits that a semaphore can have.
    pub const MAX_PERMITS: usize = usize::MAX / ONE;

    /// A semaphore with so many permits, at most [`MAX_PERMITS`](Semaphore::MAX_PERMITS). May be a
    /// `static`.
    pub const fn new(permits: usize) -> Semaphore {
        let permits = if permits > Semaphore::MAX_PERMITS {
            Semaphore::MAX_PERMITS
        } else {
            permits
        };
        Semaphore {
            identity: Identity::new(ObjectKind::Semaphore),
            word: AtomicUsize::new(permits * ONE),
            waiting: Mutex::quiet(0),
            released: Condvar::quiet(),
        }
    }

    /// Takes a permit, waiting for one if need be.
    #[inline]
    #[track_caller]
    pub fn acquire(&self) {
        if !self.try_at_once() {
            self.take(Deadline::NEVER, || ());
        }
    }

    /// Takes a permit. If there is none, `before_waiting` is called first, under the semaphore's
    /// own lock: what it does (printing "waiting") comes before any release that ends the wait.
    /// Asking `permits()` beforehand would be a guess. It must not use this semaphore.
    #[track_caller]
    pub fn acquire_noting(&self, before_waiting: impl FnOnce()) {
        if !self.try_at_once() {
            self.take(Deadline::NEVER, before_waiting);
        }
    }

    /// Takes a permit if there is one.
    #[track_caller]
    pub fn try_acquire(&self) -> bool {
        if self.try_at_once() {
            return true;
        }
        // Under the lock, so that the journal has this after the release it goes back to.
        let _waiting = self.waiting.lock();
        let taken = self.take_one();
        if taken {
            self.identity.emit(Kind::Acquire);
        }
        taken
    }

    /// Takes a permit if there is one within this time.
    #[track_caller]
    pub fn acquire_timeout(&self, limit: Duration) -> bool {
        self.try_at_once() || self.take(Deadline::after(limit), || ())
    }

    /// The quick way, where nothing is recorded.
    #[inline]
    #[track_caller]
    fn try_at_once(&self) -> bool {
        self.identity.shake();
        !self.identity.is_recorded() && self.take_one()
    }

    #[inline]
    #[track_caller]
    fn take_one(&self) -> bool {
        self.word
            .fetch_update(Ordering::Acquire, Ordering::Relaxed, |word| {
                word.checked_sub(ONE)
            })
            .is_ok()
    }

    #[cold]
    #[track_caller]
    fn take(&self, deadline: Deadline, before_waiting: impl FnOnce()) -> bool {
        let mut waiting = self.waiting.lock();
        if self.take_one_or_await() {
            self.identity.emit(Kind::Acquire);
            return true;
        }
        before_waiting();
        *waiting += 1;
        self.identity.emit(Kind::WaitBegin);
        let taken = loop {
            let timed_out = self.released.wait_until(&mut waiting, deadline);
            if self.take_one_or_await() {
                break true;
            }
            if timed_out {
                break false;
            }
        };
        self.identity.emit(Kind::WaitEnd);
        *waiting -= 1;
        if *waiting == 0 {
            self.word.fetch_and(!AWAITED, Ordering::Relaxed);
        }
        if taken {
            self.identity.emit(Kind::Acquire);
        }
        taken
    }

    /// Under the lock. Either takes a permit, or there is none and the word says that one is awaited.
    #[track_caller]
    fn take_one_or_await(&self) -> bool {
        let before = self
            .word
            .fetch_update(Ordering::Acquire, Ordering::Relaxed, |word| {
                Some(word.checked_sub(ONE).unwrap_or(AWAITED))
            });
        matches!(before, Ok(word) if word >= ONE)
    }

    /// Puts a permit back, or a new one in.
    ///
    /// # Panics
    /// As [`release_many`](Semaphore::release_many).
    #[inline]
    #[track_caller]
    pub fn release(&self) {
        self.release_many(1);
    }

    /// Puts in so many permits at once.
    ///
    /// # Panics
    /// If there were more than [`MAX_PERMITS`](Semaphore::MAX_PERMITS).
    #[inline]
    #[track_caller]
    pub fn release_many(&self, count: usize) {
        if !self.release_unless(count, Semaphore::MAX_PERMITS) {
            panic!(
                "a semaphore of more than {} permits",
                Semaphore::MAX_PERMITS
            );
        }
    }

    /// Puts permits in, unless there would be more than `most`.
    #[inline]
    #[track_caller]
    pub(super) fn release_unless(&self, count: usize, most: usize) -> bool {
        self.identity.shake();
        let put = if self.identity.is_recorded() {
            self.put_announcing(count, most)
        } else {
            let quick = self
                .word
                .fetch_update(Ordering::Release, Ordering::Relaxed, |word| {
                    (word & AWAITED == 0)
                        .then(|| more(word, count, most))
                        .flatten()
                });
            quick.is_ok() || self.put_announcing(count, most)
        };
        self.identity.shake();
        put
    }

    #[cold]
    #[track_caller]
    fn put_announcing(&self, count: usize, most: usize) -> bool {
        let waiting = self.waiting.lock();
        // Nobody else puts permits in meanwhile where this is recorded, so what is written down comes true.
        if more(self.word.load(Ordering::Relaxed), count, most).is_none() {
            return false;
        }
        for _ in 0..count {
            self.identity.emit(Kind::Release);
        }
        let put = self
            .word
            .fetch_update(Ordering::Release, Ordering::Relaxed, |word| {
                more(word, count, most)
            })
            .is_ok();
        let waiting = waiting.min(count);
        if waiting == 1 {
            self.released.notify_one();
        } else if waiting > 1 {
            self.released.notify_all();
        }
        put
    }

    /// How many permits there are right now; by the time you look, it may be another number.
    #[track_caller]
    pub fn permits(&self) -> usize {
        self.word.load(Ordering::Relaxed) / ONE
    }

    /// Takes a permit that comes back when it goes out of scope, also in a panic.
    #[track_caller]
    pub fn permit(&self) -> Permit<'_> {
        self.acquire();
        Permit { semaphore: self }
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.identity.object()
    }
}

/// The word with so many permits more, if that is not too many.
fn more(word: usize, count: usize, most: usize) -> Option<usize> {
    let sum = (word / ONE).checked_add(count)?;
    (sum <= most).then(|| sum * ONE + word % ONE)
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
