//! A pool that lasts.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Mutex as Quiet, MutexGuard, PoisonError};

use explorer::model::fork::Messages;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::outcome::{AsyncResult, Ending, Imap, OnDone, OnError};
use super::staff::{Desk, Order, Report, Task, Word, give_out, work, written};
use super::{Pool, PoolError};
use crate::primitive::Arc;
use crate::primitive::atomic::{AtomicBool, Ordering};
use crate::primitive::lock::Mutex;
use crate::primitive::mail::Mail;
use crate::primitive::process::{Child, fork_mortal, getpid};
use crate::primitive::thread::{self, JoinHandle, ThreadId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Open,
    Closed,
    Terminated,
}

struct State {
    phase: Phase,
    calls: u64,
}

impl State {
    fn is_open(&self) -> Result<(), PoolError> {
        match self.phase {
            Phase::Open => Ok(()),
            Phase::Closed => Err(PoolError::Closed),
            Phase::Terminated => Err(PoolError::Terminated),
        }
    }
}

type Settle<O> = Box<dyn FnOnce(Result<Vec<O>, PoolError>) + Send>;
/// What the thread that gathers the parts of a call has got.
type Gathered<O> = Result<Vec<O>, PoolError>;

/// Who is to be told what becomes of a call.
struct Call<O> {
    settle: Settle<O>,
    gatherer: Option<explorer::model::thread::JoinHandle<Gathered<O>>>,
}

/// What the pool's thread and those who give tasks have together. A call is put here before anybody can hear of it, and taken
/// when it is settled, so nobody's order shows.
struct Keeper<O> {
    desk: &'static Desk,
    orders: Vec<Mail>,
    calls: Quiet<BTreeMap<u64, Call<O>>>,
    present: Mutex<Vec<i32>>,
    was_terminated: AtomicBool,
    thread: Quiet<Option<ThreadId>>,
}

impl<O> Keeper<O> {
    fn calls(&self) -> MutexGuard<'_, BTreeMap<u64, Call<O>>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn settle(&self, call: u64, result: Option<Gathered<O>>) {
        let Some(call) = self.calls().remove(&call) else {
            return;
        };
        let gathered = call.gatherer.and_then(|gatherer| gatherer.join().ok());
        let result = result.or(gathered);
        (call.settle)(result.unwrap_or(Err(PoolError::Terminated)));
    }
}

impl<O: DeserializeOwned> Keeper<O> {
    /// The life of the pool's thread: it calls the callbacks, one at a time, and ends with the last worker.
    fn keep(&self, workers: &[Child]) {
        *self.thread.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread::current_id());
        let (mut settled, mut all) = (0, None);
        while all != Some(settled) {
            // None if the execution is over.
            let Some(word) = self.desk.words.take() else {
                return;
            };
            match postcard::from_bytes(&word) {
                Ok(Word::Reported { call, report }) => {
                    settled += 1;
                    self.settle(call, Some(Report::read(&report).outcome()));
                }
                Ok(Word::Gathered { call }) => {
                    settled += 1;
                    self.settle(call, None);
                }
                Ok(Word::Closed { calls }) => all = Some(calls),
                Ok(Word::Terminated) | Err(_) => {}
            }
            if self.was_terminated.load(Ordering::SeqCst) {
                return self.dismiss(workers);
            }
        }
        self.leave(workers, false);
    }

    /// Ends the workers wherever they are.
    fn dismiss(&self, workers: &[Child]) {
        self.leave(workers, true);
        let mut open = std::mem::take(&mut *self.calls());
        while let Some((number, call)) = open.pop_first() {
            if let Some(gatherer) = call.gatherer {
                self.desk.give_up(number);
                // What it got is not asked for any more.
                let _ = gatherer.join();
            }
            (call.settle)(Err(PoolError::Terminated));
        }
    }

    fn leave(&self, workers: &[Child], is_ended: bool) {
        if is_ended {
            workers.iter().for_each(Child::end);
        }
        for orders in &self.orders {
            orders.put(&written(&Order::Leave { is_ended }));
        }
        for worker in workers {
            // Cannot fail: they are the children of this process.
            let _ = worker.wait();
        }
        self.present.lock().clear();
    }
}

pub struct Workers<I, O> {
    owner: i32,
    keeper: Arc<Keeper<O>>,
    state: Mutex<State>,
    thread: Mutex<Option<JoinHandle<()>>>,
    inputs: PhantomData<fn(&I)>,
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

    fn is_own_thread(&self) -> bool {
        let thread = &self.keeper.thread;
        *thread.lock().unwrap_or_else(PoisonError::into_inner) == Some(thread::current_id())
    }

    #[track_caller]
    fn enter(&self, phase: Phase) {
        let mut state = self.state.lock();
        let calls = state.calls;
        let later = state.phase == Phase::Open
            || (state.phase == Phase::Closed && phase == Phase::Terminated);
        if later {
            state.phase = phase;
        }
        drop(state);
        if !later {
            return;
        }
        let word = match phase {
            Phase::Terminated => {
                self.keeper.was_terminated.store(true, Ordering::SeqCst);
                Word::Terminated
            }
            Phase::Open | Phase::Closed => Word::Closed { calls },
        };
        self.keeper.desk.words.put(&written(&word));
    }

    #[track_caller]
    pub fn close(&self) {
        if self.is_ours().is_ok() {
            self.enter(Phase::Closed);
        }
    }

    #[track_caller]
    pub fn terminate(&self) {
        if self.is_ours().is_ok() {
            self.enter(Phase::Terminated);
        }
    }

    #[track_caller]
    pub fn join(&self) -> Result<(), PoolError> {
        self.is_ours()?;
        if self.state.lock().phase == Phase::Open {
            return Err(PoolError::StillOpen);
        }
        if self.is_own_thread() {
            return Err(PoolError::InCallback);
        }
        let mut thread = self.thread.lock();
        if let Some(thread) = thread.take() {
            // It does not panic.
            let _ = thread.join();
        }
        Ok(())
    }

    pub fn workers(&self) -> usize {
        self.keeper.orders.len()
    }

    #[track_caller]
    pub fn pids(&self) -> Vec<i32> {
        self.keeper.present.lock().clone()
    }
}

impl<I, O> Workers<I, O>
where
    I: Serialize + DeserializeOwned + 'static,
    O: Serialize + DeserializeOwned + Send + 'static,
{
    #[track_caller]
    pub(super) fn start(
        workers: usize,
        f: impl Fn(&I) -> O + Send + Sync + 'static,
    ) -> Result<Workers<I, O>, PoolError> {
        let workers = if workers == 0 {
            thread::cores().min(Self::MOST)
        } else {
            workers
        };
        if workers > Self::MOST {
            return Err(PoolError::TooMany(workers));
        }
        let (desk, f) = (Desk::new(), std::sync::Arc::new(f));
        let orders: Vec<Mail> = (0..workers).map(|_| Mail::new()).collect();
        let mut children = Vec::new();
        for (number, own) in (1..).zip(&orders) {
            let (own, f) = (*own, f.clone());
            let work = move || work(desk, own, workers == 1, &*f);
            children.push(fork_mortal(&format!("Worker-{number}"), work)?);
        }
        let keeper = Arc::new(Keeper {
            desk,
            orders,
            calls: Quiet::default(),
            present: Mutex::new(children.iter().map(Child::pid).collect()),
            was_terminated: AtomicBool::new(false),
            thread: Quiet::new(None),
        });
        let thread = thread::Builder::new().name("pool").spawn({
            let keeper = keeper.clone();
            move || keeper.keep(&children)
        })?;
        Ok(Workers {
            owner: getpid(),
            keeper,
            state: Mutex::new(State {
                phase: Phase::Open,
                calls: 0,
            }),
            thread: Mutex::new(Some(thread)),
            inputs: PhantomData,
        })
    }

    /// A call that is done in these parts; `settle` is told what became of it, in the pool's thread.
    #[track_caller]
    fn call(&self, parts: &[&[I]], settle: Settle<O>) -> Result<(), PoolError> {
        self.is_ours()?;
        let inputs = parts.iter().map(postcard::to_allocvec);
        let inputs: Result<Vec<Vec<u8>>, _> = inputs.collect();
        let inputs = inputs.map_err(|error| PoolError::Input(error.to_string()))?;
        let mut state = self.state.lock();
        state.is_open()?;
        state.calls += 1;
        let (call, desk) = (state.calls, self.keeper.desk);
        let gatherer = (inputs.len() > 1).then(|| {
            let parts = desk.open(call, inputs.len());
            // Nobody sees it: it waits for one after the other, so that who is done first makes no difference.
            explorer::model::thread::spawn(move || {
                let gathered = gathered(&parts.reports);
                desk.words.put(&written(&Word::Gathered { call }));
                gathered
            })
        });
        // Whoever ends the pool from here on ends this call, too.
        self.keeper.calls().insert(call, Call { settle, gatherer });
        drop(state);
        let firsts = parts.iter().scan(0, |next, part| {
            let first = *next;
            *next += part.len();
            Some(first)
        });
        let tasks = inputs.into_iter().zip(firsts).enumerate();
        let tasks = tasks.map(|(part, (inputs, first))| Task {
            call,
            part,
            first,
            inputs,
        });
        give_out(tasks.collect(), &self.keeper.orders);
        Ok(())
    }

    #[track_caller]
    pub fn apply(&self, input: I) -> Result<O, PoolError> {
        self.apply_async(input)?.get()
    }

    #[track_caller]
    pub fn apply_async(&self, input: I) -> Result<AsyncResult<O>, PoolError> {
        self.applied(input, None)
    }

    #[track_caller]
    pub fn apply_async_with(
        &self,
        input: I,
        callback: impl FnOnce(&O) + Send + 'static,
        error_callback: impl FnOnce(&PoolError) + Send + 'static,
    ) -> Result<AsyncResult<O>, PoolError> {
        self.applied(input, Some((Box::new(callback), Box::new(error_callback))))
    }

    #[track_caller]
    fn applied(
        &self,
        input: I,
        callbacks: Option<(OnDone<O>, OnError)>,
    ) -> Result<AsyncResult<O>, PoolError> {
        let slot = Messages::new();
        self.applied_into(input, callbacks, slot.clone())?;
        Ok(AsyncResult::new(slot))
    }

    #[track_caller]
    pub(super) fn applied_into(
        &self,
        input: I,
        callbacks: Option<(OnDone<O>, OnError)>,
        slot: Messages<Result<O, PoolError>>,
    ) -> Result<(), PoolError> {
        let ending = Ending { callbacks, slot };
        let settle = move |outputs: Result<Vec<O>, PoolError>| {
            let missing = || PoolError::Output("an output is missing".to_owned());
            ending.tell(outputs.and_then(|mut outputs| outputs.pop().ok_or_else(missing)));
        };
        self.call(&[&[input]], Box::new(settle))
    }

    #[track_caller]
    pub fn map(&self, inputs: &[I]) -> Result<Vec<O>, PoolError> {
        self.map_async(inputs)?.get()
    }

    #[track_caller]
    pub fn map_async(&self, inputs: &[I]) -> Result<AsyncResult<Vec<O>>, PoolError> {
        self.mapped(inputs, None)
    }

    #[track_caller]
    pub fn map_async_with(
        &self,
        inputs: &[I],
        callback: impl FnOnce(&Vec<O>) + Send + 'static,
        error_callback: impl FnOnce(&PoolError) + Send + 'static,
    ) -> Result<AsyncResult<Vec<O>>, PoolError> {
        self.mapped(inputs, Some((Box::new(callback), Box::new(error_callback))))
    }

    #[track_caller]
    fn mapped(
        &self,
        inputs: &[I],
        callbacks: Option<(OnDone<Vec<O>>, OnError)>,
    ) -> Result<AsyncResult<Vec<O>>, PoolError> {
        self.is_ours()?;
        let slot = Messages::new();
        let ending = Ending {
            callbacks,
            slot: slot.clone(),
        };
        if inputs.is_empty() {
            self.state.lock().is_open()?;
            ending.tell(Ok(Vec::new()));
            return Ok(AsyncResult::new(slot));
        }
        let chunks = inputs.chunks(Pool::chunk_size(self.workers(), inputs.len()));
        let settle = Box::new(move |outputs| ending.tell(outputs));
        self.call(&chunks.collect::<Vec<_>>(), settle)?;
        Ok(AsyncResult::new(slot))
    }

    pub fn imap<N: IntoIterator<Item = I>>(&self, inputs: N) -> Imap<'_, I, O, N::IntoIter> {
        Imap::new(self, inputs.into_iter(), true)
    }

    pub fn imap_unordered<N: IntoIterator<Item = I>>(
        &self,
        inputs: N,
    ) -> Imap<'_, I, O, N::IntoIter> {
        Imap::new(self, inputs.into_iter(), false)
    }
}

/// What came of all parts, or the first failure.
fn gathered<O: DeserializeOwned>(reports: &[Mail]) -> Gathered<O> {
    let mut outputs = Vec::new();
    for place in reports {
        // None if the execution is over.
        let report = place.take().unwrap_or_default();
        outputs.extend(Report::<O>::read(&report).outcome()?);
    }
    Ok(outputs)
}

impl<I, O> Drop for Workers<I, O> {
    fn drop(&mut self) {
        if self.is_ours().is_err() {
            return;
        }
        self.enter(Phase::Terminated);
        let thread = self.thread.lock().take();
        if let Some(thread) = thread
            && !self.is_own_thread()
        {
            let _ = thread.join();
        }
    }
}

impl<I, O> fmt::Debug for Workers<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workers")
            .field("workers", &self.workers())
            .field("phase", &self.state.lock().phase)
            .finish_non_exhaustive()
    }
}
