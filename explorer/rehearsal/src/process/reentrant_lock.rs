use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::LockError;
use super::owned::{Outcome, Owned};
use crate::primitive::time::Duration;
use crate::sync;

#[derive(Debug)]
struct Inner {
    owned: Arc<Owned>,
    /// How often the holder has it. Changed only by the holder.
    depth: AtomicU32,
}

#[derive(Clone, Debug)]
pub struct ReentrantLock(Arc<Inner>);

impl ReentrantLock {
    pub fn new() -> io::Result<ReentrantLock> {
        Ok(ReentrantLock(Arc::new(Inner {
            owned: Owned::new(),
            depth: AtomicU32::new(0),
        })))
    }

    pub fn lock(&self) -> Result<ReentrantGuard<'_>, LockError> {
        let guard = self.taken(|lock| {
            lock.acquire();
            true
        })?;
        Ok(guard.unwrap_or_else(|| unreachable!("a wait without a limit ends with the lock")))
    }

    pub fn try_lock(&self) -> Result<Option<ReentrantGuard<'_>>, LockError> {
        self.taken(sync::Lock::try_acquire)
    }

    pub fn lock_timeout(&self, limit: Duration) -> Result<Option<ReentrantGuard<'_>>, LockError> {
        self.taken(|lock| lock.acquire_timeout(limit))
    }

    fn taken(
        &self,
        how: impl FnOnce(&sync::Lock) -> bool,
    ) -> Result<Option<ReentrantGuard<'_>>, LockError> {
        let Inner { owned, depth } = &*self.0;
        match owned.acquire(how) {
            Outcome::Locked => depth.store(1, Relaxed),
            Outcome::Own => {
                depth.fetch_add(1, Relaxed);
            }
            Outcome::Inherited(abandoned) => return Err(abandoned.into()),
            Outcome::Busy => return Ok(None),
        }
        Ok(Some(ReentrantGuard(&self.0)))
    }
}

#[must_use = "the lock is released at once if the guard is not kept"]
#[derive(Debug)]
pub struct ReentrantGuard<'a>(&'a Inner);

impl Drop for ReentrantGuard<'_> {
    fn drop(&mut self) {
        if self.0.depth.fetch_sub(1, Relaxed) == 1 {
            self.0.owned.release();
        }
    }
}
