//! A queue on a Redis server.

use std::fmt;
use std::time::Duration;

use apalis::prelude::{TaskBuilder, TaskId, TaskSink, WaitForCompletion};
use apalis_redis::{Config, ConnectionManager, RedisStorage};
use redis::aio::ConnectionManagerConfig;
use redis::{Client, ErrorKind};

use super::Answer;
use crate::queue::{HEARTBEAT, Job, MISSED, PATIENCE, PREFIX, QueueError, since_epoch};

/// What is known about a job is kept for so long if nobody asks for it.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

impl From<redis::RedisError> for QueueError {
    fn from(error: redis::RedisError) -> QueueError {
        let told = error.to_string();
        // As Redis calls a wrong password, and none where one is needed.
        match error.code() {
            Some("WRONGPASS" | "NOAUTH" | "NOPERM") => QueueError::Denied(told),
            _ if error.kind() == ErrorKind::AuthenticationFailed => QueueError::Denied(told),
            // As the libraries below say it, of which none is ours to ask.
            _ if told.contains("certificate") || told.contains("TLS") => QueueError::Tls(told),
            _ => QueueError::Server(told),
        }
    }
}

/// A connection to a Redis.
#[derive(Clone)]
pub struct Connection(ConnectionManager);

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redis")
    }
}

impl Connection {
    /// Connects.
    pub async fn open(client: &Client) -> Result<Connection, QueueError> {
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        let manager = client.get_connection_manager_with_config(config).await?;
        Ok(Connection(manager))
    }

    pub async fn workers(&self) -> Result<Vec<String>, QueueError> {
        let mut connection = self.0.clone();
        let pattern = presence("*");
        let mut keys: Vec<String> = Vec::new();
        let mut cursor: u64 = 0;
        loop {
            // Unlike KEYS, it keeps nobody waiting (SCAN in Redis' commands).
            let (next, found): (u64, Vec<String>) = redis::cmd("SCAN")
                .arg(cursor)
                .arg("MATCH")
                .arg(&pattern)
                .arg("COUNT")
                .arg(1000)
                .query_async(&mut connection)
                .await?;
            keys.extend(found);
            cursor = next;
            if cursor == 0 {
                break;
            }
        }
        keys.sort();
        // It may tell of a key twice.
        keys.dedup();
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let found: Vec<Option<String>> = redis::cmd("MGET")
            .arg(&keys)
            .query_async(&mut connection)
            .await?;
        Ok(found.into_iter().flatten().collect())
    }

    pub async fn put(&self, queue: &str, job: &Job, id: &str) -> Result<(), QueueError> {
        let known: bool = redis::cmd("HEXISTS")
            .arg(config(queue).job_data_hash())
            .arg(id)
            .query_async(&mut self.0.clone())
            .await?;
        if !known {
            let task = TaskBuilder::new(job.clone()).task_id(TaskId::from_string(id));
            let pushed = self.storage(queue).push_task(task.build()).await;
            pushed.map_err(|error| QueueError::Server(error.to_string()))?;
        }
        Ok(())
    }

    pub async fn answer(&self, queue: &str, id: &str) -> Result<Option<Answer>, QueueError> {
        let mut storage = self.storage(queue);
        let found = storage.check_status([TaskId::from_string(id)]).await;
        let found = found.map_err(|error| QueueError::Server(error.to_string()))?;
        Ok(found.into_iter().next().map(|found| found.result))
    }

    pub async fn forget(&self, queue: &str, id: &str) -> Result<(), QueueError> {
        let queue = config(queue);
        redis::pipe()
            .hdel(queue.job_data_hash(), id)
            .del(meta(&queue, id))
            .srem(queue.done_jobs_set(), id)
            .srem(queue.dead_jobs_set(), id)
            .zrem(queue.scheduled_jobs_set(), id)
            .exec_async(&mut self.0.clone())
            .await?;
        Ok(())
    }

    pub async fn begin(&self, queue: &str, id: &str) -> Result<u64, QueueError> {
        let known = meta(&config(queue), id);
        let (begun, _): (u64, bool) = redis::pipe()
            .hincr(&known, "starts", 1)
            .expire(&known, KEPT.as_secs() as i64)
            .query_async(&mut self.0.clone())
            .await?;
        Ok(begun)
    }

    pub async fn stay(&self, queue: &str, worker: &str, says: &str) -> Result<(), QueueError> {
        let seconds = HEARTBEAT.as_secs() * MISSED as u64;
        redis::pipe()
            .set_ex(presence(worker), says, seconds)
            // The library says it too, but only between jobs.
            .cmd("ZADD")
            .arg(config(queue).workers_set())
            .arg("XX")
            .arg(since_epoch().as_secs())
            .arg(worker)
            .exec_async(&mut self.0.clone())
            .await?;
        Ok(())
    }

    pub async fn leave(&self, worker: &str) -> Result<(), QueueError> {
        let _: () = redis::cmd("DEL")
            .arg(presence(worker))
            .query_async(&mut self.0.clone())
            .await?;
        Ok(())
    }

    /// The queue itself.
    pub fn storage(&self, queue: &str) -> RedisStorage<Job> {
        RedisStorage::new(self.0.clone()).with_config(config(queue))
    }
}

fn config(queue: &str) -> Config {
    Config::default()
        .queue(queue)
        .heartbeat_interval(HEARTBEAT)
        .missed_heartbeats(MISSED)
        // What is taken out before there is room for it would wait here while others have nothing to do.
        .batch_size(1)
        .emit_events(false)
}

/// Where a worker says that it is there.
fn presence(worker: &str) -> String {
    format!("{PREFIX}:worker:{worker}")
}

/// Where what is known about a job stands.
fn meta(queue: &Config, job: &str) -> String {
    format!("{}:{job}", queue.job_meta_hash())
}
