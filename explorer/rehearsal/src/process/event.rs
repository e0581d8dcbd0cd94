use std::io;

use super::Abandoned;
use crate::primitive::Arc;
use crate::primitive::participants::in_shared_memory;
use crate::primitive::time::Duration;
use crate::sync;

#[derive(Clone, Debug)]
pub struct Event(Arc<sync::Event>);

impl Event {
    pub fn new() -> io::Result<Event> {
        Ok(Event(Arc::new(sync::Event::new())))
    }

    pub fn set(&self) {
        in_shared_memory(|| self.0.set());
    }

    pub fn clear(&self) {
        in_shared_memory(|| self.0.clear());
    }

    pub fn is_set(&self) -> bool {
        in_shared_memory(|| self.0.is_set())
    }

    pub fn wait(&self) -> Result<(), Abandoned> {
        in_shared_memory(|| self.0.wait());
        Ok(())
    }

    pub fn wait_timeout(&self, limit: Duration) -> Result<bool, Abandoned> {
        Ok(in_shared_memory(|| self.0.wait_timeout(limit)))
    }
}
