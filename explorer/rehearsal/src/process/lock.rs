use std::io;
use std::sync::Arc;

use super::Abandoned;
use super::owned::{Outcome, Owned};
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
pub struct Lock(Arc<Owned>);

impl Lock {
    pub fn new() -> io::Result<Lock> {
        Ok(Lock(Owned::new()))
    }

    pub fn lock(&self) -> Result<LockGuard<'_>, LockError> {
        let guard = self.taken(|lock| {
            lock.acquire();
            true
        })?;
        Ok(guard.unwrap_or_else(|| unreachable!("a wait without a limit ends with the lock")))
    }

    pub fn try_lock(&self) -> Result<Option<LockGuard<'_>>, LockError> {
        self.taken(sync::Lock::try_acquire)
    }

    pub fn lock_timeout(&self, limit: Duration) -> Result<Option<LockGuard<'_>>, LockError> {
        self.taken(|lock| lock.acquire_timeout(limit))
    }

    fn taken(
        &self,
        how: impl FnOnce(&sync::Lock) -> bool,
    ) -> Result<Option<LockGuard<'_>>, LockError> {
        match self.0.acquire(how) {
            Outcome::Locked => Ok(Some(LockGuard(&self.0))),
            Outcome::Inherited(abandoned) => Err(abandoned.into()),
            Outcome::Busy => Ok(None),
            Outcome::Own => Err(LockError::HeldByThisThread),
        }
    }
}

#[must_use = "the lock is released at once if the guard is not kept"]
#[derive(Debug)]
pub struct LockGuard<'a>(&'a Owned);

impl Drop for LockGuard<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}
