//! A pool that lasts.

use crate::lack::Lack;
use std::marker::PhantomData;

use explorer::model::fork::Messages;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::staff::{Done, Order, Seat, Task, Word, give_out, guarded, keep, work};
use super::{Pool, PoolError};
use crate::primitive::Arc;
use crate::primitive::lock::Mutex;
use crate::primitive::not_modelled;
use crate::primitive::process::{Bond, fork_with, getpid};
use crate::primitive::thread::{self, JoinHandle};
use crate::process::leave::Leave;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    Closed,
    Terminated,
}

struct State {
    phase: Phase,
    /// How many calls were made.
    calls: usize,
}

pub struct Workers<I, O> {
    owner: i32,
    orders: Vec<Messages<Order<O>>>,
    desk: Messages<Word>,
    state: Mutex<State>,
    present: Arc<Mutex<Vec<i32>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    inputs: PhantomData<fn(&I)>,
}

#[must_use = "a failure that nobody asks for vanishes without a word"]
pub struct AsyncResult<T> {
    slot: Messages<Result<T, PoolError>>,
}

impl<T> AsyncResult<T> {
    pub fn get(self) -> Result<T, PoolError> {
        self.slot.recv().unwrap_or(Err(PoolError::Terminated))
    }
}

type OnDone<T> = Box<dyn FnOnce(&T) + Send>;
type OnError = Box<dyn FnOnce(&PoolError) + Send>;

/// Tells how a call ended: first the callback, then whoever asks for the result.
struct Ending<T> {
    callbacks: Option<(OnDone<T>, OnError)>,
    slot: Messages<Result<T, PoolError>>,
}

impl<T> Ending<T> {
    fn tell(self, result: Result<T, PoolError>) {
        // What a callback panics with concerns nobody.
        let _ = match (self.callbacks, &result) {
            (Some((on_done, _)), Ok(output)) => guarded(|| on_done(output)),
            (Some((_, on_error)), Err(error)) => guarded(|| on_error(error)),
            (None, _) => Ok(()),
        };
        self.slot.send(result);
    }
}

impl<I, O> Workers<I, O> {
    pub const MOST: usize = 64;

    fn is_ours(&self) -> Result<(), PoolError> {
        if self.owner == getpid() {
            Ok(())
        } else {
            Err(PoolError::NotOurs(self.owner))
        }
    }

    fn end(&self, phase: Phase, leave: Leave) {
        let mut state = self.state.lock();
        let calls = state.calls;
        let later = state.phase == Phase::Open
            || (state.phase == Phase::Closed && phase == Phase::Terminated);
        if later {
            state.phase = phase;
        }
        drop(state);
        if later {
            self.desk.send(Word::End { calls, leave });
        }
    }

    pub fn close(&self) {
        if self.is_ours().is_ok() {
            self.end(Phase::Closed, Leave::Home);
        }
    }

    pub fn terminate(&self) {
        if self.is_ours().is_ok() {
            self.end(Phase::Terminated, Leave::Killed);
        }
    }

    pub fn join(&self) -> Result<(), PoolError> {
        self.is_ours()?;
        if self.state.lock().phase == Phase::Open {
            return Err(PoolError::StillOpen);
        }
        let mut thread = self.thread.lock();
        if let Some(thread) = thread.take() {
            // It does not panic.
            let _ = thread.join();
        }
        Ok(())
    }

    pub fn workers(&self) -> usize {
        self.orders.len()
    }

    pub fn pids(&self) -> Vec<i32> {
        self.present.lock().clone()
    }
}

impl<I, O> Workers<I, O>
where
    I: Serialize + DeserializeOwned + 'static,
    O: Serialize + DeserializeOwned + Send + 'static,
{
    pub(super) fn start(
        workers: usize,
        f: impl Fn(&I) -> O + Send + Sync + 'static,
    ) -> Result<Workers<I, O>, PoolError> {
        let workers = if workers == 0 {
            thread::cores()
        } else {
            workers
        };
        if workers > Self::MOST {
            return Err(PoolError::TooMany(workers));
        }
        let f = Arc::new(f);
        let mut seats = Vec::new();
        for number in 1..=workers {
            let orders = Messages::new();
            let (f, own) = (f.clone(), orders.clone());
            let child = fork_with(&format!("Worker-{number}"), Bond::None, move || {
                work(&own, workers == 1, &*f)
            })?;
            seats.push(Seat { child, orders });
        }
        let present = seats.iter().map(|seat| seat.child.pid()).collect();
        let (desk, present) = (Messages::new(), Arc::new(Mutex::new(present)));
        let orders = seats.iter().map(|seat| seat.orders.clone()).collect();
        let thread = thread::Builder::new().name("pool").spawn({
            let (desk, present) = (desk.clone(), present.clone());
            move || keep(&desk, &seats, &present)
        })?;
        Ok(Workers {
            owner: getpid(),
            orders,
            desk,
            state: Mutex::new(State {
                phase: Phase::Open,
                calls: 0,
            }),
            present,
            thread: Mutex::new(Some(thread)),
            inputs: PhantomData,
        })
    }

    fn is_open(&self) -> Result<(), PoolError> {
        self.is_ours()?;
        match self.state.lock().phase {
            Phase::Open => Ok(()),
            Phase::Closed => Err(PoolError::Closed),
            Phase::Terminated => Err(PoolError::Terminated),
        }
    }

    /// A call that is done in these parts; `settle` gets what became of them, in the pool's thread.
    fn call(
        &self,
        parts: &[&[I]],
        settle: impl FnOnce(Vec<Done<O>>) + Send + 'static,
    ) -> Result<(), PoolError> {
        let written = parts.iter().map(postcard::to_allocvec);
        let written: Result<Vec<Vec<u8>>, _> = written.collect();
        let mut written = written.map_err(|error| PoolError::Input(error.to_string()))?;
        self.is_open()?;
        self.state.lock().calls += 1;
        let desk = self.desk.clone();
        let settled = move |done| desk.send(Word::Settled(Box::new(move || settle(done))));
        let tasks = if written.len() == 1 {
            let report: Box<dyn FnOnce(Done<O>) + Send> = Box::new(move |done| settled(vec![done]));
            let inputs = written.swap_remove(0);
            vec![Task { inputs, report }]
        } else {
            let slots = written.iter().map(|_| Messages::new());
            let slots: Vec<Messages<Done<O>>> = slots.collect();
            let tasks = written.into_iter().zip(&slots).map(|(inputs, slot)| {
                let slot = slot.clone();
                let report = Box::new(move |done| slot.send(done));
                Task { inputs, report }
            });
            let tasks = tasks.collect();
            // Nobody sees it: it waits for one after the other, so that who is done first makes no difference.
            explorer::model::thread::spawn(move || {
                settled(slots.iter().filter_map(Messages::recv).collect());
            });
            tasks
        };
        give_out(tasks, &self.orders);
        Ok(())
    }

    pub fn apply(&self, input: I) -> Result<O, PoolError> {
        self.apply_async(input)?.get()
    }

    pub fn apply_async(&self, input: I) -> Result<AsyncResult<O>, PoolError> {
        self.applied(input, None)
    }

    pub fn apply_async_with(
        &self,
        input: I,
        callback: impl FnOnce(&O) + Send + 'static,
        error_callback: impl FnOnce(&PoolError) + Send + 'static,
    ) -> Result<AsyncResult<O>, PoolError> {
        self.applied(input, Some((Box::new(callback), Box::new(error_callback))))
    }

    fn applied(
        &self,
        input: I,
        callbacks: Option<(OnDone<O>, OnError)>,
    ) -> Result<AsyncResult<O>, PoolError> {
        let slot = Messages::new();
        let ending = Ending {
            callbacks,
            slot: slot.clone(),
        };
        self.call(&[&[input]], move |done| {
            let missing = || PoolError::Output("an output is missing".to_owned());
            let output = match done.into_iter().next() {
                Some(Ok(mut outputs)) => outputs.pop().ok_or_else(missing),
                Some(Err(failure)) => Err(failure.into()),
                None => Err(missing()),
            };
            ending.tell(output);
        })?;
        Ok(AsyncResult { slot })
    }

    pub fn map(&self, inputs: &[I]) -> Result<Vec<O>, PoolError> {
        self.map_async(inputs)?.get()
    }

    pub fn map_async(&self, inputs: &[I]) -> Result<AsyncResult<Vec<O>>, PoolError> {
        self.mapped(inputs, None)
    }

    pub fn map_async_with(
        &self,
        inputs: &[I],
        callback: impl FnOnce(&Vec<O>) + Send + 'static,
        error_callback: impl FnOnce(&PoolError) + Send + 'static,
    ) -> Result<AsyncResult<Vec<O>>, PoolError> {
        self.mapped(inputs, Some((Box::new(callback), Box::new(error_callback))))
    }

    fn mapped(
        &self,
        inputs: &[I],
        callbacks: Option<(OnDone<Vec<O>>, OnError)>,
    ) -> Result<AsyncResult<Vec<O>>, PoolError> {
        let slot = Messages::new();
        let ending = Ending {
            callbacks,
            slot: slot.clone(),
        };
        if inputs.is_empty() {
            self.is_open()?;
            ending.tell(Ok(Vec::new()));
            return Ok(AsyncResult { slot });
        }
        let chunks = inputs.chunks(Pool::chunk_size(self.workers(), inputs.len()));
        self.call(&chunks.collect::<Vec<_>>(), move |done| {
            let parts = done.len();
            let outputs: Result<Vec<Vec<O>>, _> = done.into_iter().collect();
            if parts > 1 && outputs.is_err() {
                // The real one tells so as soon as it knows, and does not wait for the other parts.
                not_modelled(Lack::FailingChunks);
            }
            let outputs = outputs.map(|parts| parts.into_iter().flatten().collect());
            ending.tell(outputs.map_err(PoolError::from));
        })?;
        Ok(AsyncResult { slot })
    }
}

impl<I, O> Drop for Workers<I, O> {
    fn drop(&mut self) {
        if explorer::model::is_over() || self.is_ours().is_err() {
            return;
        }
        self.terminate();
        if let Some(thread) = self.thread.lock().take() {
            let _ = thread.join();
        }
    }
}
