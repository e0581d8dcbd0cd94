//! The side of the one who grades: who is there to work, and a judge that asks them.

use std::time::{Duration, Instant};

use apalis::prelude::{TaskBuilder, TaskId, TaskSink, WaitForCompletion};
use apalis_redis::{Config, ConnectionManager, RedisStorage};
use tokio::runtime::Runtime;
use tokio::time::sleep;

use super::{Address, Announcement, Job, POLL, QueueError, meta, presence, runtime};
use crate::judge::{Judge, Judgement, TaskSpec, Why};
use crate::verdict::Verdict;

/// A server may be away for so long, to be started anew, before answers are left for a human.
const AWAY: Duration = Duration::from_secs(300);
/// How often it is asked whether it still knows a job. One that was started anew may know nothing.
const REMIND: Duration = Duration::from_secs(2);

/// A connection to the queue, on the side of the one who grades.
#[derive(Debug)]
pub struct Desk {
    runtime: Runtime,
    connection: ConnectionManager,
}

impl Desk {
    /// Connects.
    ///
    /// # Errors
    /// Where the server does not answer or refuses.
    pub fn open(address: &Address) -> Result<Desk, QueueError> {
        let runtime = runtime(1)?;
        let connection = runtime.block_on(address.connect())?;
        Ok(Desk {
            runtime,
            connection,
        })
    }

    /// The workers that are there now.
    ///
    /// # Errors
    /// Where the server does not answer.
    pub fn workers(&self) -> Result<Vec<Announcement>, QueueError> {
        let mut connection = self.connection.clone();
        self.runtime.block_on(async {
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
            // A worker of another version may say what we do not understand; its queue has another name too.
            let known = found.into_iter().flatten();
            Ok(known
                .filter_map(|text| serde_json::from_str(&text).ok())
                .collect())
        })
    }

    /// A judge that leaves the work to workers like this one.
    pub fn judge(self, workers: &Announcement) -> QueueJudge {
        QueueJudge {
            queue: workers.queue(),
            desk: self,
        }
    }
}

/// Judges by asking workers. Any number of threads may ask at once, and each waits until its answers are judged.
#[derive(Debug)]
pub struct QueueJudge {
    desk: Desk,
    queue: Config,
}

impl Judge for QueueJudge {
    fn judge(&self, task: &TaskSpec, answer: &str) -> Judgement {
        self.judge_all(&[(task, answer)]).remove(0)
    }

    fn judge_all(&self, answers: &[(&TaskSpec, &str)]) -> Vec<Judgement> {
        let owned = |(task, answer): &(&TaskSpec, &str)| ((*task).clone(), (*answer).to_owned());
        let job = Job {
            answers: answers.iter().map(owned).collect(),
        };
        let judged = self.desk.runtime.block_on(self.ask(&job));
        match judged {
            Ok(judgements) if judgements.len() == answers.len() => judgements,
            other => {
                let what = other.map_or_else(
                    |error| format!("the queue: {error}"),
                    |_| "a worker did not answer for every task".to_owned(),
                );
                let ours = Judgement::at_once(Verdict::Internal, Why::Internal { what });
                vec![ours; answers.len()]
            }
        }
    }
}

impl QueueJudge {
    /// Waits for the judgements, however long it takes; a server that is away is waited for, too, but not for ever.
    async fn ask(&self, job: &Job) -> Result<Vec<Judgement>, QueueError> {
        let connection = self.desk.connection.clone();
        let mut storage =
            RedisStorage::<Job>::new(connection.clone()).with_config(self.queue.clone());
        let id = job.id();
        let mut reminded: Option<Instant> = None;
        let mut away: Option<Instant> = None;
        loop {
            let is_known = reminded.is_some_and(|reminded| reminded.elapsed() < REMIND);
            let asked = async {
                if !is_known {
                    self.put(&mut storage, job, &id).await?;
                }
                let results = storage.check_status([TaskId::from_string(id.as_str())]);
                let results = results.await.map_err(told)?;
                Ok::<_, QueueError>(results.into_iter().next())
            };
            match asked.await {
                Ok(found) => {
                    away = None;
                    if !is_known {
                        reminded = Some(Instant::now());
                    }
                    if let Some(found) = found {
                        self.forget(connection, &id).await?;
                        return found.result.map_err(QueueError::Server);
                    }
                }
                Err(error) => {
                    reminded = None;
                    if away.get_or_insert_with(Instant::now).elapsed() > AWAY {
                        return Err(error);
                    }
                }
            }
            sleep(POLL).await;
        }
    }

    /// Puts the job in, where the server does not know it.
    async fn put(
        &self,
        storage: &mut RedisStorage<Job>,
        job: &Job,
        id: &str,
    ) -> Result<(), QueueError> {
        let known: bool = redis::cmd("HEXISTS")
            .arg(self.queue.job_data_hash())
            .arg(id)
            .query_async(storage.get_connection())
            .await?;
        if !known {
            let task = TaskBuilder::new(job.clone()).task_id(TaskId::from_string(id));
            storage.push_task(task.build()).await.map_err(told)?;
        }
        Ok(())
    }

    /// Nothing of a job stays in the server when its judgements are here.
    async fn forget(&self, mut connection: ConnectionManager, id: &str) -> Result<(), QueueError> {
        redis::pipe()
            .hdel(self.queue.job_data_hash(), id)
            .del(meta(&self.queue, id))
            .srem(self.queue.done_jobs_set(), id)
            .srem(self.queue.dead_jobs_set(), id)
            .zrem(self.queue.scheduled_jobs_set(), id)
            .exec_async(&mut connection)
            .await?;
        Ok(())
    }
}

fn told(error: impl std::error::Error) -> QueueError {
    QueueError::Server(error.to_string())
}
