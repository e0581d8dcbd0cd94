//! What a program with processes can come to that the model does not have.
use super::World;
use crate::operation::{Place, ThreadIndex};

/// Such a thing.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Beyond {
    /// A process that is started while its parent has other threads, or some that nobody has waited for.
    ForkBesideThreads,
    /// A process that nobody waits for: what it prints may come after the end of main.
    NobodyWaits,
    /// A signal to a process that waits for something else when it comes, or whose sender uses something shared before it has
    /// been waited for.
    Signal,
    /// A child that is ended by a thread that is not its first.
    EndedByThread,
    /// A child that dies, panics or exits, beside objects whose users are told so.
    DiedSharing,
    /// Processes whose memory cannot be kept apart on this machine.
    Memory,
}

impl Beyond {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::ForkBesideThreads,
        Self::NobodyWaits,
        Self::Signal,
        Self::EndedByThread,
        Self::DiedSharing,
        Self::Memory,
    ];

    /// Its name, the same in all versions.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::ForkBesideThreads => "fork-beside-threads",
            Self::NobodyWaits => "nobody-waits",
            Self::Signal => "signal",
            Self::EndedByThread => "ended-by-thread",
            Self::DiedSharing => "died-sharing",
            Self::Memory => "memory",
        }
    }
}

impl World {
    /// A thread has come to something that the model does not have: of several the one with the first line is told.
    pub fn goes_beyond(&mut self, thread: ThreadIndex, what: Beyond, place: Place) {
        let found = (self.seen_at(thread, place).line(), what);
        self.beyond = self
            .beyond
            .map_or(Some(found), |known| Some(known.min(found)));
    }

    /// The first thread of a process nobody has waited for, if there is one.
    pub fn unawaited_process(&self) -> Option<ThreadIndex> {
        (1..self.threads.len())
            .find(|&thread| self.is_first_of_its_process(thread) && !self.threads[thread].joined)
    }

    /// Whether a thread is the one its process began with.
    pub fn is_first_of_its_process(&self, thread: ThreadIndex) -> bool {
        let process = self.process_of(thread);
        self.threads[..thread]
            .iter()
            .all(|slot| slot.process != process)
    }
}
