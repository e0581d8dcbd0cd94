//! The side of the workers: takes a job, judges it, until it is told to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use apalis::prelude::BoxDynError;
use tokio::time::sleep;

use super::server::Connection;
use super::{Address, Announcement, HEARTBEAT, Job, MISSED, QueueError, runtime, since_epoch};
use crate::grade::judge_once;
use crate::judge::{Judge, Judgement, TaskSpec, Why};
use crate::verdict::Verdict;

/// Between two attempts to come back to a server that is away.
const PAUSE: Duration = Duration::from_secs(1);
/// So many workers may end over a job; the next one leaves it to a human.
const STARTS: u64 = 3;
/// So often in a row a worker that was let in before is refused until it believes it: a connection that breaks off while
/// the server is started anew can look like a refusal.
const REFUSALS: u32 = 3;

/// What a worker tells the one who started it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is connected, and takes jobs.
    Ready,
    /// The server is away; it tries to come back.
    Lost(String),
}

/// Judges what is in the queue for workers like this one, until `stop` is set; what is being judged then is judged to
/// its end. Returns how many submissions it judged.
///
/// A worker that is killed loses nothing: after ten seconds without a sign of it, its jobs are given to others.
///
/// # Errors
/// Where the server cannot be reached at the beginning. When it is lost later, the worker tries to come back, until the
/// server no longer lets it in, or is no longer the one it says it is.
pub fn work(
    address: &Address,
    judge: Arc<dyn Judge + Send + Sync>,
    announcement: &Announcement,
    stop: &'static AtomicBool,
    tell: &mut dyn FnMut(&Told),
) -> Result<u64, QueueError> {
    // Also for those that a lost connection left behind.
    let runtime = runtime(announcement.jobs * 2)?;
    let judged = Arc::new(AtomicU64::new(0));
    runtime
        .block_on(async {
            let mut connection = Some(address.connect().await?);
            let (mut reason, mut refusals) = (None, 0);
            while !stop.load(Ordering::Relaxed) {
                let connected = match connection.take() {
                    Some(connection) => Ok(connection),
                    None => address.connect().await,
                };
                let lost = match connected {
                    Ok(connected) => {
                        (reason, refusals) = (None, 0);
                        tell(&Told::Ready);
                        let served = serve(connected, &judge, announcement, stop, &judged).await;
                        served.err().map_or_else(String::new, |e| e.to_string())
                    }
                    Err(refused @ (QueueError::Denied(_) | QueueError::Tls(_))) => {
                        refusals += 1;
                        if refusals == REFUSALS {
                            return Err(refused);
                        }
                        refused.to_string()
                    }
                    Err(error) => {
                        refusals = 0;
                        error.to_string()
                    }
                };
                if !stop.load(Ordering::Relaxed) {
                    if reason.as_ref() != Some(&lost) {
                        tell(&Told::Lost(lost.clone()));
                        reason = Some(lost);
                    }
                    sleep(PAUSE).await;
                }
            }
            Ok(())
        })
        .map(|()| judged.load(Ordering::Relaxed))
}

/// Works over one connection, until it is lost or `stop` is set.
async fn serve(
    connection: Connection,
    judge: &Arc<dyn Judge + Send + Sync>,
    announcement: &Announcement,
    stop: &'static AtomicBool,
    judged: &Arc<AtomicU64>,
) -> Result<(), BoxDynError> {
    let (name, queue) = (name(), announcement.queue());
    let perform = {
        let (connection, queue) = (connection.clone(), queue.clone());
        let (judge, judged) = (Arc::clone(judge), Arc::clone(judged));
        move |job: Job| {
            let (connection, queue) = (connection.clone(), queue.clone());
            let (judge, judged) = (Arc::clone(&judge), Arc::clone(&judged));
            async move {
                let judgements = perform(&connection, &queue, judge, job).await?;
                judged.fetch_add(1, Ordering::Relaxed);
                Ok::<_, BoxDynError>(serde_json::to_string(&judgements)?)
            }
        }
    };
    let says = serde_json::to_string(announcement)?;
    let ended = tokio::select! {
        ended = connection.serve(&queue, &name, announcement.jobs, stop, perform) => ended,
        lost = stay(&connection, &queue, &name, &says) => Err(lost.into()),
    };
    let _ = connection.leave(&name).await;
    ended
}

/// Judges one job on a thread of its own. What cannot be judged is an answer too: a job is never given back.
async fn perform(
    connection: &Connection,
    queue: &str,
    judge: Arc<dyn Judge + Send + Sync>,
    job: Job,
) -> Result<Vec<Judgement>, BoxDynError> {
    if begin(connection, queue, &job.id()).await? > STARTS {
        let what = format!("{STARTS} workers ended while they judged this");
        let ours = Judgement::at_once(Verdict::Internal, Why::Internal { what });
        return Ok(vec![ours; job.answers.len()]);
    }
    let judging = tokio::task::spawn_blocking(move || {
        let answers = job.answers.iter();
        let answers: Vec<(&TaskSpec, &str)> = answers
            .map(|(task, answer)| (task, answer.as_str()))
            .collect();
        judge_once(&*judge, &answers)
    });
    Ok(judging.await?)
}

/// How often a worker has begun with a job. A server that is away for a moment is asked again, for as long as the job is
/// this worker's: afterwards it is given to others.
async fn begin(connection: &Connection, queue: &str, id: &str) -> Result<u64, QueueError> {
    let asked = Instant::now();
    loop {
        match connection.begin(queue, id).await {
            Err(_) if asked.elapsed() < HEARTBEAT * MISSED as u32 => sleep(PAUSE).await,
            told => return told,
        }
    }
}

/// Says that the worker is there, until the server has not heard it for so long that its jobs are given to others.
async fn stay(connection: &Connection, queue: &str, name: &str, says: &str) -> QueueError {
    let mut heard = Instant::now();
    loop {
        match connection.stay(queue, name, says).await {
            Ok(()) => heard = Instant::now(),
            Err(error) if heard.elapsed() > HEARTBEAT * MISSED as u32 => return error,
            Err(_) => {}
        }
        sleep(HEARTBEAT).await;
    }
}

/// A name nobody else has.
fn name() -> String {
    let host = nix::unistd::gethostname().unwrap_or_default();
    let now = since_epoch().as_nanos();
    format!("{}-{}-{now:x}", host.to_string_lossy(), std::process::id())
}
