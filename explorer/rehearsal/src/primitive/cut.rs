//! Ending a thread from outside: it is asked, and ends at its next sleep or printed line.

use std::any::Any;
use std::cell::RefCell;

use super::Arc;
use super::lock::{Condvar, Mutex};
use super::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use super::time::{Deadline, Duration};

pub(crate) struct Leash {
    cut: Mutex<bool>,
    changed: Condvar,
}

struct CutOff;

thread_local! {
    static LEASH: RefCell<Option<Arc<Leash>>> = const { RefCell::new(None) };
}

fn own_leash() -> Option<Arc<Leash>> {
    LEASH.with(|leash| leash.borrow().clone())
}

impl Leash {
    pub(crate) fn new() -> Leash {
        Leash {
            cut: Mutex::quiet(false),
            changed: Condvar::quiet(),
        }
    }

    pub(crate) fn cut(&self) {
        *self.cut.lock() = true;
        self.changed.notify_all();
    }

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
    if !explorer::model::thread::panicking() {
        resume_unwind(Box::new(CutOff));
    }
}

pub fn point() {
    if let Some(leash) = own_leash()
        && *leash.cut.lock()
    {
        throw();
    }
}

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

pub(super) fn sleep(duration: Duration) {
    let Some(leash) = own_leash() else {
        return explorer::model::thread::sleep(duration);
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
