//! UptimeSquirrel, sixth version: tasks in a queue, and a worker in another process.
//!
//! The queue is a real Redis where `redis-server` is installed, else an SQLite file. Nothing of it stays behind.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use super::finish;
use super::round::{self, Round, Sites, Squirrel};
use crate::green;
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::Arc;
use crate::primitive::time::Duration;
use crate::process::{Process, Semaphore};
use crate::squirrel::tasks::{Broker, Desk, Place, TaskError};
use crate::squirrel::{Checker, Site, Verdict};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s3e9",
    files: round::FILES,
    parameters: &[round::N_SITES, CONCURRENCY],
    always: &[
        QUEUE_FIRST,
        ALL_QUEUED,
        QUEUED_IS_RESULT,
        round::ALL_SITES,
        round::ELAPSED_LAST,
        round::ELAPSED_IS_RESULT,
        round::NO_THREADS,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                QUEUED_BEFORE,
                BY_THE_WORKER,
                round::EACH_ONCE,
                round::SOME_DOWN,
                round::NOTIFIED_ONCE,
                round::NOTIFIED_AFTERWARDS,
                AT_ONCE,
                BOTH_ENDED,
                round::AS_KNOWN,
                round::UP_COUNTED,
                round::DOWN_COUNTED,
                round::TOTAL_AFTERWARDS,
                TIME,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::ALL,
                    words: &[
                        Word::Once("queue"),
                        Word::Once("queued"),
                        Word::Once("waiting"),
                        Word::Once("elapsed"),
                    ],
                }, // Nothing has become of them.
                Rule::Result {
                    field: "waiting",
                    is: Amount::Result("queued"),
                },
                Rule::ResultIsValue {
                    field: "waiting",
                    of: Pick::what(&["waiting"]),
                },
                Rule::TimeAtLeast {
                    ms: Amount::Is(LOOK_AGAIN_MS as i64),
                },
                round::SERVER_ENDED,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                QUEUED_BEFORE,
                BY_THE_WORKER,
                round::EACH_ONCE,
                round::SOME_DOWN,
                round::NOTIFIED_ONCE,
                round::NOTIFIED_AFTERWARDS,
                AT_ONCE,
                BOTH_ENDED, // All are done, and nobody knows how it went.
                Rule::Result {
                    field: "unknown",
                    is: Amount::Result("sites"),
                },
                Rule::ResultIsValue {
                    field: "unknown",
                    of: UNKNOWN,
                },
                Rule::AllBefore {
                    first: DONE,
                    then: UNKNOWN,
                },
            ],
            likely: &[],
        },
    ],
    run,
};

/// How many tasks the worker does at a time.
const CONCURRENCY: Parameter = Parameter {
    name: "concurrency",
    min: 1,
    max: 16,
    default: 4,
};
/// How long main waits before it asks again.
const LOOK_AGAIN_MS: u64 = 1000;
/// How often main asks for results, and the worker whether it is to stop. Real time: nothing is shown by it.
const ASK: Duration = Duration::from_millis(10);

const QUEUED: Pick = Pick::what(&["queued"]);
const UNKNOWN: Pick = Pick::what(&["unknown"]);
const DONE: Pick = Pick::what(&["up", "down", "notify"]);

const QUEUE_FIRST: Rule = Rule::First {
    of: Pick::what(&["queue"]),
};
const ALL_QUEUED: Rule = Rule::Result {
    field: "queued",
    is: Amount::Result("sites"),
};
const QUEUED_IS_RESULT: Rule = Rule::ResultIsValue {
    field: "queued",
    of: QUEUED,
};
const QUEUED_BEFORE: Rule = Rule::AllBefore {
    first: QUEUED,
    then: DONE,
};
const BY_THE_WORKER: Rule = Rule::OwnLane {
    of: DONE,
    kind: LaneKind::Process,
};
const AT_ONCE: Rule = Rule::ResultAtMost {
    field: "most_at_once",
    max: Amount::Param("concurrency"),
};
/// The test server and the worker.
const BOTH_ENDED: Rule = Rule::Unless {
    param: "sites",
    rule: &Rule::AllEnded {
        kind: LaneKind::Process,
        count: Amount::Is(2),
    },
};
const TIME: Rule = Rule::Unless {
    param: "sites",
    rule: &Rule::TimeAtLeast {
        ms: Amount::Over(&round::WORK, &Amount::Param("concurrency")),
    },
};

/// What main and the worker process tell each other besides the queue.
#[derive(Clone)]
struct Signals {
    /// The tasks are in the queue.
    go: Semaphore,
    /// One permit for each task that is done.
    done: Semaphore,
    /// No more tasks will come.
    stop: Semaphore,
}

/// The worker's life: a process that knows the queue, and nothing of who puts tasks in.
fn work(
    squirrel: Squirrel,
    place: &Place,
    concurrency: usize,
    keep_results: bool,
    signals: Signals,
) -> Result<(), LessonError> {
    signals.go.acquire()?;
    let checker = Arc::new(Checker::new(squirrel.settings)?);
    let Signals { done, stop, .. } = signals;
    let task = move |site: Site| {
        let (squirrel, checker, done) = (squirrel.clone(), checker.clone(), done.clone());
        async move {
            let verdict = checker.check(&site.address).await.map_err(TaskError::new)?;
            squirrel.tell("worker", &site, &verdict);
            if !verdict.is_up() {
                green::sleep(Duration::from_millis(squirrel.notify_ms)).await;
                squirrel
                    .notify("worker", &site, &verdict)
                    .map_err(TaskError::new)?;
            }
            done.release();
            Ok(verdict)
        }
    };
    let told_to_stop = async move {
        while !stop.try_acquire() {
            tokio::time::sleep(ASK).await;
        }
    };
    let worker = async {
        let desk = Desk::open(place).await?;
        desk.work(concurrency, keep_results, task, told_to_stop)
            .await
    };
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(worker)?;
    Ok(())
}

/// The worker has ended before its work was done.
#[derive(Debug, thiserror::Error)]
#[error("the worker has ended before all tasks were done")]
struct WorkerGone;

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let concurrency = stage.count("concurrency");
    let round = Round::begin(stage, Sites::Mixed, concurrency)?;
    let broker = Broker::start(stage.scratch()?)?;
    stage.print("main", "queue", broker.kind().word());

    let signals = Signals {
        go: Semaphore::new(0)?,
        done: Semaphore::new(0)?,
        stop: Semaphore::new(0)?,
    };
    // Forked before main talks to the queue: connections are not inherited.
    let mut worker = (stage.scene() != Scene::Second).then(|| {
        let (squirrel, signals) = (round.squirrel.clone(), signals.clone());
        let (place, keep_results) = (broker.place().clone(), stage.scene() == Scene::First);
        Process::new("worker", move || {
            work(
                squirrel,
                &place,
                concurrency as usize,
                keep_results,
                signals,
            )
        })
    });
    if let Some(worker) = &mut worker {
        worker.start()?;
    }

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut desk = runtime.block_on(Desk::open(broker.place()))?;
    runtime.block_on(desk.put(&round.sites))?;
    let queued = runtime.block_on(desk.waiting())?;
    stage.print("main", "queued", queued);
    signals.go.release();

    let outcome = match (stage.scene(), worker) {
        (Scene::First, Some(worker)) => {
            let verdicts = runtime.block_on(async {
                loop {
                    let alive = worker.is_alive();
                    let known = desk.results(&round.sites).await?;
                    if let Some(verdicts) = known.into_iter().collect::<Option<Vec<Verdict>>>() {
                        return Ok::<_, LessonError>(verdicts);
                    }
                    if !alive {
                        return Err(WorkerGone.into());
                    }
                    tokio::time::sleep(ASK).await;
                }
            })?;
            signals.stop.release();
            finish(&worker)?;
            round.end(&verdicts)?
        }
        (Scene::Third, Some(worker)) => {
            for _ in &round.sites {
                signals.done.acquire()?;
            }
            signals.stop.release();
            finish(&worker)?;
            let known = runtime.block_on(desk.results(&round.sites))?;
            let unknown = known.iter().filter(|result| result.is_none()).count();
            stage.print("main", "unknown", unknown);
            round.close(Outcome::none().with("unknown", unknown))?
        }
        _ => {
            stage.sleep(LOOK_AGAIN_MS);
            let waiting = runtime.block_on(desk.waiting())?;
            stage.print("main", "waiting", waiting);
            round.close(Outcome::none().with("waiting", waiting))?
        }
    };
    Ok(outcome
        .with("queue", broker.kind().word())
        .with("queued", queued))
}
