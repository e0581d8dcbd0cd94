//! The memory of processes: there is one, and it is a process's at a time.
use std::cell::RefCell;

/// Keeps the private memory of processes apart. In the model all of them run in one process; whoever knows where the
/// program's statics are saves and restores them here.
pub trait Images {
    /// A new execution begins, in process 0.
    fn begin(&mut self);
    /// A process is forked from the one that runs: it begins with a copy.
    fn fork(&mut self, child: usize);
    /// The child that was forked last has a copy of what its parent has on its stack, from here to there, too: its closure
    /// borrows it. False where that cannot be done.
    fn copy_stack(&mut self, _child: usize, _from: usize, _to: usize) -> bool {
        false
    }
    /// From here on, this process runs.
    fn switch(&mut self, to: usize);
    /// Keeps the heap apart, too, in this execution: what is allocated while [`is_programs`](super::is_programs) says
    /// so. False where that cannot be done.
    fn take_heap(&mut self) -> bool {
        false
    }
}

thread_local! {
    static IMAGES: RefCell<Option<Box<dyn Images>>> = const { RefCell::new(None) };
}

/// Keeps statics apart with this from now on, for explorations on this OS thread.
pub fn use_images(images: Box<dyn Images>) {
    IMAGES.with(|slot| *slot.borrow_mut() = Some(images));
}

pub(super) fn with_images<R>(change: impl FnOnce(&mut dyn Images) -> R) -> Option<R> {
    IMAGES.with(|slot| {
        let mut images = slot.borrow_mut();
        images.as_mut().map(|images| change(&mut **images))
    })
}
