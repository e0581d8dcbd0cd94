//! What one gets for a task: now, later, or one after the other.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use explorer::model::fork::Messages;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{PoolError, Workers};
use crate::primitive::panic::{AssertUnwindSafe, catch_unwind};
use crate::primitive::time::Duration;

pub(super) type OnDone<T> = Box<dyn FnOnce(&T) + Send>;
pub(super) type OnError = Box<dyn FnOnce(&PoolError) + Send>;

/// Tells how a call ended: first the callback, then whoever asks for the result.
pub(super) struct Ending<T> {
    pub callbacks: Option<(OnDone<T>, OnError)>,
    pub slot: Messages<Result<T, PoolError>>,
}

impl<T> Ending<T> {
    pub fn tell(self, result: Result<T, PoolError>) {
        let callbacks = self.callbacks;
        let told = catch_unwind(AssertUnwindSafe(|| match (callbacks, &result) {
            (Some((on_done, _)), Ok(output)) => on_done(output),
            (Some((_, on_error)), Err(error)) => on_error(error),
            (None, _) => {}
        }));
        if let Err(payload) = told {
            // Dropping it could panic again.
            std::mem::forget(payload);
        }
        self.slot.send(result);
    }
}

#[must_use = "a failure that nobody asks for vanishes without a word"]
pub struct AsyncResult<T> {
    slot: Messages<Result<T, PoolError>>,
    /// Received by somebody who only looked.
    seen: Mutex<Option<Result<T, PoolError>>>,
}

impl<T> AsyncResult<T> {
    pub(super) fn new(slot: Messages<Result<T, PoolError>>) -> AsyncResult<T> {
        AsyncResult {
            slot,
            seen: Mutex::new(None),
        }
    }

    #[track_caller]
    fn look(&self, patience: Option<Duration>) -> bool {
        let seen = || self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen().is_some() {
            return true;
        }
        let received = match patience {
            Some(limit) => self.slot.recv_timeout(limit),
            None => self.slot.try_recv(),
        };
        let is_there = received.is_some();
        *seen() = received;
        is_there
    }

    #[track_caller]
    pub fn get(self) -> Result<T, PoolError> {
        let seen = self
            .seen
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        // None if the execution is over.
        let result = match seen {
            None => self.slot.recv(),
            seen => seen,
        };
        result.unwrap_or(Err(PoolError::Terminated))
    }

    #[track_caller]
    pub fn get_timeout(self, limit: Duration) -> Result<Result<T, PoolError>, AsyncResult<T>> {
        if self.wait_timeout(limit) {
            Ok(self.get())
        } else {
            Err(self)
        }
    }

    #[track_caller]
    pub fn wait_timeout(&self, limit: Duration) -> bool {
        self.look(Some(limit))
    }

    #[track_caller]
    pub fn is_ready(&self) -> bool {
        self.look(None)
    }
}

impl<T> fmt::Debug for AsyncResult<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncResult")
            .field("ready", &self.is_ready())
            .finish_non_exhaustive()
    }
}

pub struct Imap<'p, I, O, N> {
    pool: &'p Workers<I, O>,
    inputs: std::iter::Fuse<N>,
    in_order: bool,
    /// Where the results come that were not given: one place each, or one for all.
    places: VecDeque<Messages<Result<O, PoolError>>>,
}

impl<'p, I, O, N: Iterator<Item = I>> Imap<'p, I, O, N> {
    pub(super) fn new(pool: &'p Workers<I, O>, inputs: N, in_order: bool) -> Self {
        Imap {
            pool,
            inputs: inputs.fuse(),
            in_order,
            places: VecDeque::new(),
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
        while self.places.len() < 4 * self.pool.workers() {
            let Some(input) = self.inputs.next() else {
                break;
            };
            let place = match self.places.front() {
                Some(place) if !self.in_order => place.clone(),
                _ => Messages::new(),
            };
            self.places.push_back(place.clone());
            if let Err(error) = self.pool.applied_into(input, None, place.clone()) {
                place.send(Err(error));
            }
        }
        let place = self.places.pop_front()?;
        // None if the execution is over.
        Some(place.recv().unwrap_or(Err(PoolError::Terminated)))
    }
}
