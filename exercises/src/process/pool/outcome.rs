//! What one gets for a task: now, later, or one after the other.

use super::PoolError;
use super::keeper::Keeper;
use super::worker::Report;
use crate::primitive::Arc;
use crate::primitive::identity::Identity;
use crate::primitive::lock::{Condvar, Mutex};
use crate::primitive::panic::{AssertUnwindSafe, catch_unwind};
use crate::primitive::process::ExitStatus;
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, ObjectKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;

/// Why a task has no outputs.
#[derive(Clone, Debug)]
pub(super) enum Failure {
    Died {
        pid: i32,
        status: ExitStatus,
    },
    Panicked {
        offset: usize,
        pid: i32,
        message: String,
    },
    Input(String),
    Output(String),
    Terminated,
}

impl Failure {
    /// As the caller of `map` is told: `first` is the index of the task's first input.
    pub fn into_error(self, first: usize) -> PoolError {
        match self {
            Failure::Died { pid, status } => PoolError::Died { pid, status },
            Failure::Panicked {
                offset,
                pid,
                message,
            } => PoolError::Panicked {
                input: first + offset,
                pid,
                message,
            },
            Failure::Input(text) => PoolError::Input(text),
            Failure::Output(text) => PoolError::Output(text),
            Failure::Terminated => PoolError::Terminated,
        }
    }
}

pub(super) fn of_report<O>(report: Report<O>, pid: i32) -> Result<Vec<O>, Failure> {
    match report {
        Report::Done(outputs) => Ok(outputs),
        Report::Panicked { offset, message } => Err(Failure::Panicked {
            offset: offset as usize,
            pid,
            message,
        }),
        Report::Unreadable(text) => Err(Failure::Input(text)),
        Report::Unsendable(text) => Err(Failure::Output(text)),
    }
}

/// Where a result will lie.
pub(super) struct Slot<T> {
    identity: Identity,
    result: Mutex<Option<Result<T, PoolError>>>,
    done: Condvar,
}

impl<T> Slot<T> {
    pub fn new() -> Arc<Slot<T>> {
        Arc::new(Slot {
            identity: Identity::new(ObjectKind::Event),
            result: Mutex::quiet(None),
            done: Condvar::quiet(),
        })
    }

    pub fn fill(&self, result: Result<T, PoolError>) {
        self.identity.emit(Kind::Signal);
        *self.result.lock() = Some(result);
        self.done.notify_all();
    }

    fn is_filled_until(&self, deadline: Deadline) -> bool {
        self.identity.shake();
        let mut result = self.result.lock();
        if result.is_none() {
            self.identity.emit(Kind::WaitBegin);
            while result.is_none() && !self.done.wait_until(&mut result, deadline) {}
            self.identity.emit(Kind::WaitEnd);
        }
        if result.is_some() {
            self.identity.emit(Kind::Acquire);
        }
        result.is_some()
    }
}

/// A result that is on its way. Python's `AsyncResult`.
///
/// Dropping it does not stop the task; but then nobody learns of its failure, unless an error
/// callback does.
#[must_use = "a failure that nobody asks for vanishes without a word"]
pub struct AsyncResult<T> {
    pub(super) slot: Arc<Slot<T>>,
}

impl<T> AsyncResult<T> {
    /// Waits for the result. The callback has been called by then.
    pub fn get(self) -> Result<T, PoolError> {
        self.slot.is_filled_until(Deadline::NEVER);
        let result = self.slot.result.lock().take();
        result.unwrap_or(Err(PoolError::Terminated))
    }

    /// Waits for the result, at most so long; gives itself back if there is none yet.
    pub fn get_timeout(self, limit: Duration) -> Result<Result<T, PoolError>, AsyncResult<T>> {
        if self.wait_timeout(limit) {
            Ok(self.get())
        } else {
            Err(self)
        }
    }

    /// Waits until there is a result, at most so long; true if there is one.
    pub fn wait_timeout(&self, limit: Duration) -> bool {
        self.slot.is_filled_until(Deadline::after(limit))
    }

    /// Whether there is a result (or a failure) already.
    pub fn is_ready(&self) -> bool {
        self.slot.result.lock().is_some()
    }
}

impl<T> fmt::Debug for AsyncResult<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncResult")
            .field("ready", &self.is_ready())
            .finish_non_exhaustive()
    }
}

/// The parts of a `map`, gathered as they come.
pub(super) struct Gather<O> {
    parts: Vec<Option<Vec<O>>>,
    missing: usize,
    /// Gone when the result, or a failure, was given.
    ending: Option<Ending<O>>,
}

/// What a callback gets is borrowed: the result itself is for `get`.
pub(super) type OnDone<T> = Box<dyn FnOnce(&T) + Send>;
pub(super) type OnError = Box<dyn FnOnce(&PoolError) + Send>;

/// Who is to be told what.
pub(super) type Told<O> = (Ending<O>, Result<Vec<O>, PoolError>);

/// Who is told, and where the result goes.
pub(super) struct Ending<O> {
    pub on_done: Option<OnDone<Vec<O>>>,
    pub on_error: Option<OnError>,
    pub slot: Arc<Slot<Vec<O>>>,
}

impl<O> Ending<O> {
    pub fn tell(self, result: Result<Vec<O>, PoolError>) {
        match &result {
            Ok(outputs) => {
                if let Some(on_done) = self.on_done {
                    in_peace(|| on_done(outputs));
                }
            }
            Err(error) => {
                if let Some(on_error) = self.on_error {
                    in_peace(|| on_error(error));
                }
            }
        }
        self.slot.fill(result);
    }
}

/// A callback that panics has said so on stderr; it must not take the pool's thread with it.
pub(super) fn in_peace(callback: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(callback)) {
        // Dropping it could panic again.
        std::mem::forget(payload);
    }
}

impl<O> Gather<O> {
    pub fn new(parts: usize, ending: Ending<O>) -> Gather<O> {
        Gather {
            parts: (0..parts).map(|_| None).collect(),
            missing: parts,
            ending: Some(ending),
        }
    }

    /// Takes a part; gives what is to be told, if this was the last one or the first failure.
    pub fn take(
        &mut self,
        part: usize,
        first: usize,
        result: Result<Vec<O>, Failure>,
    ) -> Option<Told<O>> {
        match result {
            Ok(outputs) => {
                let place = self.parts.get_mut(part)?;
                self.missing -= usize::from(place.replace(outputs).is_none());
                if self.missing > 0 {
                    return None;
                }
                let all = self.parts.drain(..).flatten().flatten().collect();
                Some((self.ending.take()?, Ok(all)))
            }
            Err(failure) => Some((self.ending.take()?, Err(failure.into_error(first)))),
        }
    }
}

/// Results of an [`Imap`] that are there.
pub(super) struct Inbox<O> {
    pub there: Mutex<Arrived<O>>,
    pub more: Condvar,
}

pub(super) struct Arrived<O> {
    /// In the order in which they came.
    order: VecDeque<u64>,
    results: BTreeMap<u64, Result<O, PoolError>>,
}

impl<O> Inbox<O> {
    fn new() -> Arc<Inbox<O>> {
        Arc::new(Inbox {
            there: Mutex::quiet(Arrived {
                order: VecDeque::new(),
                results: BTreeMap::new(),
            }),
            more: Condvar::new(),
        })
    }

    pub fn put(&self, index: u64, result: Result<O, PoolError>) {
        let mut there = self.there.lock();
        there.order.push_back(index);
        there.results.insert(index, result);
        drop(there);
        self.more.notify_all();
    }
}

/// The results of [`imap`](super::Workers::imap), one at a time.
///
/// Inputs are taken as results are: never more than four for each worker are on their way. (Python
/// takes all inputs at once, and an endless generator fills its memory.) A task that fails gives an
/// error in its place, and the others go on.
pub struct Imap<'p, I, O, N> {
    keeper: &'p Keeper<I, O>,
    inputs: std::iter::Fuse<N>,
    in_order: bool,
    inbox: Arc<Inbox<O>>,
    given: u64,
    taken: u64,
}

impl<'p, I, O, N: Iterator<Item = I>> Imap<'p, I, O, N> {
    pub(super) fn new(keeper: &'p Keeper<I, O>, inputs: N, in_order: bool) -> Self {
        Imap {
            keeper,
            inputs: inputs.fuse(),
            in_order,
            inbox: Inbox::new(),
            given: 0,
            taken: 0,
        }
    }
}

impl<I, O, N> Iterator for Imap<'_, I, O, N>
where
    I: Serialize + DeserializeOwned + 'static,
    O: Serialize + DeserializeOwned + Send + 'static,
    N: Iterator<Item = I>,
{
    type Item = Result<O, PoolError>;

    fn next(&mut self) -> Option<Self::Item> {
        let most = 4 * self.keeper.workers() as u64;
        while self.given - self.taken < most {
            let Some(input) = self.inputs.next() else {
                break;
            };
            let (index, inbox) = (self.given, self.inbox.clone());
            self.given += 1;
            let deliver = move |result: Result<Vec<O>, Failure>| inbox.put(index, one(result));
            if let Err(error) = self.keeper.submit(&[input], Box::new(deliver)) {
                self.inbox.put(index, Err(error));
            }
        }
        if self.taken == self.given {
            return None;
        }
        let wanted = self.taken;
        let in_order = self.in_order;
        let mut there = self.inbox.there.lock();
        self.inbox.more.wait_while(&mut there, |there| {
            if in_order {
                !there.results.contains_key(&wanted)
            } else {
                there.order.is_empty()
            }
        });
        self.taken += 1;
        if in_order {
            there.order.pop_front();
            there.results.remove(&wanted)
        } else {
            let first = there.order.pop_front()?;
            there.results.remove(&first)
        }
    }
}

/// The one output of a task with one input.
pub(super) fn one<O>(result: Result<Vec<O>, Failure>) -> Result<O, PoolError> {
    result
        .map_err(|failure| failure.into_error(0))?
        .pop()
        .ok_or_else(|| PoolError::Output("an output is missing".to_owned()))
}
