//! Ending a thread from outside, without harm: the daemons at the end of a program.
//!
//! Nobody can kill a thread safely: it may hold a lock or be in the middle of a change. So a thread
//! on a `Leash` is *asked*, and ends by itself at its next [`point`] (every sleep of this
//! library and every line that an exercise prints is one), by unwinding: its guards are dropped, its locks are free,
//! its `exit` is recorded. A thread that computes for ever, or that is blocked, never comes to such
//! a point; it ends with its process.

use super::Arc;
use super::lock::{Condvar, Mutex};
use super::time::{Deadline, Duration};
use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// What a thread is held by that may be cut off.
pub(crate) struct Leash {
    cut: Mutex<bool>,
    changed: Condvar,
}

/// What a thread throws that ends because it was cut off. No panic: no message, no hook.
struct CutOff;

thread_local! {
    static LEASH: RefCell<Option<Arc<Leash>>> = const { RefCell::new(None) };
}

fn own_leash() -> Option<Arc<Leash>> {
    LEASH
        .try_with(|leash| leash.try_borrow().ok()?.clone())
        .ok()
        .flatten()
}

impl Leash {
    pub(crate) fn new() -> Leash {
        Leash {
            cut: Mutex::quiet(false),
            changed: Condvar::quiet(),
        }
    }

    /// Asks the thread to end. After this returns, it prints nothing any more.
    pub(crate) fn cut(&self) {
        *self.cut.lock() = true;
        self.changed.notify_all();
    }

    /// Runs something on this leash. To be cut off is not an error; a panic is handed back.
    pub(crate) fn hold(self: Arc<Self>, f: impl FnOnce()) -> Result<(), Box<dyn Any + Send>> {
        LEASH.set(Some(self));
        let result = catch_unwind(AssertUnwindSafe(f));
        LEASH.set(None);
        match result {
            Err(payload) if !payload.is::<CutOff>() => Err(payload),
            _ => Ok(()),
        }
    }
}

fn throw() {
    // A destructor that sleeps while its thread unwinds already must not unwind a second time.
    if !std::thread::panicking() {
        resume_unwind(Box::new(CutOff));
    }
}

/// Ends the calling thread here if it was cut off. For a daemon that computes for long.
pub fn point() {
    if let Some(leash) = own_leash()
        && *leash.cut.lock()
    {
        throw();
    }
}

/// Does something that is either done before the thread is cut off or not at all.
pub(crate) fn whole<R>(f: impl FnOnce() -> R) -> R {
    let Some(leash) = own_leash() else {
        return f();
    };
    let mut cut = leash.cut.lock();
    if *cut {
        drop(cut);
        throw();
        cut = leash.cut.lock();
    }
    let result = f();
    drop(cut);
    result
}

/// Sleeps, by the clock on the wall, or until the thread is cut off.
pub(super) fn sleep(duration: Duration) {
    let Some(leash) = own_leash() else {
        return std::thread::sleep(duration);
    };
    let deadline = Deadline::after_unscaled(duration);
    let mut cut = leash.cut.lock();
    while !*cut {
        if leash.changed.wait_until(&mut cut, deadline) {
            break;
        }
    }
    if *cut {
        drop(cut);
        throw();
    }
}
