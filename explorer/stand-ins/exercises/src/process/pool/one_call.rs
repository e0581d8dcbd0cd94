//! A pool for one call: whoever is free takes the next chunk.
//!
//! In the library the outputs come through one pipe. Here each chunk has a place of its own, so that nobody's order of
//! sending makes a class; what goes wrong first is said in all of them.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use explorer::model::fork::{Beyond, ends_within, goes_beyond, kept, share_memory};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Pool, PoolError};
use crate::primitive::mail::Mail;
use crate::primitive::panic::{AssertUnwindSafe, catch_unwind};
use crate::primitive::participants::{self, Member};
use crate::primitive::process::{Child, ExitStatus, fork_worker, getpid};
use crate::primitive::thread::panic_message;

#[derive(Serialize, Deserialize)]
enum Report<O> {
    Done(Vec<O>),
    Panicked {
        input: usize,
        pid: i32,
        message: String,
    },
    Unsendable(String),
    /// The parent finds out how.
    Exited {
        pid: i32,
    },
}

/// What lies in shared memory of a call.
struct Call {
    /// The chunks nobody has taken.
    todo: Mail,
    /// What came of each.
    reports: Vec<Mail>,
    /// Whoever takes the one message here was the first with whom something went wrong.
    first: Mail,
    first_has_exited: AtomicBool,
    workers: Mutex<Vec<i32>>,
}

impl Call {
    fn new(chunks: usize) -> &'static Call {
        let reports = (0..chunks).map(|_| Mail::new());
        let _shared = share_memory();
        let reports = reports.collect();
        let call = kept(|| Call {
            todo: Mail::new(),
            reports,
            first: Mail::new(),
            first_has_exited: AtomicBool::new(false),
            workers: Mutex::default(),
        });
        call.first.put(&[]);
        for chunk in 0..chunks {
            call.todo.put(&chunk.to_le_bytes());
        }
        call
    }

    fn workers(&self) -> std::sync::MutexGuard<'_, Vec<i32>> {
        self.workers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the next chunk.
    fn next(&self) -> Option<usize> {
        let chunk = self.todo.try_take()?;
        Some(usize::from_le_bytes(chunk.try_into().ok()?))
    }

    /// Something has gone wrong with the running worker. The parent hears of the first one only.
    fn fails<O: Serialize>(&self, report: &Report<O>) {
        let exits = matches!(report, Report::Exited { .. });
        if self.first.try_take().is_none() {
            if self.first_has_exited.load(Relaxed) && !exits {
                // That somebody exited may be noticed later than what was sent after it.
                goes_beyond(Beyond::DiedSharing);
            }
            return;
        }
        self.first_has_exited.store(exits, Relaxed);
        let Ok(report) = postcard::to_allocvec(report) else {
            unreachable!("numbers and texts can be written");
        };
        for place in &self.reports {
            place.put(&report);
        }
    }
}

impl Member for Call {
    fn exits(&self, pid: i32) {
        // Those who are started by a worker know its call, too.
        if self.workers().contains(&pid) {
            self.fails::<()>(&Report::Exited { pid });
        }
    }

    // They are told at once.
    fn looks_for_the_dead(&self) -> bool {
        false
    }
}

impl Pool {
    #[track_caller]
    pub fn map<I, O>(workers: usize, inputs: &[I], f: impl Fn(&I) -> O) -> Result<Vec<O>, PoolError>
    where
        O: Serialize + DeserializeOwned,
    {
        Pool::map_chunked(workers, Pool::chunk_size(workers, inputs.len()), inputs, f)
    }

    #[track_caller]
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
        let chunks = inputs.len().div_ceil(chunk);
        let call = Call::new(chunks);
        let mut team = Team(Vec::new());
        for number in 1..=workers.clamp(1, chunks) {
            let work = || work(call, chunk, inputs, &f);
            let worker = fork_worker(&format!("Worker-{number}"), work)?;
            team.0.push(worker);
        }
        let mut outputs = Vec::with_capacity(inputs.len());
        for place in &call.reports {
            // None if the execution is over.
            let report = place.take().unwrap_or_default();
            match postcard::from_bytes(&report) {
                Ok(Report::Done(done)) => outputs.extend::<Vec<O>>(done),
                Ok(Report::Panicked {
                    input,
                    pid,
                    message,
                }) => {
                    return Err(PoolError::Panicked {
                        input,
                        pid,
                        message,
                    });
                }
                Ok(Report::Unsendable(text)) => return Err(PoolError::Output(text)),
                Ok(Report::Exited { pid }) => return Err(team.first_failure(pid)),
                Err(error) => return Err(PoolError::Output(error.to_string())),
            }
        }
        for worker in &team.0 {
            worker.wait()?;
        }
        Ok(outputs)
    }
}

fn work<I, O: Serialize>(
    call: &'static Call,
    chunk: usize,
    inputs: &[I],
    f: &impl Fn(&I) -> O,
) -> i32 {
    {
        let _shared = share_memory();
        call.workers().push(getpid());
    }
    participants::enter(call);
    while let Some(place) = call.next() {
        let first = place * chunk;
        let mut outputs = Vec::new();
        for (input, given) in inputs.iter().enumerate().skip(first).take(chunk) {
            match catch_unwind(AssertUnwindSafe(|| ends_within(|| f(given)))) {
                Ok(output) => outputs.push(output),
                Err(payload) => {
                    let message = panic_message(payload.as_ref());
                    std::mem::forget(payload);
                    call.fails::<()>(&Report::Panicked {
                        input,
                        pid: getpid(),
                        message,
                    });
                    return 1;
                }
            }
        }
        match postcard::to_allocvec(&Report::Done(outputs)) {
            Ok(report) => call.reports[place].put(&report),
            Err(error) => {
                call.fails::<()>(&Report::Unsendable(error.to_string()));
                return 1;
            }
        }
    }
    0
}

/// The workers of one call. When it is over, for whatever reason, none of them is left.
struct Team(Vec<Child>);

impl Team {
    /// Of those who have ended, the first that did not as it should. This one has exited.
    fn first_failure(&self, exited: i32) -> PoolError {
        for worker in self.0.iter().filter(|worker| worker.pid() == exited) {
            if let Err(error) = worker.wait() {
                return error.into();
            }
        }
        for worker in &self.0 {
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
        let pid = self.0.first().map_or(0, Child::pid);
        PoolError::Died {
            pid,
            status: ExitStatus::Code(0),
        }
    }
}

impl Drop for Team {
    fn drop(&mut self) {
        for worker in &self.0 {
            if !worker.was_waited_for() {
                worker.end();
                // Cannot fail: it is a child of this process.
                let _ = worker.wait();
            }
        }
    }
}
