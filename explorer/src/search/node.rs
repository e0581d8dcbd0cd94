//! A state on the way of the reduction: what was tried from it, and what must be.
use crate::operation::ThreadIndex;

/// A state on the way. Sets of threads are bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Node {
    /// Whose operation can happen.
    pub enabled: u64,
    /// Whose need not be tried: it was, beside here.
    pub sleep: u64,
    /// Those of `sleep` and `done` that would only look at what a mutex protects.
    pub looking: u64,
    /// Whose was tried.
    pub done: u64,
    /// Whose must be.
    pub backtrack: u64,
    /// Who goes.
    pub thread: u8,
    /// Which way.
    pub choice: u8,
    /// Of how many.
    pub choices: u8,
}

/// Somebody of a set must be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Demand {
    /// One of these, if there are any.
    pub initials: u64,
    /// All of these.
    pub also: u64,
}

impl Node {
    /// Who need not be tried (again).
    pub fn settled(&self) -> u64 {
        self.sleep | self.done
    }

    /// Who must still be tried.
    pub fn open(&self) -> u64 {
        self.backtrack & !self.settled()
    }

    /// Sees to it that the demand is met; true if something was to be done for it.
    pub fn meet(&mut self, demand: Demand) -> bool {
        let before = self.backtrack;
        let Demand { initials, also } = demand;
        if initials != 0 && initials & (self.backtrack | self.settled()) == 0 {
            // A first step of that sequence can always happen; were it not so, trying all is never wrong.
            let possible = initials & self.enabled;
            self.backtrack |= if possible != 0 {
                possible & possible.wrapping_neg()
            } else {
                self.enabled
            };
        }
        self.backtrack |= also;
        self.backtrack != before
    }

    /// Who goes.
    pub fn thread(&self) -> ThreadIndex {
        self.thread as ThreadIndex
    }
}
