//! The workers of a pool that lasts, and the thread that listens to them.

use crate::lack::Lack;
use explorer::model::choose;
use explorer::model::fork::Messages;
use serde::de::DeserializeOwned;

use super::PoolError;
use crate::primitive::Arc;
use crate::primitive::lock::Mutex;
use crate::primitive::not_modelled;
use crate::primitive::panic::{AssertUnwindSafe, catch_unwind};
use crate::primitive::process::{Child, getpid};
use crate::primitive::thread::panic_message;
use crate::process::leave::Leave;

/// Why a task has no outputs.
pub(super) enum Failure {
    Panicked {
        offset: usize,
        pid: i32,
        message: String,
    },
    Unreadable(String),
}

impl From<Failure> for PoolError {
    fn from(failure: Failure) -> PoolError {
        match failure {
            Failure::Panicked {
                offset,
                pid,
                message,
            } => PoolError::Panicked {
                input: offset,
                pid,
                message,
            },
            Failure::Unreadable(text) => PoolError::Input(text),
        }
    }
}

pub(super) type Done<O> = Result<Vec<O>, Failure>;

pub(super) struct Task<O> {
    /// Copies, as those of another process are.
    pub inputs: Vec<u8>,
    pub report: Box<dyn FnOnce(Done<O>) + Send>,
}

pub(super) enum Order<O> {
    Do(Vec<Task<O>>),
    /// Comes when all is done.
    Leave(Leave),
}

/// What the pool's thread is told.
pub(super) enum Word {
    /// A call has all its outputs, or none will come: who is to be told so.
    Settled(Box<dyn FnOnce() + Send>),
    /// So many calls were made, and there will be no more.
    End { calls: usize, leave: Leave },
}

pub(super) struct Seat<O> {
    pub child: Child,
    pub orders: Messages<Order<O>>,
}

/// Calls a function that may panic; what it said then.
pub(super) fn guarded<R>(f: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(f)).map_err(|payload| panic_message(payload.as_ref()))
}

/// Gives out tasks that come at the same time: to whom is open.
pub(super) fn give_out<O>(tasks: Vec<Task<O>>, workers: &[Messages<Order<O>>]) {
    let mut piles: Vec<Vec<Task<O>>> = workers.iter().map(|_| Vec::new()).collect();
    for task in tasks {
        let worker = one_of(piles.len());
        piles[worker].push(task);
    }
    for (orders, pile) in workers.iter().zip(piles) {
        if !pile.is_empty() {
            orders.send(Order::Do(pile));
        }
    }
}

fn one_of(many: usize) -> usize {
    match u8::try_from(many) {
        Ok(ways) => choose(ways).into(),
        Err(_) => not_modelled(Lack::TooManyTasks),
    }
}

/// A worker's life: of the tasks that have come, any is next. `alone`: in the order in which they came.
pub(super) fn work<I: DeserializeOwned, O>(
    orders: &Messages<Order<O>>,
    alone: bool,
    f: &dyn Fn(&I) -> O,
) -> i32 {
    let mut waiting: Vec<Task<O>> = Vec::new();
    loop {
        let order = match (waiting.is_empty(), alone) {
            (true, _) => orders.recv(),
            (false, true) => None,
            (false, false) => orders.try_recv(),
        };
        match order {
            Some(Order::Do(tasks)) => {
                waiting.extend(tasks);
                continue;
            }
            Some(Order::Leave(how)) => return how.now(),
            // The execution is over.
            None if waiting.is_empty() => return 0,
            None => {}
        }
        let next = if alone { 0 } else { one_of(waiting.len()) };
        let task = waiting.remove(next);
        (task.report)(perform(&task.inputs, f));
    }
}

fn perform<I: DeserializeOwned, O>(inputs: &[u8], f: &dyn Fn(&I) -> O) -> Done<O> {
    let inputs: Vec<I> =
        postcard::from_bytes(inputs).map_err(|error| Failure::Unreadable(error.to_string()))?;
    let outputs = inputs.iter().enumerate().map(|(offset, input)| {
        guarded(|| f(input)).map_err(|message| Failure::Panicked {
            offset,
            pid: getpid(),
            message,
        })
    });
    outputs.collect()
}

/// The life of the pool's thread: it calls the callbacks, one at a time, and ends with the last worker.
pub(super) fn keep<O>(desk: &Messages<Word>, seats: &[Seat<O>], present: &Arc<Mutex<Vec<i32>>>) {
    let (mut settled, mut end) = (0, None);
    let leave = loop {
        if let Some((calls, leave)) = end
            && settled == calls
        {
            break leave;
        }
        match desk.recv() {
            Some(Word::Settled(deliver)) => {
                settled += 1;
                deliver();
            }
            Some(Word::End {
                calls,
                leave: Leave::Killed,
            }) if settled < calls => not_modelled(Lack::PoolEndedEarly),
            Some(Word::End { calls, leave }) => end = Some((calls, leave)),
            // The execution is over.
            None => return,
        }
    };
    present.lock().clear();
    for seat in seats {
        seat.orders.send(Order::Leave(leave));
    }
    for seat in seats {
        // Cannot fail: they are the children of this process.
        let _ = seat.child.wait();
    }
}
