//! The servers a queue can be on: what both sides ask of one, whichever it is.
//!
//! `apalis` has the queue itself: which jobs there are, who has which, and which of them nobody has any more. Beside it
//! stand, for each worker, what it says of itself, and for each job how many have begun with it.

pub mod postgres;
pub mod redis;

use std::future::Future;
use std::sync::atomic::AtomicBool;

use apalis::prelude::{BackendExt, BoxDynError, WorkerBuilder, WorkerBuilderExt};

use super::{Announcement, Job, POLL, QueueError, until};

/// What a job came to: the judgements as text, or why there are none.
///
/// As text, because a server may look into what it keeps: PostgreSQL takes no JSON with the character NUL, and a
/// program can print that.
pub type Answer = Result<String, String>;

/// A connection to a server. It makes itself anew when it is lost, and can be used by any number of tasks at once.
#[derive(Clone, Debug)]
pub enum Connection {
    /// To a Redis.
    Redis(redis::Connection),
    /// To a database of PostgreSQL.
    Postgres(postgres::Connection),
}

macro_rules! there {
    ($connection:expr, $there:ident => $asked:expr) => {
        match $connection {
            Connection::Redis($there) => $asked,
            Connection::Postgres($there) => $asked,
        }
    };
}

impl Connection {
    /// The workers that are there now, of all queues.
    pub async fn workers(&self) -> Result<Vec<Announcement>, QueueError> {
        let told = there!(self, there => there.workers().await)?;
        // A worker of another version may say what we do not understand; its queue has another name too.
        let known = told
            .iter()
            .filter_map(|text| serde_json::from_str(text).ok());
        Ok(known.collect())
    }

    /// Puts a job in, where the server does not know it.
    pub async fn put(&self, queue: &str, job: &Job, id: &str) -> Result<(), QueueError> {
        there!(self, there => there.put(queue, job, id).await)
    }

    /// What a job came to, once it has.
    pub async fn answer(&self, queue: &str, id: &str) -> Result<Option<Answer>, QueueError> {
        there!(self, there => there.answer(queue, id).await)
    }

    /// Nothing of a job stays in the server.
    pub async fn forget(&self, queue: &str, id: &str) -> Result<(), QueueError> {
        there!(self, there => there.forget(queue, id).await)
    }

    /// A worker begins with a job. Says how often one has, this time included.
    pub async fn begin(&self, queue: &str, id: &str) -> Result<u64, QueueError> {
        there!(self, there => there.begin(queue, id).await)
    }

    /// Says that a worker is there, for those who grade and for those who would take its jobs over.
    pub async fn stay(&self, queue: &str, worker: &str, says: &str) -> Result<(), QueueError> {
        there!(self, there => there.stay(queue, worker, says).await)
    }

    /// Says that a worker is no longer there.
    pub async fn leave(&self, worker: &str) -> Result<(), QueueError> {
        there!(self, there => there.leave(worker).await)
    }

    /// Gives jobs to `perform`, `jobs` at once, until `stop` is set or the server is lost.
    pub async fn serve<P, F>(
        &self,
        queue: &str,
        worker: &str,
        jobs: usize,
        stop: &'static AtomicBool,
        perform: P,
    ) -> Result<(), BoxDynError>
    where
        P: Fn(Job) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<String, BoxDynError>> + Send + 'static,
    {
        there!(self, there => {
            let worker = WorkerBuilder::new(worker)
                .backend(there.storage(queue).poll_with_interval(POLL))
                .concurrency(jobs)
                .build(perform);
            Ok(worker.run_until(until(stop)).await?)
        })
    }
}
