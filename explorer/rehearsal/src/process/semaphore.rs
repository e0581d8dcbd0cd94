use std::io;

use super::Abandoned;
use crate::primitive::Arc;
use crate::primitive::participants::in_shared_memory;
use crate::primitive::time::Duration;
use crate::sync;

#[derive(Clone, Debug)]
pub struct Semaphore(Arc<sync::Semaphore>);

impl Semaphore {
    pub fn new(permits: usize) -> io::Result<Semaphore> {
        Ok(Semaphore(Arc::new(sync::Semaphore::new(permits))))
    }

    pub fn acquire(&self) -> Result<(), Abandoned> {
        in_shared_memory(|| self.0.acquire());
        Ok(())
    }

    pub fn acquire_noting(&self, before_waiting: impl FnOnce()) -> Result<(), Abandoned> {
        in_shared_memory(|| self.0.acquire_noting(before_waiting));
        Ok(())
    }

    pub fn try_acquire(&self) -> bool {
        in_shared_memory(|| self.0.try_acquire())
    }

    pub fn acquire_timeout(&self, limit: Duration) -> Result<bool, Abandoned> {
        Ok(in_shared_memory(|| self.0.acquire_timeout(limit)))
    }

    pub fn release(&self) {
        in_shared_memory(|| self.0.release());
    }

    pub fn permits(&self) -> usize {
        in_shared_memory(|| self.0.permits())
    }

    pub fn permit(&self) -> Result<Permit<'_>, Abandoned> {
        self.acquire()?;
        Ok(Permit(self))
    }
}

#[must_use = "the permit is put back at once if it is not kept"]
#[derive(Debug)]
pub struct Permit<'a>(&'a Semaphore);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}
