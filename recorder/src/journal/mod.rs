//! The journal: one order of events for all threads and processes of a run, in shared memory.
//!
//! What lives here: the memory's life (`mapping`), and reading (`reader`). What does not: how a record is written
//! (`ring`), what the events mean (`order`, `timeline`), and which journal is the current one
//! ([`current`](crate::current)).
//!
//! Invariants:
//! - a writer never waits, takes no lock and allocates nothing in shared memory; it may be killed
//!   between any two instructions and the journal stays readable (its unfinished record is passed
//!   over, nothing else is lost);
//! - numbers (`seq`) are unique and rise in the order of the claims, over threads and processes
//!   alike;
//! - memory is bounded by what [`Journal::create`] was told; when it is full the oldest detail goes first, never a
//!   line; what goes is counted, never silently gone;
//! - nothing found in shared memory is trusted as a length or an index without a check.

mod clock;
mod mapping;
mod reader;
#[cfg(test)]
mod tests;
mod writer;

pub(crate) use crate::identity::own_pid;
pub(crate) use clock::own_tid;
pub use reader::{DEAD_WRITER_PATIENCE, Entry, Follower, STDERR, STDOUT, STOPPED_WRITER_PATIENCE};

use crate::ring::Ring;
use mapping::Mapping;
use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The most slots a journal can have (512 MiB of memory, if ever filled).
pub const MAX_SLOTS: u32 = 1 << 24;

/// Why there is no journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The system gave no memory.
    #[error("no shared memory for the journal")]
    Memory(#[source] io::Error),
    /// The descriptor is something else, or was tampered with.
    #[error("the descriptor is not a journal of this version")]
    NotAJournal,
    /// A journal has between 2 and [`MAX_SLOTS`] slots.
    #[error("a journal of {0} slots: it must have between 2 and {MAX_SLOTS}")]
    Slots(u32),
}

/// A handle on a journal. Clones, and the copies in forked children, are the same journal.
#[derive(Clone)]
pub struct Journal {
    mapping: Arc<Mapping>,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal")
            .field("slots", &self.mapping.slots())
            .field("position", &self.position())
            .finish()
    }
}

impl Journal {
    /// A new, empty journal. Half of the slots (32 bytes each) are for events, one each; the other half is for
    /// lines, one each and one more for every 32 bytes of text. Memory is used as it is filled.
    pub fn create(slots: u32) -> Result<Journal, JournalError> {
        Journal::over(slots, Mapping::create)
    }

    /// As [`create`](Journal::create), for this process and those it forks: there is no descriptor to hand to others,
    /// so it is made also where a program may make no memory of that kind, as in the boxes of the grader.
    pub fn for_forks(slots: u32) -> Result<Journal, JournalError> {
        Journal::over(slots, Mapping::for_forks)
    }

    fn over(
        slots: u32,
        make: impl FnOnce(u32) -> Result<Mapping, JournalError>,
    ) -> Result<Journal, JournalError> {
        if !(2..=MAX_SLOTS).contains(&slots) {
            return Err(JournalError::Slots(slots));
        }
        Ok(Journal {
            mapping: Arc::new(make(slots)?),
        })
    }

    /// The journal behind a descriptor that came from [`as_fd`](Journal::as_fd), here or in another
    /// process.
    pub fn attach(fd: OwnedFd) -> Result<Journal, JournalError> {
        Ok(Journal {
            mapping: Arc::new(Mapping::attach(fd)?),
        })
    }

    /// The descriptor of the shared memory (closed on exec). None where it is [for forks](Journal::for_forks).
    pub fn as_fd(&self) -> Option<BorrowedFd<'_>> {
        self.mapping.as_fd()
    }

    /// The number the next record will have at least: to read "since".
    pub fn position(&self) -> u64 {
        self.mapping.header().head.load(Ordering::Acquire)
    }

    /// How many events and lines did not fit, or had to go.
    pub fn lost(&self) -> u64 {
        let header = self.mapping.header();
        header.lost_details.load(Ordering::Relaxed) + self.lost_lines()
    }

    /// How many of the lost were printed lines.
    pub fn lost_lines(&self) -> u64 {
        self.mapping.header().lost_prints.load(Ordering::Relaxed)
    }

    /// The memory, for those who record without this crate's types.
    pub(crate) fn ring(&self) -> &Ring {
        &self.mapping
    }

    /// Forgets everything and begins the run of this number.
    pub fn begin(&self, run: u32) {
        self.mapping.begin(run);
    }

    /// Notes how a process ended, as wait(2) tells it; nothing if it has no lane.
    pub fn process_ended(&self, pid: i32, status: i32) {
        if let Some(lane) = self.mapping.lane_of_process(pid) {
            self.mapping.end_lane(lane, status);
        }
    }

    /// The number of the run that was begun last; 0 where none was.
    pub fn run(&self) -> u32 {
        self.mapping.run()
    }

    /// An identity for a lock, a queue...: from 1, unique over all processes that share the
    /// journal.
    pub fn next_object(&self) -> u64 {
        self.mapping
            .header()
            .next_object
            .fetch_add(1, Ordering::Relaxed)
            + 1
    }

    /// Microseconds since the journal was created.
    pub fn now_us(&self) -> u64 {
        let epoch = self.mapping.header().epoch_ns.load(Ordering::Relaxed);
        crate::sys::now_ns().saturating_sub(epoch) / 1000
    }
}
