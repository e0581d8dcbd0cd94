//! Catching panics.
use super::machine;
use std::any::Any;
use std::panic::{Location, UnwindSafe};

pub use std::panic::AssertUnwindSafe;

/// Runs a closure, and gives its panic as a value. A panic that is caught is no failure of the program.
pub fn catch_unwind<F: FnOnce() -> R + UnwindSafe, R>(run: F) -> std::thread::Result<R> {
    let machine = machine();
    let thread = machine.running();
    let before = machine.with(|inner| {
        let slot = &inner.world.threads[thread];
        (slot.panicking, slot.panicked_at.clone(), inner.panics.len())
    });
    let outcome = std::panic::catch_unwind(AssertUnwindSafe(run));
    let Err(payload) = outcome else {
        return outcome;
    };
    if machine.tearing() {
        // Not the program's panic: the execution is given up.
        std::panic::resume_unwind(payload);
    }
    machine.with(|inner| {
        let (panicking, panicked_at, panics) = before;
        let slot = &mut inner.world.threads[thread];
        slot.panicking = panicking;
        slot.panicked_at = panicked_at;
        let mut position = 0;
        inner.panics.retain(|panic| {
            position += 1;
            position <= panics || panic.thread != thread
        });
    });
    Err(payload)
}

/// Panics without a word: the hook is not called, so it is noted here.
#[track_caller]
pub fn resume_unwind(payload: Box<dyn Any + Send>) -> ! {
    let machine = machine();
    let (thread, place) = (machine.running(), Location::caller());
    machine.with(|inner| {
        if let Some(slot) = inner.world.threads.get_mut(thread) {
            slot.panicking = true;
            slot.panicked_at = Some((place.file().to_owned(), place.line()));
        }
    });
    std::panic::resume_unwind(payload)
}
