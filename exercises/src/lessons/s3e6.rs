//! UptimeSquirrel, third version: a pool of threads, and a future for each site.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};

use super::round::{self, Round, Sites, Squirrel};
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::thread;
use crate::squirrel::{Patient, Site, Verdict};
use crate::stage::Stage;
use crate::sync::{Future, ThreadPool};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s3e6",
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
        FIRST_COME,
        THREADS,
        round::SERVER_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::AllEnded {
                    kind: LaneKind::Thread,
                    count: Amount::Param("workers"),
                },
                round::WORKERS_AT_ONCE,
                round::TIME_OF_WORKERS,
            ],
            likely: &[round::MUCH_FASTER],
        },
        Scenario {
            guaranteed: &[
                round::IN_ORDER,
                Rule::AllEnded {
                    kind: LaneKind::Thread,
                    count: Amount::Is(1),
                },
                round::ONE_AT_ONCE,
                round::TIME_OF_ONE,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::AllEnded {
                    kind: LaneKind::Thread,
                    count: Amount::Is(16),
                },
                round::SIXTEEN_AT_ONCE,
                round::TIME_OF_SIXTEEN,
            ],
            likely: &[round::MUCH_FASTER],
        },
    ],
    run,
};

const WORKERS: Pick = Pick::who(&["worker"]);
/// The pool begins the jobs in the order in which they came, and each worker does one after the other.
const FIRST_COME: Rule = Rule::RisingEach {
    of: round::VERDICT,
    field: "site",
};
const THREADS: Rule = Rule::OwnLane {
    of: WORKERS,
    kind: LaneKind::Thread,
};

/// A job of the pool: one site.
fn look(squirrel: &Squirrel, site: &Site) -> Result<Verdict, LessonError> {
    // The pool calls its threads worker-1, worker-2...
    let who = thread::current_name().replace('-', " ");
    let client = Patient::new(squirrel.settings)?;
    squirrel.look(&client, &who, site)
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let workers = match stage.scene() {
        Scene::First => stage.count("workers"),
        Scene::Second => 1,
        Scene::Third => 16,
    };
    let round = Round::begin(stage, Sites::Mixed, workers)?;
    let pool = ThreadPool::named("worker", workers as usize)?;
    let futures: Vec<Future<Result<Verdict, LessonError>>> = round
        .sites
        .iter()
        .cloned()
        .map(|site| {
            let squirrel = round.squirrel.clone();
            pool.submit(move || look(&squirrel, &site))
        })
        .collect();

    // Waiting is not enough: only who asks for the result hears of an error in a job.
    let mut verdicts = Vec::new();
    for future in futures {
        verdicts.push(future.result()??);
    }
    pool.shutdown();
    round.end(&verdicts)
}
