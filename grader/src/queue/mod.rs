//! Jobs for workers on other machines: `weft grade --queue` puts them in, `weft grade worker` takes them out.
//!
//! Through the queue goes what a judgement depends on, and nothing else: what the tasks demand, and the answers. Who
//! wrote them, and the ledger, stay with the one who grades; so a job that two workers have done, because one of them
//! was thought dead, is written down once. The queue is that of the `apalis` crates, on a Redis server or in a database
//! of PostgreSQL.
//!
//! - [`Desk`]: the side of the one who grades; what it makes is a [`Judge`](crate::judge::Judge) like any other;
//! - [`work`]: the other side;
//! - `server`: what both ask of the one or the other server.
//!
//! The invariant: a worker only sees jobs for exactly its compiler, its kind of box and the grader it is, because the
//! queue is named after them. Whoever can write to the server can put in programs (they run in boxes) and forge verdicts: it has to
//! be as safe as the ledger.

mod address;
mod desk;
mod server;
mod worker;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

use crate::assignment::sha256;
use crate::grade::{GRADER, Sandbox};
use crate::judge::TaskSpec;

pub use address::Address;
pub use desk::{Desk, QueueJudge};
pub use worker::{Told, work};

/// Everything of ours in the server begins with this.
const PREFIX: &str = "weft-grading";
/// How often both sides look whether there is something new.
const POLL: Duration = Duration::from_millis(100);
/// How often a worker says that it is there.
const HEARTBEAT: Duration = Duration::from_secs(2);
/// After so many of them that nobody heard, its jobs are given to others.
const MISSED: usize = 5;
/// For a server that does not answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why there is no queue, or why it cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// It is no address of a server that can hold a queue.
    #[error("it is no address of a queue; one looks like redis://:PASSWORD@HOST:6379/")]
    Address,
    /// The server does not answer, or refuses.
    #[error("{0}")]
    Server(String),
    /// The server does not let this user in.
    #[error("{0}")]
    Denied(String),
    /// The server has no such database.
    #[error("{0}")]
    NoDatabase(String),
    /// The queue's tables are not there, and cannot be made.
    #[error("{0}")]
    Tables(String),
    /// The connection cannot be encrypted, or not with whom the address names.
    #[error("{0}")]
    Tls(String),
    /// This machine cannot even try.
    #[error("{0}")]
    System(#[from] std::io::Error),
    /// Workers differ, and would not give the same verdicts.
    #[error("one worker has {one}, and another {other}")]
    Mixed {
        /// What one of them has.
        one: String,
        /// What another one has.
        other: String,
    },
    /// A worker is another grader than this one, and might give other verdicts.
    #[error("a worker judges with {0}, and this is {GRADER}")]
    OtherWeft(String),
}

/// What a worker says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// Who judges there.
    pub grader: String,
    /// The compiler.
    pub toolchain: String,
    /// How well students' programs are locked in there.
    pub sandbox: Sandbox,
    /// How many jobs it does at once.
    pub jobs: usize,
}

impl Announcement {
    /// What several workers are together.
    ///
    /// # Errors
    /// [`QueueError::Mixed`] where they have not the same compiler and the same kind of box, [`QueueError::OtherWeft`]
    /// where one of them is not the grader that this one is.
    pub fn of_all(workers: &[Announcement]) -> Result<Option<Announcement>, QueueError> {
        let Some((first, others)) = workers.split_first() else {
            return Ok(None);
        };
        if let Some(other) = workers.iter().find(|worker| worker.grader != GRADER) {
            return Err(QueueError::OtherWeft(other.grader.clone()));
        }
        let mut all = first.clone();
        for other in others {
            let differs = |one: &str, other: &str| QueueError::Mixed {
                one: one.to_owned(),
                other: other.to_owned(),
            };
            if other.toolchain != first.toolchain {
                return Err(differs(&first.toolchain, &other.toolchain));
            }
            if other.sandbox.level != first.sandbox.level {
                return Err(differs(&first.sandbox.level, &other.sandbox.level));
            }
            all.sandbox = all.sandbox.and(&other.sandbox);
            all.jobs += other.jobs;
        }
        Ok(Some(all))
    }

    /// The name of the queue for workers like this one.
    fn queue(&self) -> String {
        let kind = [self.grader.as_str(), &self.toolchain, &self.sandbox.level];
        let kind = kind.join("\n");
        let kind = sha256(kind.as_bytes());
        format!("{PREFIX}:{}", &kind[..16])
    }
}

/// What a side of the queue runs on: it waits for the server, mostly.
fn runtime(blocking_threads: usize) -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(blocking_threads)
        .enable_all()
        .build()
}

/// Ends when `stop` is set.
async fn until(stop: &'static AtomicBool) -> std::io::Result<()> {
    while !stop.load(Ordering::Relaxed) {
        sleep(POLL).await;
    }
    Ok(())
}

fn since_epoch() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap_or_default()
}

/// The answers of one submission that have to be judged.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Job {
    answers: Vec<(TaskSpec, String)>,
}

impl Job {
    /// The same answers to the same demands are the same job.
    fn id(&self) -> String {
        // What came from JSON can be written as JSON.
        sha256(&serde_json::to_vec(self).unwrap_or_default())
    }
}
