//! Catching panics.
use super::machine;
use crate::execution::Panic;
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
        let caught = inner.panics.extract_if(.., |panic| {
            position += 1;
            position > panics && panic.thread == thread
        });
        let caught: Vec<Panic> = caught.collect();
        if !caught.is_empty() {
            inner.caught.push((place_of(&*payload), caught));
        }
    });
    Err(payload)
}

/// Where a panic's value lies, as long as nobody drops it.
fn place_of(payload: &(dyn Any + Send)) -> usize {
    std::ptr::from_ref(payload).addr()
}

/// What it says, as the hook hears it.
fn payload_as_str(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or_default()
}

/// A panic with this value was caught, and is a failure all the same: whoever caught it ends with it.
pub fn is_a_failure(payload: &(dyn Any + Send)) {
    let (machine, value) = (machine(), place_of(payload));
    machine.with(|inner| {
        let said = payload_as_str(payload);
        let is_this = |(place, panics): &(usize, Vec<Panic>)| {
            *place == value && panics.last().is_some_and(|last| last.message == said)
        };
        let at = inner.caught.iter().rposition(is_this);
        if let Some(at) = at {
            let (_, panics) = inner.caught.swap_remove(at);
            inner.panics.extend(panics);
        }
    });
}

/// Panics without a word: the hook is not called, so it is noted here. What was caught before was said then.
#[track_caller]
pub fn resume_unwind(payload: Box<dyn Any + Send>) -> ! {
    let machine = machine();
    let (thread, place) = (machine.running(), Location::caller());
    is_a_failure(&*payload);
    machine.with(|inner| {
        let place = inner.world.seen_at(thread, place);
        let said = inner.panics.last().filter(|last| last.thread == thread);
        let at = said.map_or_else(
            || (place.file().to_owned(), place.line()),
            |panic| (panic.file.clone(), panic.line),
        );
        if let Some(slot) = inner.world.threads.get_mut(thread) {
            slot.panicking = true;
            slot.panicked_at = Some(at);
        }
    });
    std::panic::resume_unwind(payload)
}
