//! The side of the workers: takes a job, judges it, until it is told to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use apalis::prelude::{BackendExt, BoxDynError, WorkerBuilder, WorkerBuilderExt};
use apalis_redis::{Config, ConnectionManager, RedisStorage};
use tokio::time::sleep;

use super::{
    Address, Announcement, HEARTBEAT, Job, MISSED, POLL, QueueError, meta, presence, runtime,
};
use crate::grade::judge_once;
use crate::judge::{Judge, Judgement, TaskSpec, Why};
use crate::verdict::Verdict;

/// Between two attempts to come back to a server that is away.
const PAUSE: Duration = Duration::from_secs(1);
/// So many workers may end over a job; the next one leaves it to a human.
const STARTS: u64 = 3;
/// What is known about a job is kept for so long if nobody asks for it.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

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
/// Where the server cannot be reached at the beginning. When it is lost later, the worker tries to come back.
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
            while !stop.load(Ordering::Relaxed) {
                let connected = match connection.take() {
                    Some(connection) => Ok(connection),
                    None => address.connect().await,
                };
                let Ok(connected) = connected else {
                    sleep(PAUSE).await;
                    continue;
                };
                tell(&Told::Ready);
                let served = serve(connected, &judge, announcement, stop, &judged).await;
                if !stop.load(Ordering::Relaxed) {
                    tell(&Told::Lost(
                        served.err().map_or_else(String::new, |e| e.to_string()),
                    ));
                    sleep(PAUSE).await;
                }
            }
            Ok(())
        })
        .map(|()| judged.load(Ordering::Relaxed))
}

/// Works over one connection, until it is lost or `stop` is set.
async fn serve(
    connection: ConnectionManager,
    judge: &Arc<dyn Judge + Send + Sync>,
    announcement: &Announcement,
    stop: &'static AtomicBool,
    judged: &Arc<AtomicU64>,
) -> Result<(), BoxDynError> {
    let name = name();
    // What is taken out before there is room for it would wait here while others have nothing to do.
    let queue = announcement.queue().batch_size(1);
    let storage = RedisStorage::<Job>::new(connection.clone())
        .with_config(queue.clone())
        .poll_with_interval(POLL);
    let task = {
        let (connection, queue) = (connection.clone(), queue.clone());
        let (judge, judged) = (Arc::clone(judge), Arc::clone(judged));
        move |job: Job| {
            let (connection, queue) = (connection.clone(), queue.clone());
            let (judge, judged) = (Arc::clone(&judge), Arc::clone(&judged));
            async move {
                let judgements = perform(connection, &queue, judge, job).await?;
                judged.fetch_add(1, Ordering::Relaxed);
                Ok::<_, BoxDynError>(judgements)
            }
        }
    };
    let present = tokio::spawn(stay(
        connection.clone(),
        queue,
        name.clone(),
        serde_json::to_string(announcement)?,
    ));
    let stopped = async move {
        while !stop.load(Ordering::Relaxed) {
            sleep(POLL).await;
        }
        Ok::<(), std::io::Error>(())
    };
    let ended = WorkerBuilder::new(name.as_str())
        .backend(storage)
        .concurrency(announcement.jobs)
        .build(task)
        .run_until(stopped)
        .await;
    present.abort();
    let mut connection = connection;
    let _: Result<(), _> = redis::cmd("DEL")
        .arg(presence(&name))
        .query_async(&mut connection)
        .await;
    Ok(ended?)
}

/// Judges one job on a thread of its own. What cannot be judged is an answer too: a job is never given back.
async fn perform(
    mut connection: ConnectionManager,
    queue: &Config,
    judge: Arc<dyn Judge + Send + Sync>,
    job: Job,
) -> Result<Vec<Judgement>, BoxDynError> {
    let known = meta(queue, &job.id());
    let (starts, _): (u64, bool) = redis::pipe()
        .hincr(&known, "starts", 1)
        .expire(&known, KEPT.as_secs() as i64)
        .query_async(&mut connection)
        .await?;
    if starts > STARTS {
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

/// Says that the worker is there, for those who grade and for those who would take its jobs over. The library says
/// the latter only between jobs.
async fn stay(mut connection: ConnectionManager, queue: Config, name: String, text: String) {
    let seconds = HEARTBEAT.as_secs() * MISSED as u64;
    loop {
        let now = since_epoch().as_secs();
        // A server that is away is found out by the worker itself.
        let _: Result<(), _> = redis::pipe()
            .set_ex(presence(&name), &text, seconds)
            .cmd("ZADD")
            .arg(queue.workers_set())
            .arg("XX")
            .arg(now)
            .arg(&name)
            .exec_async(&mut connection)
            .await;
        sleep(HEARTBEAT).await;
    }
}

/// A name nobody else has.
fn name() -> String {
    let host = nix::unistd::gethostname().unwrap_or_default();
    let now = since_epoch().as_nanos();
    format!("{}-{}-{now:x}", host.to_string_lossy(), std::process::id())
}

fn since_epoch() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap_or_default()
}
