//! A queue in a database of PostgreSQL.
//!
//! The tables of the queue are those of `apalis-postgres`, in the schema `apalis`; ours are in `weft_grading`. What
//! nobody has asked for in a week is deleted by the next one who connects.

use std::fmt;
use std::future::Future;
use std::io::ErrorKind;
use std::time::Duration;

use apalis::prelude::{TaskBuilder, TaskId, TaskSink, WaitForCompletion};
use apalis_postgres::{Config, PostgresStorage};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Connection as _};
use tokio::time::timeout;

use super::Answer;
use crate::assignment::sha256;
use crate::queue::{HEARTBEAT, Job, MISSED, PATIENCE, PREFIX, QueueError};

/// One asks for jobs, another one says that the worker is there. A server has room for a hundred or so.
const CONNECTIONS: u32 = 2;
/// Shorter than our patience: what the library says of it is more than that nobody answered.
const ACQUIRE: Duration = Duration::from_secs(5);

/// Several may come at once, and `IF NOT EXISTS` is no lock.
const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtext('weft_grading'))";
const TABLES: [&str; 3] = [
    "CREATE SCHEMA IF NOT EXISTS weft_grading",
    "CREATE TABLE IF NOT EXISTS weft_grading.workers
     (name text PRIMARY KEY, says text NOT NULL, seen timestamptz NOT NULL)",
    "CREATE TABLE IF NOT EXISTS weft_grading.begun
     (job text PRIMARY KEY, times bigint NOT NULL, first timestamptz NOT NULL DEFAULT now())",
];
/// What nobody asked for in a week: of ours, and of ours in the library's tables. In this order, because a worker that a
/// job names cannot be deleted.
const OLD: [&str; 2] = [
    "DELETE FROM weft_grading.workers WHERE seen < now() - interval '7 days'",
    "DELETE FROM weft_grading.begun WHERE first < now() - interval '7 days'",
];
const OLD_IN_QUEUES: [&str; 2] = [
    "DELETE FROM apalis.jobs
     WHERE starts_with(job_type, $1) AND run_at < now() - interval '7 days'",
    "DELETE FROM apalis.workers
     WHERE starts_with(worker_type, $1) AND last_seen < now() - interval '7 days'
     AND NOT EXISTS (SELECT FROM apalis.jobs WHERE lock_by = workers.id)",
];

/// A connection to a database; in truth a few, made anew when they are lost.
#[derive(Clone)]
pub struct Connection(PgPool);

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgreSQL")
    }
}

impl Connection {
    /// Connects, and makes the tables where there are none.
    pub async fn open(options: &PgConnectOptions) -> Result<Connection, QueueError> {
        let options = options.clone().disable_statement_logging();
        // A pool would try until its time is over, and then say that it is.
        let tried = async { PgConnection::connect_with(&options).await?.close().await };
        answered(tried).await?;
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE)
            .connect_lazy_with(options);
        let connection = Connection(pool);
        connection.prepare().await?;
        Ok(connection)
    }

    async fn prepare(&self) -> Result<(), QueueError> {
        let prepared = async {
            PostgresStorage::setup(&self.0).await?;
            let mut tables = self.0.begin().await?;
            sqlx::query(LOCK).execute(&mut *tables).await?;
            for statement in TABLES.into_iter().chain(OLD) {
                sqlx::query(statement).execute(&mut *tables).await?;
            }
            for statement in OLD_IN_QUEUES {
                let old = sqlx::query(statement).bind(PREFIX);
                old.execute(&mut *tables).await?;
            }
            tables.commit().await?;
            Ok::<_, apalis_postgres::Error>(())
        };
        let prepared = timeout(PATIENCE, prepared).await;
        prepared
            .map_err(|_| silent())?
            .map_err(|error| match error {
                apalis_postgres::Error::Database(error) if is_lost(&error) => told(error),
                other => QueueError::Tables(other.to_string()),
            })
    }

    pub async fn workers(&self) -> Result<Vec<String>, QueueError> {
        let there = sqlx::query_scalar(
            "SELECT says FROM weft_grading.workers
             WHERE seen > now() - make_interval(secs => $1) ORDER BY name",
        );
        let seconds = (HEARTBEAT * MISSED as u32).as_secs_f64();
        answered(there.bind(seconds).fetch_all(&self.0)).await
    }

    pub async fn put(&self, queue: &str, job: &Job, id: &str) -> Result<(), QueueError> {
        let id = key(queue, id);
        let (now, is_known) = self.knows(&id).await?;
        if is_known {
            return Ok(());
        }
        let task = TaskBuilder::new(job.clone())
            .task_id(TaskId::from_string(&id))
            // By the server's clock: it is the one that decides when a job may begin.
            .run_at_timestamp(now);
        let mut storage = self.storage(queue);
        let pushed = timeout(PATIENCE, storage.push_task(task.build())).await;
        match pushed.map_err(|_| silent())? {
            Ok(()) => Ok(()),
            // Somebody else who grades the same answers may have been quicker.
            Err(_) if self.knows(&id).await?.1 => Ok(()),
            Err(error) => Err(QueueError::Server(error.to_string())),
        }
    }

    /// What time it is there, in seconds, and whether it knows a job.
    async fn knows(&self, key: &str) -> Result<(u64, bool), QueueError> {
        let asked = sqlx::query_as(
            "SELECT floor(extract(epoch FROM now()))::bigint,
             EXISTS (SELECT FROM apalis.jobs WHERE id = $1)",
        );
        let (now, known): (i64, bool) = answered(asked.bind(key).fetch_one(&self.0)).await?;
        Ok((now.unsigned_abs(), known))
    }

    pub async fn answer(&self, queue: &str, id: &str) -> Result<Option<Answer>, QueueError> {
        let mut storage = self.storage(queue);
        let asked = storage.check_status([TaskId::from_string(key(queue, id))]);
        let found = timeout(PATIENCE, asked).await.map_err(|_| silent())?;
        let found = found.map_err(|error| QueueError::Server(error.to_string()))?;
        Ok(found.into_iter().next().map(|found| found.result))
    }

    pub async fn forget(&self, queue: &str, id: &str) -> Result<(), QueueError> {
        let key = key(queue, id);
        for statement in [
            "DELETE FROM apalis.jobs WHERE id = $1",
            "DELETE FROM weft_grading.begun WHERE job = $1",
        ] {
            answered(sqlx::query(statement).bind(&key).execute(&self.0)).await?;
        }
        Ok(())
    }

    pub async fn begin(&self, queue: &str, id: &str) -> Result<u64, QueueError> {
        let begun = sqlx::query_scalar(
            "INSERT INTO weft_grading.begun (job, times) VALUES ($1, 1)
             ON CONFLICT (job) DO UPDATE SET times = begun.times + 1 RETURNING times",
        );
        let times: i64 = answered(begun.bind(key(queue, id)).fetch_one(&self.0)).await?;
        Ok(times.unsigned_abs())
    }

    pub async fn stay(&self, queue: &str, worker: &str, says: &str) -> Result<(), QueueError> {
        let there = sqlx::query(
            "INSERT INTO weft_grading.workers (name, says, seen) VALUES ($1, $2, now())
             ON CONFLICT (name) DO UPDATE SET seen = now()",
        );
        answered(there.bind(worker).bind(says).execute(&self.0)).await?;
        // The library says it too, but only between jobs.
        let alive = sqlx::query(
            "UPDATE apalis.workers SET last_seen = now() WHERE id = $1 AND worker_type = $2",
        );
        answered(alive.bind(worker).bind(queue).execute(&self.0)).await?;
        Ok(())
    }

    pub async fn leave(&self, worker: &str) -> Result<(), QueueError> {
        let gone = sqlx::query("DELETE FROM weft_grading.workers WHERE name = $1");
        answered(gone.bind(worker).execute(&self.0)).await?;
        Ok(())
    }

    /// The queue itself.
    pub fn storage(&self, queue: &str) -> PostgresStorage<Job> {
        let config = Config::default()
            .queue(queue)
            .heartbeat_interval(HEARTBEAT)
            .missed_heartbeats(MISSED)
            // What is taken out before there is room for it would wait here while others have nothing to do.
            .batch_size(1)
            // A job that was taken out is nobody else's already.
            .lock_tasks(false);
        PostgresStorage::new(&self.0).with_config(config)
    }
}

/// A job's name in the table, which is that of all queues. The library wants a ULID: 26 digits, of which those of
/// hexadecimal numbers are some; the first one is at most 7.
fn key(queue: &str, job: &str) -> String {
    let hash = sha256(format!("{queue}\n{job}").as_bytes());
    format!("0{}", &hash[..25]).to_uppercase()
}

/// A server that went silent would be waited for as long as the system waits for lost packets.
async fn answered<T>(asked: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, QueueError> {
    let answered = timeout(PATIENCE, asked).await;
    answered.map_err(|_| silent())?.map_err(told)
}

fn silent() -> QueueError {
    QueueError::Server(format!("no answer in {} s", PATIENCE.as_secs()))
}

/// Whether it is about the connection, not about what was asked.
fn is_lost(error: &sqlx::Error) -> bool {
    matches!(
        error,
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed
    )
}

/// By the codes of "PostgreSQL Error Codes", an appendix of its documentation.
fn told(error: sqlx::Error) -> QueueError {
    let code = error.as_database_error().and_then(|error| error.code());
    match code.as_deref() {
        _ if is_about_tls(&error) => QueueError::Tls(error.to_string()),
        Some("28000" | "28P01") => QueueError::Denied(error.to_string()),
        Some("3D000") => QueueError::NoDatabase(error.to_string()),
        _ => QueueError::Server(error.to_string()),
    }
}

/// What is wrong with a certificate is found while the connection is being read, and comes as an error of that.
fn is_about_tls(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Tls(_) => true,
        sqlx::Error::Io(error) => error.kind() == ErrorKind::InvalidData,
        _ => false,
    }
}
