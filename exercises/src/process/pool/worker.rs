//! The worker's side of a lasting pool, and what travels between the two sides.
//!
//! A message to a worker is a **task**: `id (8 bytes), short (1 byte), inputs`. A message back is
//! `worker (4 bytes), id (8 bytes), nanoseconds (4 bytes), report`. The numbers stand before what
//! serde reads, so that a task whose inputs cannot be read still has a name. An empty message back
//! wakes the pool's thread.
//!
//! To wake the parent costs more than a short task. Where the parent has said that tasks are
//! **short** (and that it looks every millisecond by itself), a worker that goes on with another one
//! at once does not wake it for each.

use crate::primitive::process::{catch_hushed, getppid};
use crate::primitive::time::{Deadline, Instant};
use crate::process::channel::{Channel, PutFailure, TakeFailure};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub(super) type TaskId = u64;

/// What became of a task.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Report<O> {
    Done(Vec<O>),
    Panicked { offset: u64, message: String },
    Unreadable(String),
    Unsendable(String),
}

const TASK_HEADER: usize = 9;
const SHORT: usize = 8;
const REPORT_HEADER: usize = 16;
/// A worker wakes the parent after so many reports at the latest.
const MOST_UNANNOUNCED: u32 = 32;
/// A task that takes longer is not short, whatever the parent says.
const SHORT_NANOS: u32 = 50_000;

pub(super) fn write_task<I: Serialize>(id: TaskId, inputs: &[I]) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(TASK_HEADER + 16 + 2 * size_of_val(inputs));
    bytes.extend_from_slice(&id.to_le_bytes());
    bytes.push(0);
    let bytes = postcard::to_extend(inputs, bytes).map_err(|error| error.to_string())?;
    match u32::try_from(bytes.len()) {
        Ok(_) => Ok(bytes),
        Err(_) => Err("longer than 4 GiB".to_owned()),
    }
}

/// Says that tasks are short now.
pub(super) fn mark_short(task: &mut [u8], short: bool) {
    task[SHORT] = u8::from(short);
}

/// Which task a message is, whether it is short, and its inputs.
pub(super) fn read_task(message: &[u8]) -> Option<(TaskId, bool, &[u8])> {
    let (id, rest) = message.split_first_chunk::<8>()?;
    let (short, inputs) = rest.split_first()?;
    Some((u64::from_le_bytes(*id), *short != 0, inputs))
}

fn write_report<O: Serialize>(
    worker: u32,
    id: TaskId,
    nanos: u32,
    report: &Report<O>,
) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(64);
    bytes.extend_from_slice(&worker.to_le_bytes());
    bytes.extend_from_slice(&id.to_le_bytes());
    bytes.extend_from_slice(&nanos.to_le_bytes());
    postcard::to_extend(report, bytes).map_err(|error| error.to_string())
}

/// Who reports what about which task, and how long it took.
pub(super) struct Reported<O> {
    pub worker: u32,
    pub id: TaskId,
    pub nanos: u32,
    pub report: Report<O>,
}

pub(super) fn read_report<O: DeserializeOwned>(message: &[u8]) -> Option<Reported<O>> {
    let (header, rest) = message.split_first_chunk::<REPORT_HEADER>()?;
    let (worker, header) = header.split_first_chunk::<4>()?;
    let (id, nanos) = header.split_first_chunk::<8>()?;
    let nanos: &[u8; 4] = nanos.first_chunk()?;
    let report =
        postcard::from_bytes(rest).unwrap_or_else(|error| Report::Unsendable(error.to_string()));
    Some(Reported {
        worker: u32::from_le_bytes(*worker),
        id: u64::from_le_bytes(*id),
        nanos: u32::from_le_bytes(*nanos),
        report,
    })
}

/// Does tasks until there are no more. The result is the worker's exit code.
pub(super) fn work<I: DeserializeOwned, O: Serialize>(
    number: u32,
    tasks: &Channel,
    results: &Channel,
    f: &dyn Fn(&I) -> O,
) -> i32 {
    let parent = getppid();
    let mut unannounced = 0;
    loop {
        if unannounced > 0 && tasks.seems_empty() {
            results.announce();
            unannounced = 0;
        }
        let message = match tasks.take(Deadline::NEVER) {
            Ok(message) => message,
            Err(TakeFailure::Ended) => return 0,
            Err(TakeFailure::TimedOut) => continue,
            // Only the parent matters.
            Err(TakeFailure::Abandoned(_)) if getppid() == parent => continue,
            Err(TakeFailure::Abandoned(_) | TakeFailure::System(_)) => return 1,
        };
        let Some((id, short, inputs)) = read_task(&message) else {
            return 1;
        };
        let begin = Instant::now();
        let report = perform(inputs, f);
        let nanos = u32::try_from(begin.elapsed().as_nanos()).unwrap_or(u32::MAX);
        let quiet = short && nanos < SHORT_NANOS && unannounced < MOST_UNANNOUNCED;
        unannounced = if quiet { unannounced + 1 } else { 0 };
        let put = |report: &Report<O>| match write_report(number, id, nanos, report) {
            Ok(bytes) if quiet => results.put_unannounced(&bytes).map_err(Unsent::from),
            Ok(bytes) => results.put(&bytes, Deadline::NEVER).map_err(Unsent::from),
            Err(text) => Err(Unsent::Unsendable(text)),
        };
        let sent = match put(&report) {
            Err(Unsent::Unsendable(text)) => put(&Report::Unsendable(text)),
            sent => sent,
        };
        if sent.is_err() {
            // Nobody is left to report to.
            return 1;
        }
    }
}

enum Unsent {
    Unsendable(String),
    NobodyLeft,
}

impl From<PutFailure> for Unsent {
    fn from(failure: PutFailure) -> Unsent {
        match failure {
            PutFailure::TooLong => Unsent::Unsendable("longer than 4 GiB".to_owned()),
            _ => Unsent::NobodyLeft,
        }
    }
}

fn perform<I: DeserializeOwned, O>(inputs: &[u8], f: &dyn Fn(&I) -> O) -> Report<O> {
    let inputs: Vec<I> = match postcard::from_bytes(inputs) {
        Ok(inputs) => inputs,
        Err(error) => return Report::Unreadable(error.to_string()),
    };
    let mut outputs = Vec::with_capacity(inputs.len());
    let done = catch_hushed(|| {
        for input in &inputs {
            outputs.push(f(input));
        }
    });
    match done {
        Ok(()) => Report::Done(outputs),
        Err(message) => Report::Panicked {
            offset: outputs.len() as u64,
            message,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_read_as_it_was_written() {
        let mut message = write_task(7, &[1u32, 2]).expect("a task");
        mark_short(&mut message, true);
        let (id, short, inputs) = read_task(&message).expect("a task");
        assert_eq!((id, short), (7, true));
        assert_eq!(postcard::from_bytes::<Vec<u32>>(inputs), Ok(vec![1, 2]));
        assert!(read_task(&message[..8]).is_none(), "a torn task is no task");
    }

    #[test]
    fn an_input_that_cannot_be_read_is_reported_as_such() {
        let report = perform::<String, ()>(&[1, 1, 0xff], &|_| ());
        assert!(matches!(report, Report::Unreadable(_)), "{report:?}");
    }
}
