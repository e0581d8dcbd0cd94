//! A lock between processes that knows who has it, so that it is not kept by one that has ended.

use crate::lack::Lack;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering::Relaxed};

use recorder::LaneId;

use super::Abandoned;
use crate::primitive::lane;
use crate::primitive::not_modelled;
use crate::primitive::participants::{self, Member, in_shared_memory};
use crate::sync;

/// What came of an attempt.
pub(super) enum Outcome {
    Locked,
    /// Its holder ended and left it locked; it is free now.
    Inherited(Abandoned),
    Busy,
    /// By the one who asks.
    Own,
}

#[derive(Debug)]
pub(super) struct Owned {
    lock: sync::Lock,
    /// The holder's lane, and one; 0 for nobody. Only the holder changes it.
    holder: AtomicU64,
    /// Whoever ended with it, until somebody was told; 0 for nobody. Only whoever has the lock looks at it.
    left_by: AtomicI32,
    /// Who inherits the memory of the holder holds it, too.
    is_file: bool,
}

impl Owned {
    pub fn new() -> Arc<Owned> {
        Owned::make(false)
    }

    pub fn file() -> Arc<Owned> {
        Owned::make(true)
    }

    fn make(is_file: bool) -> Arc<Owned> {
        let owned = Arc::new(Owned {
            lock: sync::Lock::new(),
            holder: AtomicU64::new(0),
            left_by: AtomicI32::new(0),
            is_file,
        });
        participants::enter(owned.clone());
        owned
    }

    fn holder(&self) -> Option<LaneId> {
        let lane = self.holder.load(Relaxed).checked_sub(1)?;
        u32::try_from(lane).ok().map(LaneId)
    }

    fn is_held_by_process(&self, pid: i32) -> bool {
        self.holder().is_some_and(|lane| lane::pid(lane) == pid)
    }

    pub fn acquire(&self, how: impl FnOnce(&sync::Lock) -> bool) -> Outcome {
        if !self.is_file && self.holder() == Some(lane::own()) {
            return Outcome::Own;
        }
        if !in_shared_memory(|| how(&self.lock)) {
            return Outcome::Busy;
        }
        let left_by = self.left_by.swap(0, Relaxed);
        if left_by != 0 && !self.is_file {
            self.let_go();
            return Outcome::Inherited(Abandoned { pid: left_by });
        }
        self.holder.store(u64::from(lane::own().0) + 1, Relaxed);
        Outcome::Locked
    }

    pub fn release(&self) {
        self.holder.store(0, Relaxed);
        self.let_go();
    }

    fn let_go(&self) {
        // Nobody else releases it.
        let _ = in_shared_memory(|| self.lock.release());
    }
}

impl Member for Owned {
    fn enter_child(&self, _pid: i32) {}

    fn leave(&self, _pid: i32) {}

    fn forks(&self, pid: i32) {
        if self.is_file && self.is_held_by_process(pid) {
            not_modelled(Lack::ForkedHoldingFileLock);
        }
    }

    fn has_ended(&self, pid: i32) {
        if self.is_held_by_process(pid) {
            self.left_by.store(pid, Relaxed);
            self.release();
        }
    }
}
