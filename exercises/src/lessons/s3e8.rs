//! UptimeSquirrel, fifth version: green threads, many tasks on one thread.

use std::cell::RefCell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use recorder::order::{Amount, Pick, Rule};

use super::round::{self, Round, Sites, Squirrel};
use crate::green;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::thread;
use crate::primitive::time::Duration;
use crate::squirrel::{Checker, Patient, Site, Verdict};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s3e8",
    files: round::FILES,
    parameters: &[round::N_SITES, round::WORKERS],
    always: &[
        round::ALL_SITES,
        round::EACH_ONCE,
        round::AS_KNOWN,
        round::SOME_DOWN,
        round::NOTIFIED_ONCE,
        round::NOTIFIED_AFTERWARDS,
        round::UP_COUNTED,
        round::DOWN_COUNTED,
        round::TOTAL_AFTERWARDS,
        round::ELAPSED_LAST,
        round::ELAPSED_IS_RESULT,
        round::SERVER_ENDED,
        round::NO_THREADS,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                FROM_THE_LIST,
                AT_MOST_SO_MANY,
                NOTHING_BETWEEN,
                round::TIME_OF_NOTIFICATIONS,
                round::WORKERS_AT_ONCE,
                round::TIME_OF_WORKERS,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                FROM_THE_LIST,
                AT_MOST_SO_MANY,
                round::WORKERS_AT_ONCE,
                round::TIME_OF_WORKERS,
            ],
            likely: &[round::MUCH_FASTER],
        },
        Scenario {
            guaranteed: &[
                round::IN_ORDER, // The first task never lets another one run.
                Rule::DistinctWho {
                    of: TASKS,
                    max: Amount::Is(1),
                },
                NOTHING_BETWEEN,
                round::ONE_AT_ONCE,
                round::TIME_OF_ONE,
            ],
            likely: &[],
        },
    ],
    run,
};

const TASKS: Pick = Pick::who(&["task"]);

/// Each task takes the next site of the list when it is done with one.
const FROM_THE_LIST: Rule = Rule::RisingEach {
    of: round::VERDICT,
    field: "site",
};
const AT_MOST_SO_MANY: Rule = Rule::DistinctWho {
    of: TASKS,
    max: Amount::Param("workers"),
};
/// A notification that blocks the thread comes right after the verdict: nobody else could run.
const NOTHING_BETWEEN: Rule = Rule::Alternating {
    a: "down",
    b: "notify",
};

/// How a task waits.
enum Means<'c> {
    /// The network is asynchronous, the pause is not.
    Mixed(&'c Checker),
    /// Both are.
    Asynchronous(&'c Checker),
    /// Neither is.
    Blocking(&'c Patient),
}

/// One task: checks the next site until there are no more.
async fn work(
    squirrel: &Squirrel,
    who: String,
    means: &Means<'_>,
    sites: &RefCell<std::slice::Iter<'_, Site>>,
    verdicts: &RefCell<Vec<Option<Verdict>>>,
) -> Result<(), LessonError> {
    loop {
        let next = sites.borrow_mut().next();
        let Some(site) = next else {
            return Ok(());
        };
        let verdict = match means {
            Means::Mixed(client) | Means::Asynchronous(client) => {
                client.check(&site.address).await?
            }
            Means::Blocking(client) => client.check(&site.address)?,
        };
        squirrel.tell(&who, site, &verdict);
        if !verdict.is_up() {
            match means {
                Means::Asynchronous(_) => {
                    green::sleep(Duration::from_millis(squirrel.notify_ms)).await;
                }
                // The whole thread sleeps, and every task with it.
                Means::Mixed(_) | Means::Blocking(_) => squirrel.stage.sleep(squirrel.notify_ms),
            }
            squirrel.notify(&who, site, &verdict)?;
        }
        verdicts.borrow_mut()[site.number] = Some(verdict);
    }
}

/// Runs tasks that never wait for anything but by blocking the thread: nothing has to wake them.
fn without_a_reactor<T>(tasks: impl Future<Output = T>) -> T {
    let mut tasks = pin!(tasks);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        match tasks.as_mut().poll(&mut context) {
            Poll::Ready(results) => return results,
            Poll::Pending => thread::yield_now(),
        }
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let workers = stage.count("workers");
    let at_once = match stage.scene() {
        Scene::First | Scene::Second => workers,
        Scene::Third => 1,
    };
    let round = Round::begin(stage, Sites::Mixed, at_once)?;
    let settings = round.squirrel.settings;
    let (checker, patient) = (Checker::new(settings)?, Patient::new(settings)?);
    let means = match stage.scene() {
        Scene::First => Means::Mixed(&checker),
        Scene::Second => Means::Asynchronous(&checker),
        Scene::Third => Means::Blocking(&patient),
    };

    let sites = RefCell::new(round.sites.iter());
    let verdicts = RefCell::new(vec![None; round.sites.len()]);
    let tasks = green::gather((1..=workers).map(|number| {
        let who = format!("task {number}");
        work(&round.squirrel, who, &means, &sites, &verdicts)
    }));
    let ended = match means {
        Means::Mixed(_) | Means::Asynchronous(_) => green::run(tasks)?,
        Means::Blocking(_) => without_a_reactor(tasks),
    };
    ended.into_iter().collect::<Result<(), LessonError>>()?;

    let verdicts: Vec<Verdict> = verdicts.into_inner().into_iter().flatten().collect();
    round.end(&verdicts)
}
