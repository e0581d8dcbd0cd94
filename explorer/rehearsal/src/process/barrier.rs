use std::io;

use super::Abandoned;
use crate::primitive::Arc;
use crate::primitive::participants::in_shared_memory;
use crate::primitive::time::Duration;
use crate::sync::{self, Arrival, BarrierBroken};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BarrierError {
    #[error(transparent)]
    Abandoned(#[from] Abandoned),
    #[error("not all arrived in time")]
    TimedOut,
    #[error("the barrier was broken by another process")]
    ByAnother,
}

impl From<BarrierBroken> for BarrierError {
    fn from(broken: BarrierBroken) -> BarrierError {
        match broken {
            BarrierBroken::TimedOut => BarrierError::TimedOut,
            BarrierBroken::ByAnother => BarrierError::ByAnother,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Barrier(Arc<sync::Barrier>);

impl Barrier {
    pub fn new(parties: usize) -> io::Result<Barrier> {
        Ok(Barrier(Arc::new(sync::Barrier::new(parties))))
    }

    pub fn wait(&self) -> Result<Arrival, BarrierError> {
        Ok(in_shared_memory(|| self.0.wait())?)
    }

    pub fn wait_timeout(&self, limit: Duration) -> Result<Arrival, BarrierError> {
        Ok(in_shared_memory(|| self.0.wait_timeout(limit))?)
    }
}
