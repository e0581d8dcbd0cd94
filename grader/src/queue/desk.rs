//! The side of the one who grades: who is there to work, and a judge that asks them.

use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::time::sleep;

use super::server::Connection;
use super::{Address, Announcement, Job, POLL, QueueError, runtime};
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
    connection: Connection,
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
        self.runtime.block_on(self.connection.workers())
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
    queue: String,
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
        let (connection, queue) = (&self.desk.connection, &self.queue);
        let id = job.id();
        let mut reminded: Option<Instant> = None;
        let mut away: Option<Instant> = None;
        loop {
            let is_known = reminded.is_some_and(|reminded| reminded.elapsed() < REMIND);
            let asked = async {
                if !is_known {
                    connection.put(queue, job, &id).await?;
                }
                connection.answer(queue, &id).await
            };
            match asked.await {
                Ok(found) => {
                    away = None;
                    if !is_known {
                        reminded = Some(Instant::now());
                    }
                    if let Some(found) = found {
                        // What is here counts, also where it stays there a while.
                        let _ = connection.forget(queue, &id).await;
                        let text = found.map_err(QueueError::Server)?;
                        let judgements = serde_json::from_str(&text);
                        return judgements.map_err(|error| QueueError::Server(error.to_string()));
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
}
