//! Whose memory something lies in, and what that needs to know of the running process.
use super::machine;
use crate::execution::{Whose, engines, programs};
use crate::operation::Step;

/// Uses objects that lie in memory which processes share: whatever is used or allocated meanwhile is there once, and
/// rightly so.
pub fn in_shared_memory<R>(use_them: impl FnOnce() -> R) -> R {
    let _shared = share_memory();
    use_them()
}

/// As long as this lives, what is used or allocated lies in shared memory.
#[derive(Debug)]
#[must_use]
pub struct SharedMemory {
    _allocates: Whose,
}

impl Drop for SharedMemory {
    fn drop(&mut self) {
        machine().share(false);
    }
}

/// The same as [`in_shared_memory`], up to the end of a block: so a place that is told on is still the caller's.
pub fn share_memory() -> SharedMemory {
    machine().share(true);
    SharedMemory {
        _allocates: engines(),
    }
}

/// Something in shared memory. It is there until the execution is over: who would be the last to drop it nobody could
/// count, where each process has a copy of all that speaks of it.
pub fn kept<T: 'static>(make: impl FnOnce() -> T) -> &'static T {
    let _shared = share_memory();
    let made = Box::into_raw(Box::new(make()));
    // SAFETY: from a box, which is not used as one before the execution is over.
    let kept = unsafe { Box::from_raw(made) };
    machine().with(|inner| inner.kept.push(kept));
    // SAFETY: it is dropped when the next execution begins, and then nothing of this one runs any more.
    unsafe { &*made }
}

/// Does something with a process's own memory, while it uses what is shared.
pub fn in_own_memory<R>(act: impl FnOnce() -> R) -> R {
    struct Shared(u32);
    impl Drop for Shared {
        fn drop(&mut self) {
            machine().shares(self.0);
        }
    }
    let machine = machine();
    let _shared = Shared(machine.shares(0));
    let _own = machine.keeps_processes_apart().then(programs);
    act()
}

/// A moment of an execution: as long as nobody does anything that is seen, it stays the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    step: Step,
    /// How often somebody has printed, and the like.
    locals: u32,
}

/// The present one.
#[must_use]
pub fn moment() -> Moment {
    machine().with(|inner| Moment {
        step: inner.world.step,
        locals: inner.locals,
    })
}

/// Whether the running process has threads beside the running one, or some that nobody has waited for.
#[must_use]
pub fn has_other_threads() -> bool {
    let machine = machine();
    machine.with(|inner| inner.world.has_other_threads(machine.running()))
}
