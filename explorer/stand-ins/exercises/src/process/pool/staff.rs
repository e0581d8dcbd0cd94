//! The workers of a pool that lasts, and what they and the pool's thread tell each other.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use explorer::model::choose;
use explorer::model::fork::{Beyond, ends_within, goes_beyond, kept, share_memory};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::PoolError;
use crate::primitive::mail::Mail;
use crate::primitive::panic::{AssertUnwindSafe, catch_unwind};
use crate::primitive::participants::{self, Member};
use crate::primitive::process::getpid;
use crate::primitive::thread::panic_message;

/// What became of a part of a call.
#[derive(Serialize, Deserialize)]
pub(super) enum Report<O> {
    Done(Vec<O>),
    Panicked {
        input: usize,
        pid: i32,
        message: String,
    },
    Unreadable(String),
    Unsendable(String),
}

impl<O> Report<O> {
    pub fn outcome(self) -> Result<Vec<O>, PoolError> {
        match self {
            Report::Done(outputs) => Ok(outputs),
            Report::Panicked {
                input,
                pid,
                message,
            } => Err(PoolError::Panicked {
                input,
                pid,
                message,
            }),
            Report::Unreadable(text) => Err(PoolError::Input(text)),
            Report::Unsendable(text) => Err(PoolError::Output(text)),
        }
    }
}

impl<O: DeserializeOwned> Report<O> {
    pub fn read(report: &[u8]) -> Report<O> {
        let report = postcard::from_bytes(report);
        report.unwrap_or_else(|error| Report::Unsendable(error.to_string()))
    }
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Task {
    pub call: u64,
    pub part: usize,
    /// The index of its first input.
    pub first: usize,
    pub inputs: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
pub(super) enum Order {
    Do(Vec<Task>),
    /// Because all is done, or because the pool is ended: then it would be killed.
    Leave {
        is_ended: bool,
    },
}

/// What the pool's thread is told.
#[derive(Serialize, Deserialize)]
pub(super) enum Word {
    /// A call of one part.
    Reported {
        call: u64,
        report: Vec<u8>,
    },
    /// A call of several parts, by the thread that gathers them.
    Gathered {
        call: u64,
    },
    /// So many calls were made, and there will be no more.
    Closed {
        calls: u64,
    },
    Terminated,
}

/// Where the parts of a call are reported, if there are several: so that the order in which they are makes no class.
pub(super) struct Parts {
    pub reports: Vec<Mail>,
    /// Whoever takes the one message here was the first to fail, and says so in all places.
    first: Mail,
}

/// What lies in shared memory of a pool.
pub(super) struct Desk {
    pub words: Mail,
    calls: Mutex<BTreeMap<u64, &'static Parts>>,
    workers: Mutex<Vec<i32>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn written<T: Serialize>(value: &T) -> Vec<u8> {
    match postcard::to_allocvec(value) {
        Ok(bytes) => bytes,
        Err(error) => unreachable!("numbers and bytes can be written: {error}"),
    }
}

impl Desk {
    pub fn new() -> &'static Desk {
        kept(|| Desk {
            words: Mail::new(),
            calls: Mutex::default(),
            workers: Mutex::default(),
        })
    }

    /// A call in so many parts, more than one.
    pub fn open(&self, call: u64, parts: usize) -> &'static Parts {
        let parts = kept(|| Parts {
            reports: (0..parts).map(|_| Mail::new()).collect(),
            first: Mail::new(),
        });
        parts.first.put(&[]);
        let _shared = share_memory();
        locked(&self.calls).insert(call, parts);
        parts
    }

    /// Nobody will do any more of this call: whoever gathers its parts need not wait.
    pub fn give_up(&self, call: u64) {
        let parts = locked(&self.calls).get(&call).copied();
        for place in parts.iter().flat_map(|parts| &parts.reports) {
            place.put(&[]);
        }
    }

    fn report<O: Serialize>(&self, task: &Task, report: &Report<O>) {
        let fails = !matches!(report, Report::Done(_));
        let (report, fails) = match postcard::to_allocvec(report) {
            Ok(report) => (report, fails),
            Err(error) => (written(&Report::<()>::Unsendable(error.to_string())), true),
        };
        let parts = locked(&self.calls).get(&task.call).copied();
        match parts {
            None => {
                let call = task.call;
                self.words.put(&written(&Word::Reported { call, report }));
            }
            Some(parts) if fails => {
                if parts.first.try_take().is_some() {
                    for place in &parts.reports {
                        place.put(&report);
                    }
                }
            }
            Some(parts) => parts.reports[task.part].put(&report),
        }
    }
}

impl Member for Desk {
    fn exits(&self, pid: i32) {
        if locked(&self.workers).contains(&pid) {
            goes_beyond(Beyond::DiedSharing);
        }
    }

    fn looks_for_the_dead(&self) -> bool {
        false
    }
}

/// Gives out tasks that come at the same time: to whom is open.
#[track_caller]
pub(super) fn give_out(tasks: Vec<Task>, workers: &[Mail]) {
    let mut piles: Vec<Vec<Task>> = workers.iter().map(|_| Vec::new()).collect();
    for task in tasks {
        let worker = one_of(piles.len());
        piles[worker].push(task);
    }
    for (orders, pile) in workers.iter().zip(piles) {
        if !pile.is_empty() {
            orders.put(&written(&Order::Do(pile)));
        }
    }
}

#[track_caller]
fn one_of(many: usize) -> usize {
    choose(u8::try_from(many).unwrap_or(u8::MAX)).into()
}

/// A worker's life: of the tasks that have come, any is next. `alone`: in the order in which they came.
pub(super) fn work<I: DeserializeOwned, O: Serialize>(
    desk: &'static Desk,
    orders: Mail,
    alone: bool,
    f: &dyn Fn(&I) -> O,
) -> i32 {
    {
        let _shared = share_memory();
        locked(&desk.workers).push(getpid());
    }
    participants::enter(desk);
    let mut waiting: Vec<Task> = Vec::new();
    loop {
        let order = match (waiting.is_empty(), alone) {
            (true, _) => orders.take(),
            (false, true) => None,
            (false, false) => orders.try_take(),
        };
        match order.map(|order| postcard::from_bytes(&order)) {
            Some(Ok(Order::Do(tasks))) => {
                waiting.extend(tasks);
                continue;
            }
            Some(Ok(Order::Leave { is_ended })) => {
                if is_ended {
                    participants::died();
                }
                return 0;
            }
            Some(Err(error)) => unreachable!("what was written can be read: {error}"),
            // The execution is over.
            None if waiting.is_empty() => return 0,
            None => {}
        }
        let next = if alone { 0 } else { one_of(waiting.len()) };
        let task = waiting.remove(next);
        desk.report(&task, &perform(&task, f));
    }
}

fn perform<I: DeserializeOwned, O>(task: &Task, f: &dyn Fn(&I) -> O) -> Report<O> {
    let inputs: Vec<I> = match postcard::from_bytes(&task.inputs) {
        Ok(inputs) => inputs,
        Err(error) => return Report::Unreadable(error.to_string()),
    };
    let mut outputs = Vec::new();
    for (offset, input) in inputs.iter().enumerate() {
        match catch_unwind(AssertUnwindSafe(|| ends_within(|| f(input)))) {
            Ok(output) => outputs.push(output),
            Err(payload) => {
                let message = panic_message(payload.as_ref());
                std::mem::forget(payload);
                return Report::Panicked {
                    input: task.first + offset,
                    pid: getpid(),
                    message,
                };
            }
        }
    }
    Report::Done(outputs)
}
