//! What cells did: journals in memory that kernel and worker share.
//!
//! Cell `n` is recorded in journal `n % KEPT_RUNS`, by the hooks that the program exports for its worker
//! ([`recorder::interpose`]); the worker's main thread begins it when the cell's code begins to run. Threads and
//! children that outlive their cell are recorded there as long as the journal is the cell's. The kernel made the
//! memory, so what a killed worker wrote is still there.

use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd, RawFd};
use std::path::{Path, PathBuf};

use nix::unistd::Pid;
use recorder::document::Document;
use recorder::interpose::KEPT_RUNS;
use recorder::{Journal, JournalError, trace};

/// Half of them for events and half for lines: 8 MiB for each journal, used as it is filled.
const SLOTS: u32 = 1 << 18;
/// What stands for a cell where an exercise has its name.
const NAME: &str = "cell";

/// The kernel's side.
pub(crate) struct Recording([Journal; KEPT_RUNS]);

impl Recording {
    /// New, empty journals.
    pub(crate) fn create() -> Result<Recording, JournalError> {
        let mut journals = Vec::with_capacity(KEPT_RUNS);
        for _ in 0..KEPT_RUNS {
            journals.push(Journal::create(SLOTS)?);
        }
        journals
            .try_into()
            .map(Recording)
            .map_err(|_| JournalError::NotAJournal)
    }

    /// Their descriptors, for the worker; negative where there is none.
    pub(crate) fn descriptors(&self) -> [RawFd; KEPT_RUNS] {
        let number = |place: usize| self.0[place].as_fd().map_or(-1, |fd| fd.as_raw_fd());
        std::array::from_fn(number)
    }

    /// How many lanes were opened for this cell, at least as many as [`of`](Recording::of) tells of; `None` as there.
    pub(crate) fn lanes(&self, cell: u32) -> Option<usize> {
        Some(self.journal(cell)?.lanes().len())
    }

    fn journal(&self, cell: u32) -> Option<&Journal> {
        let journal = &self.0[cell as usize % KEPT_RUNS];
        (cell != 0 && journal.run() == cell).then_some(journal)
    }

    /// What this cell did, up to now; `None` if no code of it has run, or too long ago.
    pub(crate) fn of(&self, cell: u32) -> Option<Document> {
        let journal = self.journal(cell)?;
        let milliseconds = journal.now_us() as f64 / 1000.0;
        let mut document = trace::document(journal, NAME, milliseconds);
        // The time is that of what happened, not of the question.
        if let Some(last) = document.events.last() {
            document.elapsed_ms = last.at_us as f64 / 1000.0;
        }
        // Somebody began another cell meanwhile.
        (journal.run() == cell).then_some(document)
    }
}

/// In the worker: records from the next cell on. Without journals, cells run unrecorded: false.
pub(super) fn activate(descriptors: [RawFd; KEPT_RUNS]) -> bool {
    let mut journals = Vec::with_capacity(KEPT_RUNS);
    for fd in descriptors {
        if fd < 0 {
            return false;
        }
        // SAFETY: the supervisor passed this number for us alone.
        let fd = unsafe { OwnedFd::from_raw_fd(fd) };
        match Journal::attach(fd) {
            Ok(journal) => journals.push(journal),
            Err(error) => {
                eprintln!("weft: what cells do is not recorded: {error}");
                return false;
            }
        }
    }
    journals.try_into().map(trace::record_here).is_ok()
}

/// In the worker: programs that cells start are recorded too, with this library in front of them. They find the
/// journals at the supervisor, which has them under the same numbers and outlives every worker.
pub(super) fn activate_programs(library: &Path, supervisor: Pid, descriptors: [RawFd; KEPT_RUNS]) {
    let paths = descriptors.map(|fd| PathBuf::from(format!("/proc/{supervisor}/fd/{fd}")));
    trace::record_programs(library, paths);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_has_not_run_left_nothing() {
        let recording = Recording::create().unwrap();
        assert!(recording.of(0).is_none());
        assert!(recording.of(1).is_none());
        assert!(recording.descriptors().iter().all(|fd| *fd > 2));
    }
}
