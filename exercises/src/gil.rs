//! A model of CPython's global interpreter lock, to see what it does to threads.
//!
//! CPython's interpreter lets one thread at a time run Python code: the one that has the GIL. The
//! model follows the interpreter (from 3.2 to today's builds with a GIL):
//!
//! - whoever wants the lock waits [`SWITCH_INTERVAL`] (5 ms, `sys.getswitchinterval()`); if nobody
//!   else got it meanwhile, it *requests* it;
//! - the holder looks for a request from time to time, between two instructions (here: at each
//!   [`checkpoint`](Running::checkpoint)), hands the lock over, and waits until another thread
//!   really has it, so that it does not take it back at once;
//! - a thread that sleeps or waits gives the lock away meanwhile ([`Running::without`],
//!   [`Running::sleep`]): that is why Python's threads are good at waiting;
//! - C code that does not touch Python objects may do the same (numpy, hashing of large inputs).
//!
//! [Free-threaded](Gil::free_threaded) CPython (PEP 703, officially supported since 3.14) has no
//! such lock: here, nobody waits. What that changes: threads share the cores, as in Rust. What it
//! does not change: sharing data needs locks, with the GIL and without it, because the lock may be
//! handed over between any two instructions, in the middle of `total += 1`. The GIL protects the
//! interpreter, not the program, and prevents no deadlock. Each *process* has a GIL of its own.
//!
//! What the model leaves out: that each object's reference count is written by every thread (which
//! costs free-threaded Python some speed), and the GIL of each sub-interpreter (PEP 684).
//!
//! Rust has no such lock. What may be used from two threads, and how, the compiler checks (`Send`,
//! `Sync`).
//!
//! ```
//! use exercises::gil::Gil;
//! use exercises::primitive::thread;
//!
//! let gil = Gil::new();
//! let count = |limit: u64| {
//!     let mut python = gil.enter();
//!     let mut x = 0;
//!     while x < limit {
//!         x += 1;
//!         python.checkpoint();
//!     }
//!     x
//! };
//! thread::scope(|s| {
//!     let workers = [(); 2].map(|()| s.spawn(None, || count(1000)));
//!     for worker in workers {
//!         assert_eq!(worker.join(), Ok(1000));
//!     }
//! });
//! assert!(!gil.is_held());
//! ```

use crate::primitive::atomic::{AtomicBool, Ordering};
use crate::primitive::identity::Identity;
use crate::primitive::lock::{Condvar, Mutex};
use crate::primitive::thread;
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, Object, ObjectKind};

/// How long a thread waits before it asks for the lock: CPython's default. Not subject to the time
/// scale, as work is not.
pub const SWITCH_INTERVAL: Duration = Duration::from_millis(5);

/// The lock; or, free-threaded, its absence.
#[derive(Debug)]
pub struct Gil {
    identity: Identity,
    exists: bool,
    /// Somebody has waited long enough.
    requested: AtomicBool,
    state: Mutex<State>,
    /// Notified when the lock is free.
    free: Condvar,
    /// Notified when the lock was taken.
    taken: Condvar,
}

#[derive(Debug)]
struct State {
    held: bool,
    waiting: usize,
    /// How often the lock was taken.
    turns: u64,
    /// How often it was handed over because somebody asked.
    handovers: u64,
}

impl Gil {
    /// An interpreter with the lock. May be a `static`.
    pub const fn new() -> Gil {
        Gil::made(true)
    }

    /// An interpreter without it. May be a `static`.
    pub const fn free_threaded() -> Gil {
        Gil::made(false)
    }

    const fn made(exists: bool) -> Gil {
        Gil {
            identity: Identity::new(ObjectKind::Lock),
            exists,
            requested: AtomicBool::new(false),
            state: Mutex::quiet(State {
                held: false,
                waiting: 0,
                turns: 0,
                handovers: 0,
            }),
            free: Condvar::quiet(),
            taken: Condvar::quiet(),
        }
    }

    /// Waits for the lock, and runs Python code until the result is dropped.
    ///
    /// Entering twice in one thread waits for ever, as any lock does.
    pub fn enter(&self) -> Running<'_> {
        if self.exists {
            self.take();
        }
        Running { gil: self }
    }

    /// Whether there is no lock at all.
    pub fn is_free_threaded(&self) -> bool {
        !self.exists
    }

    /// Whether some thread runs Python code right now; always false without the lock.
    pub fn is_held(&self) -> bool {
        self.state.lock().held
    }

    /// How many threads wait for the lock right now.
    pub fn waiting(&self) -> usize {
        self.state.lock().waiting
    }

    /// How often the lock was handed over because another thread had asked for it.
    pub fn handovers(&self) -> u64 {
        self.state.lock().handovers
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.identity.object()
    }

    fn take(&self) {
        self.identity.shake();
        let mut state = self.state.lock();
        if state.held {
            self.identity.emit(Kind::WaitBegin);
            state.waiting += 1;
            while state.held {
                let turns = state.turns;
                let interval = Deadline::after_unscaled(SWITCH_INTERVAL);
                let in_vain = self.free.wait_until(&mut state, interval);
                // A change of hands in the meantime starts the interval anew.
                if in_vain && state.held && state.turns == turns {
                    self.requested.store(true, Ordering::Relaxed);
                }
            }
            state.waiting -= 1;
            self.identity.emit(Kind::WaitEnd);
        }
        state.held = true;
        state.turns += 1;
        // Whoever still waits counts from here, as in CPython.
        self.requested.store(false, Ordering::Relaxed);
        self.identity.emit(Kind::Acquire);
        drop(state);
        self.taken.notify_all();
    }

    fn give(&self) {
        let mut state = self.state.lock();
        self.identity.emit(Kind::Release);
        state.held = false;
        drop(state);
        self.free.notify_one();
    }

    #[cold]
    fn hand_over(&self) {
        let mut state = self.state.lock();
        if state.waiting == 0 {
            // Whoever asked has got it meanwhile.
            self.requested.store(false, Ordering::Relaxed);
            return;
        }
        self.identity.emit(Kind::Release);
        state.held = false;
        state.handovers += 1;
        let turns = state.turns;
        self.free.notify_one();
        // There is somebody who waits, and the lock is free for nobody else: it will be taken.
        self.taken
            .wait_while(&mut state, |state| state.turns == turns);
        drop(state);
        self.take();
    }
}

impl Default for Gil {
    fn default() -> Gil {
        Gil::new()
    }
}

/// The calling thread runs Python code: it has the lock, where there is one, until this is
/// dropped.
#[must_use = "the lock is given back at once if this is not kept"]
#[derive(Debug)]
pub struct Running<'a> {
    gil: &'a Gil,
}

impl Running<'_> {
    /// Between two instructions: hands the lock over if somebody has asked for it. Costs a load
    /// where nobody has.
    #[inline]
    pub fn checkpoint(&mut self) {
        if self.gil.requested.load(Ordering::Relaxed) {
            self.gil.hand_over();
        }
    }

    /// Does something outside of the interpreter (waiting, or work that touches no Python object),
    /// and gives the lock away meanwhile.
    pub fn without<T>(&mut self, f: impl FnOnce() -> T) -> T {
        // Takes the lock again also when `f` panics: dropping `self` gives it back.
        struct Back<'a>(&'a Gil);
        impl Drop for Back<'_> {
            fn drop(&mut self) {
                if self.0.exists {
                    self.0.take();
                }
            }
        }
        if self.gil.exists {
            self.gil.give();
        }
        let _back = Back(self.gil);
        f()
    }

    /// `time.sleep`: gives the lock away meanwhile. By the time scale.
    pub fn sleep(&mut self, duration: Duration) {
        self.without(|| thread::sleep(duration));
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if self.gil.exists {
            self.gil.give();
        }
    }
}
