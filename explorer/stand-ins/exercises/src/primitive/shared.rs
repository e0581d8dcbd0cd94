//! Numbers in memory that processes share.

use std::io;
use std::ops::Deref;

use explorer::model::fork::kept;

use super::atomic::AtomicU64;

pub struct SharedWords {
    words: &'static [AtomicU64],
}

impl SharedWords {
    pub fn new(length: usize) -> io::Result<SharedWords> {
        let words = kept(|| (0..length).map(|_| AtomicU64::new(0)).collect::<Vec<_>>());
        for word in words {
            word.lies_in_shared_memory();
        }
        Ok(SharedWords { words })
    }
}

impl Deref for SharedWords {
    type Target = [AtomicU64];
    fn deref(&self) -> &[AtomicU64] {
        self.words
    }
}
