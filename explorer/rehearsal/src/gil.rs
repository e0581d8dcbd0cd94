//! Python's lock as `exercises::gil` promises it: one thread at a time runs Python code, and hands the lock over between
//! two instructions if another one has waited long enough.
//!
//! How long anybody waits is open here, time being virtual. So at each checkpoint the lock is free for a moment, and any
//! of those who want it has it next; that it is the same thread again is what happens when nobody had asked. Each
//! process has a lock of its own, which is free when the process begins.
#![expect(
    missing_docs,
    reason = "the names and their meaning are those of `exercises::gil`, where they are explained"
)]

use std::sync::PoisonError;

use crate::primitive::lock::{Mutex, MutexGuard};
use crate::primitive::process::getpid;
use crate::primitive::thread;
use crate::primitive::time::Duration;

#[derive(Debug)]
pub struct Gil {
    exists: bool,
    /// Of each process that came here its own. They stay where they are.
    locks: std::sync::Mutex<Vec<(i32, Box<Mutex<Turns>>)>>,
}

#[derive(Debug, Default)]
struct Turns {
    /// How often the lock was taken.
    taken: u64,
    /// How often somebody else took it at a checkpoint.
    handed_over: u64,
}

impl Gil {
    pub fn new() -> Gil {
        Gil::made(true)
    }

    pub fn free_threaded() -> Gil {
        Gil::made(false)
    }

    fn made(exists: bool) -> Gil {
        Gil {
            exists,
            locks: std::sync::Mutex::default(),
        }
    }

    /// The running process' lock.
    fn own(&self) -> &Mutex<Turns> {
        let pid = getpid();
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        let at = locks.iter().position(|(owner, _)| *owner == pid);
        let at = at.unwrap_or_else(|| {
            locks.push((pid, Box::default()));
            locks.len() - 1
        });
        let place = std::ptr::from_ref(&*locks[at].1);
        // SAFETY: it lies in a box that is neither moved nor dropped before `self`.
        unsafe { &*place }
    }

    #[track_caller]
    fn take(&self) -> Option<MutexGuard<'_, Turns>> {
        self.exists.then(|| {
            let mut turns = self.own().lock();
            turns.taken += 1;
            turns
        })
    }

    #[track_caller]
    pub fn enter(&self) -> Running<'_> {
        Running {
            gil: self,
            turns: self.take(),
        }
    }

    #[track_caller]
    pub fn handovers(&self) -> u64 {
        if self.exists {
            self.own().lock().handed_over
        } else {
            0
        }
    }
}

impl Default for Gil {
    fn default() -> Gil {
        Gil::new()
    }
}

#[must_use = "the lock is given back at once if this is not kept"]
#[derive(Debug)]
pub struct Running<'a> {
    gil: &'a Gil,
    /// None where there is no lock, and while it is given away.
    turns: Option<MutexGuard<'a, Turns>>,
}

impl Running<'_> {
    #[track_caller]
    pub fn checkpoint(&mut self) {
        let Some(turns) = self.turns.take() else {
            return;
        };
        let before = turns.taken;
        drop(turns);
        self.turns = self.gil.take();
        if let Some(turns) = &mut self.turns
            && turns.taken > before + 1
        {
            turns.handed_over += 1;
        }
    }

    #[track_caller]
    pub fn without<T>(&mut self, f: impl FnOnce() -> T) -> T {
        self.turns = None;
        let result = f();
        self.turns = self.gil.take();
        result
    }

    #[track_caller]
    pub fn sleep(&mut self, duration: Duration) {
        self.without(|| thread::sleep(duration));
    }
}
