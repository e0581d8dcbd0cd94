use super::channel::{Capacity, Channel};
use super::queue::{GetError, PutError, TryGetError, decode, encode};
use super::tasks::Tasks;
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

/// [`JoinableQueue::task_done`] was called more often than items were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("task_done was called more often than there were items")]
pub struct TaskDoneError;

/// A [`Queue`](super::Queue) that knows when all its items are **done**, not only taken.
///
/// Every item put counts as unfinished, until whoever took it says
/// [`task_done`](JoinableQueue::task_done). [`join`](JoinableQueue::join) waits until nothing is
/// unfinished. Putting, taking and ending are as in [`Queue`](super::Queue).
///
/// **If a process that has the queue dies** (is killed, panics) while something is unfinished, `join`
/// gives [`Abandoned`] within a second, and does so until the work is done after all, or somebody
/// [`recover`](JoinableQueue::recover)s: then what the dead had taken counts as done.
///
/// | | difference |
/// |---|---|
/// | std, parking_lot, nix | have none |
/// | crossbeam | has none for queues; its `WaitGroup` counts threads |
/// | Python's `multiprocessing.JoinableQueue` | the same calls; `join` waits for ever for a killed worker, or one that forgot `task_done` ([`join_timeout`](JoinableQueue::join_timeout) ends that wait) |
///
/// ```
/// use exercises::process::{JoinableQueue, Process};
///
/// let dishes = JoinableQueue::<String>::unbounded().unwrap();
/// let mut dryer = Process::new("dryer", { let dishes = dishes.clone(); move || {
///     while let Some(_dish) = dishes.get().unwrap() {
///         dishes.task_done().unwrap();
///     }
/// }});
/// dryer.start().unwrap();
/// for dish in ["salad", "bread"] {
///     dishes.put(dish.to_owned()).unwrap();
/// }
/// dishes.join().unwrap(); // both are dry
/// dishes.close();
/// assert_eq!(dryer.join().unwrap(), Some(0));
/// ```
pub struct JoinableQueue<T> {
    channel: Channel,
    tasks: Tasks,
    items: PhantomData<fn(T) -> T>,
}

impl<T> Clone for JoinableQueue<T> {
    #[track_caller]
    fn clone(&self) -> JoinableQueue<T> {
        JoinableQueue {
            channel: self.channel.clone(),
            tasks: self.tasks.clone(),
            items: PhantomData,
        }
    }
}

impl<T> JoinableQueue<T> {
    /// A queue that takes any number of items, as far as there is memory.
    pub fn unbounded() -> io::Result<JoinableQueue<T>> {
        JoinableQueue::with_capacity(None)
    }

    /// A queue of at most so many items (0 counts as 1): `put` waits while it is full.
    pub fn bounded(capacity: usize) -> io::Result<JoinableQueue<T>> {
        JoinableQueue::with_capacity(Some(capacity))
    }

    fn with_capacity(capacity: Option<usize>) -> io::Result<JoinableQueue<T>> {
        Ok(JoinableQueue {
            channel: Channel::new(
                ObjectKind::Queue,
                capacity.map(|most| Capacity::Messages(most.max(1) as u64)),
                Roles::BOTH,
            )?,
            tasks: Tasks::new()?,
            items: PhantomData,
        })
    }

    /// Says that an item that was taken is done.
    #[track_caller]
    pub fn task_done(&self) -> Result<(), TaskDoneError> {
        self.tasks.done(&self.channel)
    }

    /// Waits until every item that was put is done.
    #[track_caller]
    pub fn join(&self) -> Result<(), Abandoned> {
        self.tasks.wait(Deadline::NEVER).map(drop)
    }

    /// Waits for that at most so long; true if everything is done.
    #[track_caller]
    pub fn join_timeout(&self, limit: Duration) -> Result<bool, Abandoned> {
        self.tasks.wait(Deadline::after(limit))
    }

    /// Counts what dead processes had taken as done, and says how many items that were; those who join
    /// wait for the rest again.
    #[track_caller]
    pub fn recover(&self) -> usize {
        self.tasks.recover(&self.channel)
    }

    /// How many items are not done: those in the queue, and those that were taken.
    #[track_caller]
    pub fn unfinished(&self) -> usize {
        self.tasks.unfinished()
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

    /// Whether it is empty right now: no promise for the next moment, and not yet done.
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

impl<T: Serialize + DeserializeOwned> JoinableQueue<T> {
    /// Puts an item at the end. Waits only if the queue has a bound and is full.
    #[track_caller]
    pub fn put(&self, item: impl Borrow<T>) -> Result<(), PutError> {
        self.put_until(item.borrow(), Deadline::NEVER)
    }

    /// Puts an item at the end if there is room now.
    #[track_caller]
    pub fn try_put(&self, item: impl Borrow<T>) -> Result<(), PutError> {
        self.put_until(item.borrow(), Deadline::after_unscaled(Duration::ZERO))
    }

    /// Puts an item at the end if there is room within this time.
    #[track_caller]
    pub fn put_timeout(&self, item: impl Borrow<T>, limit: Duration) -> Result<(), PutError> {
        self.put_until(item.borrow(), Deadline::after(limit))
    }

    #[track_caller]
    fn put_until(&self, item: &T, deadline: Deadline) -> Result<(), PutError> {
        self.tasks.take_part();
        let one_more = || self.tasks.one_more();
        Ok(self
            .channel
            .put_noting(&encode(item)?, deadline, &one_more)?)
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
        self.tasks.take_part();
        let mine = || self.tasks.one_taken();
        Ok(decode(&self.channel.take_noting(deadline, &mine)?)?)
    }
}

impl<T> fmt::Debug for JoinableQueue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinableQueue")
            .field("len", &self.len())
            .field("unfinished", &self.unfinished())
            .finish_non_exhaustive()
    }
}
