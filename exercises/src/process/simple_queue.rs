use super::queue::{GetError, PutError, Queue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Borrow;
use std::fmt;
use std::io;

/// A queue with three calls: put, get, is it empty.
///
/// A [`Queue`] without a bound, without time-outs and without an end that somebody declares: for
/// where that is all one needs. Its end is the same: [`get`](SimpleQueue::get) gives `None` when it is
/// empty and every other process that had a handle has dropped it or ended.
///
/// | | difference |
/// |---|---|
/// | `std::sync::mpsc`, crossbeam | for the threads of one process |
/// | nix | has pipes of bytes |
/// | Python's `multiprocessing.SimpleQueue` | a locked pipe: `put` waits when the pipe is full, and a process killed in the middle blocks the others for ever. Here `put` never waits, and the others are told |
///
/// ```
/// use exercises::process::{Process, SimpleQueue};
///
/// let queue = SimpleQueue::<String>::new().unwrap();
/// let mut child = Process::new("child", { let queue = queue.clone(); move || queue.put("test".to_owned()) });
/// child.start().unwrap();
/// assert_eq!(queue.get().unwrap().as_deref(), Some("test"));
/// assert_eq!(queue.get().unwrap(), None); // the child has ended
/// child.join().unwrap();
/// ```
pub struct SimpleQueue<T> {
    queue: Queue<T>,
}

impl<T> Clone for SimpleQueue<T> {
    #[track_caller]
    fn clone(&self) -> SimpleQueue<T> {
        SimpleQueue {
            queue: self.queue.clone(),
        }
    }
}

impl<T> SimpleQueue<T> {
    /// An empty queue, shared with every process forked from now on.
    pub fn new() -> io::Result<SimpleQueue<T>> {
        Ok(SimpleQueue {
            queue: Queue::unbounded()?,
        })
    }

    /// Whether it is empty right now: no promise for the next moment.
    #[track_caller]
    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }
}

impl<T: Serialize + DeserializeOwned> SimpleQueue<T> {
    /// Puts an item at the end. Never waits.
    #[track_caller]
    pub fn put(&self, item: impl Borrow<T>) -> Result<(), PutError> {
        self.queue.put(item)
    }

    /// Takes the first item, waiting for one; none at the end of the queue. Errors as for
    /// [`Queue::get`].
    #[track_caller]
    pub fn get(&self) -> Result<Option<T>, GetError> {
        self.queue.get()
    }
}

impl<T> fmt::Debug for SimpleQueue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimpleQueue")
            .field("empty", &self.is_empty())
            .finish_non_exhaustive()
    }
}
