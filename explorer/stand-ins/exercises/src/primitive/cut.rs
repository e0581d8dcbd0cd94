//! Ending a thread from outside: it is asked, and ends at its next sleep or checkpoint.
//!
//! Whoever sleeps looks when it wakes, and not before: sleep orders nothing here. One question is all that an endless
//! loop asks between two sleeps, so the explorer notices that it goes round in a circle.

use std::any::Any;
use std::cell::RefCell;

use super::Arc;
use super::atomic::{AtomicBool, Ordering};
use super::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use super::time::Duration;

pub(crate) struct Leash {
    cut: AtomicBool,
}

struct CutOff;

thread_local! {
    static LEASH: RefCell<Option<Arc<Leash>>> = const { RefCell::new(None) };
}

impl Leash {
    pub(crate) fn new() -> Leash {
        Leash {
            cut: AtomicBool::new(false),
        }
    }

    #[track_caller]
    pub(crate) fn cut(&self) {
        self.cut.store(true, Ordering::Relaxed);
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

#[track_caller]
pub fn point() {
    let leash = LEASH.with(|leash| leash.borrow().clone());
    if let Some(leash) = leash
        && leash.cut.load(Ordering::Relaxed)
        && !explorer::model::thread::panicking()
    {
        resume_unwind(Box::new(CutOff));
    }
}

#[track_caller]
pub(super) fn sleep(duration: Duration) {
    explorer::model::thread::sleep(duration);
    point();
}
