use std::io;
use std::sync::Arc;

use super::owned::{Outcome, Owned};
use crate::primitive::time::Duration;
use crate::sync;

/// The system undoes it when the holder ends, and tells nobody.
#[derive(Clone, Debug)]
pub struct FileLock(Arc<Owned>);

impl FileLock {
    pub fn new() -> io::Result<FileLock> {
        Ok(FileLock(Owned::file()))
    }

    pub fn lock(&self) -> io::Result<FileLockGuard<'_>> {
        let guard = self.taken(|lock| {
            lock.acquire();
            true
        });
        guard.ok_or_else(|| io::ErrorKind::WouldBlock.into())
    }

    pub fn try_lock(&self) -> io::Result<Option<FileLockGuard<'_>>> {
        Ok(self.taken(sync::Lock::try_acquire))
    }

    pub fn lock_timeout(&self, limit: Duration) -> io::Result<Option<FileLockGuard<'_>>> {
        Ok(self.taken(|lock| lock.acquire_timeout(limit)))
    }

    fn taken(&self, how: impl FnOnce(&sync::Lock) -> bool) -> Option<FileLockGuard<'_>> {
        matches!(self.0.acquire(how), Outcome::Locked).then(|| FileLockGuard(&self.0))
    }
}

#[must_use = "the lock is released at once if the guard is not kept"]
#[derive(Debug)]
pub struct FileLockGuard<'a>(&'a Owned);

impl Drop for FileLockGuard<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}
