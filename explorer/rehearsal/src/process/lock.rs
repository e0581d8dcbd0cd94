use std::io;

use super::Abandoned;
use crate::primitive::Arc;
use crate::primitive::participants::in_shared_memory;
use crate::primitive::time::Duration;
use crate::sync;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    #[error(transparent)]
    Abandoned(#[from] Abandoned),
    #[error("this thread holds the lock already")]
    HeldByThisThread,
}

#[derive(Clone, Debug)]
pub struct Lock(Arc<sync::Lock>);

impl Lock {
    pub fn new() -> io::Result<Lock> {
        Ok(Lock(Arc::new(sync::Lock::new())))
    }

    pub fn lock(&self) -> Result<LockGuard<'_>, LockError> {
        in_shared_memory(|| self.0.acquire());
        Ok(LockGuard(self))
    }

    pub fn try_lock(&self) -> Result<Option<LockGuard<'_>>, LockError> {
        Ok(in_shared_memory(|| self.0.try_acquire()).then_some(LockGuard(self)))
    }

    pub fn lock_timeout(&self, limit: Duration) -> Result<Option<LockGuard<'_>>, LockError> {
        Ok(in_shared_memory(|| self.0.acquire_timeout(limit)).then_some(LockGuard(self)))
    }
}

#[must_use = "the lock is released at once if the guard is not kept"]
#[derive(Debug)]
pub struct LockGuard<'a>(&'a Lock);

impl Drop for LockGuard<'_> {
    fn drop(&mut self) {
        // Nobody else releases it.
        let _ = in_shared_memory(|| self.0.0.release());
    }
}
