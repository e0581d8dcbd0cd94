use super::channel::{Capacity, Channel, PutFailure, TakeFailure};
use crate::primitive::participants::Roles;
use crate::primitive::robust::Abandoned;
use crate::primitive::time::{Deadline, Duration};
use recorder::{Object, ObjectKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Borrow;
use std::fmt;
use std::io;
use std::marker::PhantomData;

/// Why an item was not put.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// The queue is closed.
    #[error("the queue is closed")]
    Closed,
    /// The queue is full, or stayed so for the time given.
    #[error("the queue is full")]
    Full,
    /// The queue is full (or a pipe), and no process is left that could take from it.
    #[error("no process is left that could take the item")]
    NobodyTakes,
    /// The queue is full, and a process that could take from it died.
    #[error(transparent)]
    Abandoned(#[from] Abandoned),
    /// The item could not be turned into bytes, or is longer than 4 GiB.
    #[error("the item cannot be sent: {0}")]
    Encode(String),
    /// The system refused.
    #[error("the queue cannot be written")]
    System(#[source] io::Error),
}

/// Why no item was taken.
#[derive(Debug, thiserror::Error)]
pub enum GetError {
    /// The queue is empty, and a process that could put into it died. Told once for each; what else
    /// there is can be taken by further calls.
    #[error(transparent)]
    Abandoned(#[from] Abandoned),
    /// The bytes are no such item: the two sides disagree about the type. The message is gone.
    #[error("the message is not an item of this type: {0}")]
    Decode(String),
    /// The system refused.
    #[error("the queue cannot be read")]
    System(#[source] io::Error),
}

/// Why there was no item at once, or in time.
#[derive(Debug, thiserror::Error)]
pub enum TryGetError {
    /// None now; there may be one later.
    #[error("the queue is empty")]
    Empty,
    /// None now and never again.
    #[error("the queue has ended")]
    Closed,
    /// As for [`Queue::get`].
    #[error(transparent)]
    Failed(#[from] GetError),
}

pub(super) fn encode<T: Serialize>(item: &T) -> Result<Vec<u8>, PutError> {
    postcard::to_stdvec(item).map_err(|error| PutError::Encode(error.to_string()))
}

pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, GetError> {
    postcard::from_bytes(bytes).map_err(|error| GetError::Decode(error.to_string()))
}

impl From<PutFailure> for PutError {
    fn from(failure: PutFailure) -> PutError {
        match failure {
            PutFailure::Closed => PutError::Closed,
            PutFailure::Full => PutError::Full,
            PutFailure::NobodyTakes => PutError::NobodyTakes,
            PutFailure::Abandoned(abandoned) => PutError::Abandoned(abandoned),
            PutFailure::TooLong => PutError::Encode("longer than 4 GiB".to_owned()),
            PutFailure::System(error) => PutError::System(error),
        }
    }
}

impl From<TakeFailure> for TryGetError {
    fn from(failure: TakeFailure) -> TryGetError {
        match failure {
            TakeFailure::Ended => TryGetError::Closed,
            TakeFailure::TimedOut => TryGetError::Empty,
            TakeFailure::Abandoned(abandoned) => TryGetError::Failed(abandoned.into()),
            TakeFailure::System(error) => TryGetError::Failed(GetError::System(error)),
        }
    }
}

/// Messages from any processes to any processes, first in, first out. Items travel as bytes (serde,
/// postcard).
///
/// The queue **ends** when it is empty and either closed, or every other process that had a handle
/// has dropped it or ended; then [`get`](Queue::get) gives `None`. Handles belong to the process
/// they were moved into, so a consumer notices when the last producer is gone, if nobody else kept
/// one.
///
/// What travels must be readable without a description of itself: structures, enums, numbers, text,
/// collections; not `serde_json::Value` and not `#[serde(untagged)]` ([`GetError::Decode`]).
///
/// | | difference |
/// |---|---|
/// | `std::sync::mpsc`, crossbeam | for the threads of one process; nothing is serialised |
/// | nix | has pipes, sockets and POSIX message queues (at most 8 KiB a message as a rule) |
/// | Python's `multiprocessing.Queue` | a thread in the background writes to a pipe: a child cannot end before its items are read (join before drain hangs), an item just put may not be seen by `empty()`, and a child killed while it writes can block all others. Here an item is in when `put` returns, `put` on a queue without a bound never waits, and a killed writer has written nothing |
///
/// ```
/// use exercises::process::{Process, Queue};
///
/// let queue = Queue::<u64>::unbounded().unwrap();
/// let mut child = Process::new("producer", { let queue = queue.clone(); move || {
///     for i in 0..3 { queue.put(i * i).unwrap(); }
/// }});
/// child.start().unwrap();
/// child.join().unwrap(); // before reading: no danger here
/// assert_eq!(queue.iter().map(Result::unwrap).collect::<Vec<_>>(), [0, 1, 4]);
/// ```
pub struct Queue<T> {
    channel: Channel,
    items: PhantomData<fn(T) -> T>,
}

impl<T> Clone for Queue<T> {
    #[track_caller]
    fn clone(&self) -> Queue<T> {
        Queue {
            channel: self.channel.clone(),
            items: PhantomData,
        }
    }
}

impl<T> Queue<T> {
    /// A queue that takes any number of items, as far as there is memory.
    pub fn unbounded() -> io::Result<Queue<T>> {
        Ok(Queue {
            channel: Channel::new(ObjectKind::Queue, None, Roles::BOTH)?,
            items: PhantomData,
        })
    }

    /// A queue of at most so many items (0 counts as 1): `put` waits while it is full.
    pub fn bounded(capacity: usize) -> io::Result<Queue<T>> {
        Ok(Queue {
            channel: Channel::new(
                ObjectKind::Queue,
                Some(Capacity::Messages(capacity.max(1) as u64)),
                Roles::BOTH,
            )?,
            items: PhantomData,
        })
    }

    /// Nothing can be put any more, by nobody. What is in the queue can still be taken.
    #[track_caller]
    pub fn close(&self) {
        self.channel.close();
    }

    /// Whether it was closed.
    #[track_caller]
    pub fn is_closed(&self) -> bool {
        self.channel.is_closed()
    }

    /// How many items are in it right now.
    #[track_caller]
    pub fn len(&self) -> usize {
        self.channel.len()
    }

    /// Whether it is empty right now: no promise for the next moment.
    #[track_caller]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bound, if it has one.
    pub fn capacity(&self) -> Option<usize> {
        self.channel.capacity()
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.channel.object()
    }
}

impl<T: Serialize + DeserializeOwned> Queue<T> {
    /// Puts an item at the end. Waits only if the queue has a bound and is full.
    #[track_caller]
    pub fn put(&self, item: impl Borrow<T>) -> Result<(), PutError> {
        Ok(self.channel.put(&encode(item.borrow())?, Deadline::NEVER)?)
    }

    /// Puts an item at the end if there is room now.
    #[track_caller]
    pub fn try_put(&self, item: impl Borrow<T>) -> Result<(), PutError> {
        Ok(self.channel.put(
            &encode(item.borrow())?,
            Deadline::after_unscaled(Duration::ZERO),
        )?)
    }

    /// Puts an item at the end if there is room within this time.
    #[track_caller]
    pub fn put_timeout(&self, item: impl Borrow<T>, limit: Duration) -> Result<(), PutError> {
        Ok(self
            .channel
            .put(&encode(item.borrow())?, Deadline::after(limit))?)
    }

    /// Takes the first item, waiting for one; none at the end of the queue.
    #[track_caller]
    pub fn get(&self) -> Result<Option<T>, GetError> {
        match self.get_until(Deadline::NEVER) {
            Ok(item) => Ok(Some(item)),
            Err(TryGetError::Closed | TryGetError::Empty) => Ok(None),
            Err(TryGetError::Failed(error)) => Err(error),
        }
    }

    /// Takes the first item if there is one now.
    #[track_caller]
    pub fn try_get(&self) -> Result<T, TryGetError> {
        self.get_until(Deadline::after_unscaled(Duration::ZERO))
    }

    /// Takes the first item if there is one within this time ([`TryGetError::Empty`] if not).
    #[track_caller]
    pub fn get_timeout(&self, limit: Duration) -> Result<T, TryGetError> {
        self.get_until(Deadline::after(limit))
    }

    #[track_caller]
    fn get_until(&self, deadline: Deadline) -> Result<T, TryGetError> {
        Ok(decode(&self.channel.take(deadline)?)?)
    }

    /// Takes items until the end of the queue.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { queue: self }
    }
}

impl<T> fmt::Debug for Queue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue")
            .field("len", &self.len())
            .field("closed", &self.is_closed())
            .finish_non_exhaustive()
    }
}

/// Takes items until the end of a [`Queue`].
#[derive(Debug)]
pub struct Iter<'a, T> {
    queue: &'a Queue<T>,
}

impl<T: Serialize + DeserializeOwned> Iterator for Iter<'_, T> {
    type Item = Result<T, GetError>;
    #[track_caller]
    fn next(&mut self) -> Option<Self::Item> {
        self.queue.get().transpose()
    }
}

impl<'a, T: Serialize + DeserializeOwned> IntoIterator for &'a Queue<T> {
    type Item = Result<T, GetError>;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
