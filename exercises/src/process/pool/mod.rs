//! Many inputs, few worker processes: for one call ([`Pool::map`]), or lasting ([`Workers`]).

mod arguments;
mod chunks;
mod error;
mod keeper;
mod lasting;
mod outcome;
mod staff;
mod worker;
mod workers;

pub use arguments::{Spread, Tuple};
pub use error::PoolError;
pub use outcome::{AsyncResult, Imap};
pub use workers::Workers;

use super::pipe::{Sender, pipe};
use super::queue::{GetError, PutError};
use crate::primitive::atomic::{AtomicU64, Ordering};
use crate::primitive::panic::{AssertUnwindSafe, catch_unwind};
use crate::primitive::process::{self, Child, ExitStatus, Signal};
use crate::primitive::shared::{Shareable, Shared};
use crate::primitive::thread::panic_message;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io;

#[derive(Serialize, Deserialize)]
enum Report<O> {
    Done { first: u64, outputs: Vec<O> },
    Panicked { input: u64, message: String },
    Unsendable(String),
}

#[repr(C)]
struct NextInput(AtomicU64);

// SAFETY: an atomic number.
unsafe impl Shareable for NextInput {}

/// Worker processes that share the inputs among them, for one call. For workers that last, see
/// [`Pool::new`] and [`Workers`].
///
/// | | difference |
/// |---|---|
/// | rayon's `par_iter().map()` | threads: no copies, no serialising, usually what you want in Rust |
/// | Python's `multiprocessing.Pool.map` | the same order and chunks; there, a killed worker is replaced and its task lost, so `map` waits for ever |
///
/// Processes are worth their price where the work must not share memory: code that crashes, leaks
/// or is not thread-safe.
///
/// ```
/// use exercises::process::Pool;
///
/// assert_eq!(Pool::map(2, &[1, 2, 3], |x| x * x).unwrap(), [1, 4, 9]);
/// ```
#[derive(Debug)]
pub struct Pool;

impl Pool {
    /// Calls the function for every input, in so many worker processes (0 counts as 1, and never
    /// more than chunks), and gives the outputs in the order of the inputs, whoever was done first.
    pub fn map<I, O>(workers: usize, inputs: &[I], f: impl Fn(&I) -> O) -> Result<Vec<O>, PoolError>
    where
        O: Serialize + DeserializeOwned,
    {
        Pool::map_chunked(workers, Pool::chunk_size(workers, inputs.len()), inputs, f)
    }

    /// As [`map`](Pool::map), with workers that take so many inputs at a time. Within a chunk,
    /// inputs are dealt with in order.
    pub fn map_chunked<I, O>(
        workers: usize,
        chunk: usize,
        inputs: &[I],
        f: impl Fn(&I) -> O,
    ) -> Result<Vec<O>, PoolError>
    where
        O: Serialize + DeserializeOwned,
    {
        if inputs.is_empty() {
            return Ok(Vec::new());
        }
        let chunk = chunk.max(1);
        let next = Shared::new(NextInput(AtomicU64::new(0)), |_| Ok(()))?;
        let (sender, receiver) = pipe::<(i32, Report<O>)>()?;
        let mut team = Team {
            workers: Vec::new(),
        };
        for number in 1..=workers.clamp(1, inputs.len().div_ceil(chunk)) {
            let (sender, next, f) = (sender.clone(), &next, &f);
            let work = move || work(sender, next, chunk, inputs, f);
            team.workers
                .push(process::fork(&format!("Worker-{number}"), work)?);
        }
        drop(sender);

        let mut outputs: Vec<Option<O>> = inputs.iter().map(|_| None).collect();
        let mut missing = inputs.len();
        while missing > 0 {
            let report = match receiver.recv() {
                Ok(Some(report)) => report,
                Ok(None) => return Err(team.first_failure()),
                Err(GetError::Abandoned(_)) => return Err(team.first_failure()),
                Err(GetError::System(error)) => return Err(error.into()),
                Err(GetError::Decode(text)) => return Err(PoolError::Output(text)),
            };
            match report {
                (
                    _,
                    Report::Done {
                        first,
                        outputs: done,
                    },
                ) => {
                    for (place, output) in outputs.iter_mut().skip(first as usize).zip(done) {
                        missing -= usize::from(place.replace(output).is_none());
                    }
                }
                (pid, Report::Panicked { input, message }) => {
                    return Err(PoolError::Panicked {
                        input: input as usize,
                        pid,
                        message,
                    });
                }
                (_, Report::Unsendable(text)) => return Err(PoolError::Output(text)),
            }
        }
        team.finish()?;
        let outputs: Option<Vec<O>> = outputs.into_iter().collect();
        outputs.ok_or_else(|| PoolError::Output("an output is missing".to_owned()))
    }
}

fn work<I, O: Serialize>(
    sender: Sender<(i32, Report<O>)>,
    next: &NextInput,
    chunk: usize,
    inputs: &[I],
    f: &impl Fn(&I) -> O,
) -> i32 {
    let pid = process::getpid();
    loop {
        let first = next.0.fetch_add(chunk as u64, Ordering::Relaxed);
        let Some(rest) = usize::try_from(first)
            .ok()
            .and_then(|first| inputs.get(first..))
            .filter(|rest| !rest.is_empty())
        else {
            return 0;
        };
        let mut outputs = Vec::with_capacity(chunk.min(rest.len()));
        for (offset, input) in rest.iter().take(chunk).enumerate() {
            match catch_unwind(AssertUnwindSafe(|| f(input))) {
                Ok(output) => outputs.push(output),
                Err(payload) => {
                    let message = panic_message(payload.as_ref());
                    std::mem::forget(payload);
                    let _ = sender.send((
                        pid,
                        Report::Panicked {
                            input: first + offset as u64,
                            message,
                        },
                    ));
                    return 1;
                }
            }
        }
        match sender.send((pid, Report::Done { first, outputs })) {
            Ok(()) => {}
            Err(PutError::Encode(text)) => {
                let _ = sender.send((pid, Report::Unsendable(text)));
                return 1;
            }
            // The parent has gone away.
            Err(_) => return 1,
        }
    }
}

/// The workers of one call. When it is over, for whatever reason, none of them is left.
struct Team {
    workers: Vec<Child>,
}

impl Team {
    fn finish(self) -> io::Result<()> {
        for worker in &self.workers {
            worker.wait()?;
        }
        Ok(())
    }

    /// The worker that did not end as it should.
    fn first_failure(&self) -> PoolError {
        for worker in &self.workers {
            match worker.status() {
                Ok(Some(ExitStatus::Code(0)) | None) => {}
                Ok(Some(status)) => {
                    return PoolError::Died {
                        pid: worker.pid(),
                        status,
                    };
                }
                Err(error) => return error.into(),
            }
        }
        // All ended as if nothing were wrong, and yet something is missing: somebody called
        // `exit(0)`.
        let pid = self.workers.first().map_or(0, Child::pid);
        PoolError::Died {
            pid,
            status: ExitStatus::Code(0),
        }
    }
}

impl Drop for Team {
    fn drop(&mut self) {
        for worker in &self.workers {
            if worker.is_alive() {
                let _ = worker.signal(Signal::SIGKILL);
            }
            let _ = worker.wait();
        }
    }
}
