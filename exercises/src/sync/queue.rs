use crate::primitive::Arc;
use crate::primitive::identity::Identity;
use crate::primitive::lock::{Condvar, Mutex, MutexGuard};
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, Object, ObjectKind};
use std::collections::VecDeque;
use std::fmt;

/// Hands items from any threads to any threads, first in, first out.
///
/// Clones are handles on the same queue. It ends when it is [closed](Queue::close) and empty: then
/// every [`get`](Queue::get) gives `None`, which is what no sentinel value can do for several
/// consumers.
///
/// | | difference |
/// |---|---|
/// | `std::sync::mpsc` | one receiver only; closes when the senders are dropped |
/// | `crossbeam::channel` | the same idea, a little faster, with `select!`; closes only when one side is dropped, so a sender that waits for room cannot be sent away |
/// | Python's `queue.Queue` | the same calls, [`task_done`](Queue::task_done) and [`join`](Queue::join) included; closing came only with 3.13 |
///
/// A queue of our own, on one lock, because crossbeam's channel keeps two promises less: `close`
/// gives the item back to whoever waits to put it, and the journal has the items in the order of
/// the queue. It still moves many times the items of Python's in a second (see `examples/costs`).
///
/// ```
/// use exercises::primitive::thread;
/// use exercises::sync::Queue;
///
/// let queue = Queue::bounded(2);
/// thread::scope(|s| {
///     s.spawn(Some("producer"), || {
///         for item in 0..5 { queue.put(item).unwrap(); }
///         queue.close();
///     });
///     assert_eq!(queue.iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
/// });
/// ```
pub struct Queue<T> {
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    identity: Identity,
    capacity: Option<usize>,
    state: Mutex<State<T>>,
    filled: Condvar,
    drained: Condvar,
    all_done: Condvar,
}

struct State<T> {
    items: VecDeque<T>,
    closed: bool,
    unfinished: usize,
}

/// Why an item was not put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutErrorKind {
    /// The queue is closed.
    Closed,
    /// The queue is full, or stayed so for the time given.
    Full,
}

/// The item was not put; here it is.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("the queue is {}", match .kind { PutErrorKind::Closed => "closed", PutErrorKind::Full => "full" })]
pub struct PutError<T> {
    /// What was in the way.
    pub kind: PutErrorKind,
    /// The item.
    pub item: T,
}

impl<T> fmt::Debug for PutError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PutError")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// Why there was no item at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TryGetError {
    /// None now; there may be one later.
    #[error("the queue is empty")]
    Empty,
    /// None now and never again.
    #[error("the queue is closed and empty")]
    Closed,
}

/// Why there was no item in the time given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GetTimeoutError {
    /// None came in time.
    #[error("no item came in time")]
    TimedOut,
    /// None will come.
    #[error("the queue is closed and empty")]
    Closed,
}

impl<T> Queue<T> {
    /// A queue that takes any number of items.
    pub fn unbounded() -> Queue<T> {
        Queue::with(None)
    }

    /// A queue of at most so many items: `put` waits while it is full. 0 counts as 1.
    pub fn bounded(capacity: usize) -> Queue<T> {
        Queue::with(Some(capacity.max(1)))
    }

    fn with(capacity: Option<usize>) -> Queue<T> {
        Queue {
            shared: Arc::new(Shared {
                identity: Identity::new(ObjectKind::Queue),
                capacity,
                state: Mutex::quiet(State {
                    items: VecDeque::new(),
                    closed: false,
                    unfinished: 0,
                }),
                filled: Condvar::quiet(),
                drained: Condvar::quiet(),
                all_done: Condvar::quiet(),
            }),
        }
    }

    /// Puts an item at the end, waiting for room if need be.
    #[track_caller]
    pub fn put(&self, item: T) -> Result<(), PutError<T>> {
        self.put_until(item, Deadline::NEVER)
    }

    /// Puts an item at the end if there is room now.
    #[track_caller]
    pub fn try_put(&self, item: T) -> Result<(), PutError<T>> {
        self.put_until(item, Deadline::after_unscaled(Duration::ZERO))
    }

    /// Puts an item at the end if there is room within this time.
    #[track_caller]
    pub fn put_timeout(&self, item: T, limit: Duration) -> Result<(), PutError<T>> {
        self.put_until(item, Deadline::after(limit))
    }

    #[track_caller]
    fn put_until(&self, item: T, deadline: Deadline) -> Result<(), PutError<T>> {
        let Shared {
            identity,
            capacity,
            state,
            filled,
            drained,
            ..
        } = &*self.shared;
        identity.shake();
        let mut state = state.lock();
        let is_full = |state: &State<T>| {
            !state.closed && capacity.is_some_and(|most| state.items.len() >= most)
        };
        if is_full(&state) && !deadline.is_over() {
            identity.emit(Kind::WaitBegin);
            while is_full(&state) && !drained.wait_until(&mut state, deadline) {}
            identity.emit(Kind::WaitEnd);
        }
        if state.closed {
            return Err(PutError {
                kind: PutErrorKind::Closed,
                item,
            });
        }
        if is_full(&state) {
            return Err(PutError {
                kind: PutErrorKind::Full,
                item,
            });
        }
        identity.emit(Kind::Send);
        state.items.push_back(item);
        state.unfinished += 1;
        drop(state);
        filled.notify_one();
        identity.shake();
        Ok(())
    }

    /// Takes the first item, waiting for one; none at the end of the queue.
    #[track_caller]
    pub fn get(&self) -> Option<T> {
        self.get_until(Deadline::NEVER).ok()
    }

    /// Takes the first item if there is one now.
    #[track_caller]
    pub fn try_get(&self) -> Result<T, TryGetError> {
        self.get_until(Deadline::after_unscaled(Duration::ZERO))
            .map_err(|error| match error {
                GetTimeoutError::TimedOut => TryGetError::Empty,
                GetTimeoutError::Closed => TryGetError::Closed,
            })
    }

    /// Takes the first item if there is one within this time.
    #[track_caller]
    pub fn get_timeout(&self, limit: Duration) -> Result<T, GetTimeoutError> {
        self.get_until(Deadline::after(limit))
    }

    #[track_caller]
    pub(super) fn get_until(&self, deadline: Deadline) -> Result<T, GetTimeoutError> {
        let Shared {
            identity,
            state,
            filled,
            drained,
            ..
        } = &*self.shared;
        identity.shake();
        let mut state = state.lock();
        let is_empty = |state: &State<T>| state.items.is_empty() && !state.closed;
        if is_empty(&state) && !deadline.is_over() {
            identity.emit(Kind::WaitBegin);
            while is_empty(&state) && !filled.wait_until(&mut state, deadline) {}
            identity.emit(Kind::WaitEnd);
        }
        let Some(item) = state.items.pop_front() else {
            return Err(if state.closed {
                GetTimeoutError::Closed
            } else {
                GetTimeoutError::TimedOut
            });
        };
        identity.emit(Kind::Receive);
        drop(state);
        drained.notify_one();
        identity.shake();
        Ok(item)
    }

    /// Nothing can be put any more. What is in the queue can still be taken.
    #[track_caller]
    pub fn close(&self) {
        self.shared.identity.shake();
        self.shared.state.lock().closed = true;
        self.shared.filled.notify_all();
        self.shared.drained.notify_all();
    }

    /// Says that an item taken has been dealt with. False if there was none left to say it of.
    #[track_caller]
    pub fn task_done(&self) -> bool {
        let mut state = self.shared.state.lock();
        let counted = state.unfinished > 0;
        state.unfinished = state.unfinished.saturating_sub(1);
        if state.unfinished == 0 {
            self.shared.all_done.notify_all();
        }
        counted
    }

    /// Waits until [`task_done`](Queue::task_done) was called for every item put.
    #[track_caller]
    pub fn join(&self) {
        let identity = &self.shared.identity;
        let mut state = self.shared.state.lock();
        if state.unfinished > 0 {
            identity.emit(Kind::WaitBegin);
            self.shared
                .all_done
                .wait_while(&mut state, |state| state.unfinished > 0);
            identity.emit(Kind::WaitEnd);
        }
    }

    /// Takes items until the end of the queue.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { queue: self }
    }

    /// How many items are in it right now.
    #[track_caller]
    pub fn len(&self) -> usize {
        self.look().items.len()
    }

    /// Whether it is empty right now: no promise for the next moment.
    #[track_caller]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it was closed.
    #[track_caller]
    pub fn is_closed(&self) -> bool {
        self.look().closed
    }

    /// The bound, if it has one.
    pub fn capacity(&self) -> Option<usize> {
        self.shared.capacity
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.shared.identity.object()
    }

    #[track_caller]
    fn look(&self) -> MutexGuard<'_, State<T>> {
        self.shared.state.lock()
    }
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Queue<T> {
        Queue {
            shared: self.shared.clone(),
        }
    }
}

impl<T> fmt::Debug for Queue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.look();
        f.debug_struct("Queue")
            .field("len", &state.items.len())
            .field("closed", &state.closed)
            .finish_non_exhaustive()
    }
}

/// Takes items until the end of a [`Queue`].
#[derive(Debug)]
pub struct Iter<'a, T> {
    queue: &'a Queue<T>,
}

impl<T> Iterator for Iter<'_, T> {
    type Item = T;
    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.queue.get()
    }
}

impl<'a, T> IntoIterator for &'a Queue<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
