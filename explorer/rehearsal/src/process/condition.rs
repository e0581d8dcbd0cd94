use std::io;

use super::{Abandoned, LockError};
use crate::primitive::Arc;
use crate::primitive::participants::in_shared_memory;
use crate::primitive::time::Duration;
use crate::sync;

#[derive(Clone, Debug)]
pub struct Condition(Arc<sync::Condition<()>>);

impl Condition {
    pub fn new() -> io::Result<Condition> {
        Ok(Condition(Arc::new(sync::Condition::new(()))))
    }

    pub fn lock(&self) -> Result<ConditionGuard<'_>, LockError> {
        Ok(ConditionGuard(in_shared_memory(|| self.0.lock())))
    }
}

#[must_use = "the lock is released at once if the guard is not kept"]
#[derive(Debug)]
pub struct ConditionGuard<'a>(sync::ConditionGuard<'a, ()>);

impl<'a> ConditionGuard<'a> {
    pub fn wait(mut self) -> Result<ConditionGuard<'a>, Abandoned> {
        in_shared_memory(|| self.0.wait());
        Ok(self)
    }

    pub fn wait_timeout(
        mut self,
        limit: Duration,
    ) -> Result<(ConditionGuard<'a>, bool), Abandoned> {
        let timed_out = in_shared_memory(|| self.0.wait_timeout(limit));
        Ok((self, timed_out))
    }

    pub fn wait_while(
        mut self,
        mut still: impl FnMut() -> bool,
    ) -> Result<ConditionGuard<'a>, Abandoned> {
        in_shared_memory(|| self.0.wait_while(|()| still()));
        Ok(self)
    }

    pub fn notify_one(&mut self) {
        in_shared_memory(|| self.0.notify_one());
    }

    pub fn notify_all(&mut self) {
        in_shared_memory(|| self.0.notify_all());
    }
}
