//! A few words in shared memory that change all at once, and that one can read without a lock.

use crate::primitive::atomic::{AtomicU64, Ordering, fence};

/// `N` words, twice, and a version whose last bit says which of the two count.
///
/// Whoever holds the lock that belongs to it [`commit`](Versioned::commit)s: fills the words that
/// do not count, then makes them count by one store. Killed before that store, it has changed
/// nothing.
///
/// Others [`read`](Versioned::read) without the lock, and again if the version moved meanwhile. The
/// words that count at version `v` are not touched before the version is `v + 1`, so an unmoved
/// version means that they belong together. A writer that is stopped or killed in the middle keeps
/// no reader waiting: the old words still count.
#[derive(Debug)]
#[repr(C)]
pub(super) struct Versioned<const N: usize> {
    version: AtomicU64,
    words: [[AtomicU64; N]; 2],
}

impl<const N: usize> Versioned<N> {
    pub const fn zeros() -> Versioned<N> {
        Versioned {
            version: AtomicU64::new(0),
            words: [const { [const { AtomicU64::new(0) }; N] }; 2],
        }
    }

    fn at(&self, version: u64) -> [u64; N] {
        let words = &self.words[(version & 1) as usize];
        std::array::from_fn(|index| words[index].load(Ordering::Relaxed))
    }

    /// The words that count. What was done before they were committed is seen by whoever reads them.
    pub fn read(&self) -> [u64; N] {
        loop {
            // Pairs with the release store in `commit`: these words, and the bytes in the file that
            // they speak of.
            let version = self.version.load(Ordering::Acquire);
            let words = self.at(version);
            // Pairs with the fence in `prepare`: if one of the words is of a later version, then the
            // next load sees that the version has moved.
            fence(Ordering::Acquire);
            if self.version.load(Ordering::Relaxed) == version {
                return words;
            }
            std::hint::spin_loop();
        }
    }

    /// The same for whoever holds the lock: nobody else changes them.
    pub fn read_own(&self) -> [u64; N] {
        self.at(self.version.load(Ordering::Relaxed))
    }

    /// Makes these the words that count. Only under the lock.
    pub fn commit(&self, new: [u64; N]) {
        let version = self.prepare(new);
        // Pairs with the first load in `read`. It also comes after every read of the file by this
        // process: who sees that a message was taken may write over it.
        self.version.store(version, Ordering::Release);
    }

    /// Fills the words that do not count, and says with which version they would.
    fn prepare(&self, new: [u64; N]) -> u64 {
        let version = self.version.load(Ordering::Relaxed).wrapping_add(1);
        // Pairs with the fence in `read`. Without it the words could be seen before the version
        // that the commit before this one has made, that is, while the old ones still seem to count.
        fence(Ordering::Release);
        for (word, new) in self.words[(version & 1) as usize].iter().zip(new) {
            word.store(new, Ordering::Relaxed);
        }
        version
    }

    /// All of a commit but its last store.
    #[cfg(test)]
    pub fn begin_and_be_killed(&self, new: [u64; N]) {
        self.prepare(new);
    }
}
