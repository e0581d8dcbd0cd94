//! Queues and pipes. A message is handed over as it is: that it is written down and read again shows nothing here.
//!
//! The real ones end when the last process that could put something in has ended. That is not modelled: a lesson that
//! waits for it stands still, and is in the list of what is not played.

use std::borrow::Borrow;
use std::io;

use explorer::model::fork::in_shared_memory;

use super::Abandoned;
use crate::primitive::time::Duration;
use crate::sync;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PutError {
    #[error("the queue is closed")]
    Closed,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GetError {
    #[error(transparent)]
    Abandoned(#[from] Abandoned),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TryGetError {
    #[error("nothing is there")]
    Empty,
    #[error("the end")]
    Closed,
    #[error(transparent)]
    Failed(#[from] GetError),
}

#[derive(Clone, Debug)]
pub struct Queue<T>(sync::Queue<T>);

impl<T: Clone> Queue<T> {
    pub fn unbounded() -> io::Result<Queue<T>> {
        Ok(Queue(sync::Queue::unbounded()))
    }

    pub fn bounded(capacity: usize) -> io::Result<Queue<T>> {
        Ok(Queue(sync::Queue::bounded(capacity)))
    }

    pub fn put(&self, item: impl Borrow<T>) -> Result<(), PutError> {
        in_shared_memory(|| self.0.put(item.borrow().clone())).map_err(|_| PutError::Closed)
    }

    pub fn get(&self) -> Result<Option<T>, GetError> {
        Ok(in_shared_memory(|| self.0.get()))
    }

    pub fn get_timeout(&self, limit: Duration) -> Result<T, TryGetError> {
        in_shared_memory(|| self.0.get_timeout(limit)).map_err(|error| match error {
            sync::GetTimeoutError::TimedOut => TryGetError::Empty,
            sync::GetTimeoutError::Closed => TryGetError::Closed,
        })
    }

    pub fn try_get(&self) -> Result<T, TryGetError> {
        in_shared_memory(|| self.0.try_get()).map_err(|error| match error {
            sync::TryGetError::Empty => TryGetError::Empty,
            sync::TryGetError::Closed => TryGetError::Closed,
        })
    }

    pub fn close(&self) {
        in_shared_memory(|| self.0.close());
    }

    pub fn len(&self) -> usize {
        in_shared_memory(|| self.0.len())
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[derive(Clone, Debug)]
pub struct Sender<T>(Queue<T>);

#[derive(Clone, Debug)]
pub struct Receiver<T>(Queue<T>);

pub fn pipe<T: Clone>() -> io::Result<(Sender<T>, Receiver<T>)> {
    let queue = Queue::unbounded()?;
    Ok((Sender(queue.clone()), Receiver(queue)))
}

impl<T: Clone> Sender<T> {
    pub fn send(&self, item: impl Borrow<T>) -> Result<(), PutError> {
        self.0.put(item)
    }
}

impl<T: Clone> Receiver<T> {
    pub fn recv(&self) -> Result<Option<T>, GetError> {
        self.0.get()
    }

    pub fn recv_timeout(&self, limit: Duration) -> Result<T, TryGetError> {
        self.0.get_timeout(limit)
    }
}
