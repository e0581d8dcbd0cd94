//! Pool: `apply_async`, a callback for each task and an error callback for the one that fails.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{self, Pool, PoolError};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e9",
    parameters: &[Parameter::count("n_tasks")],
    files: &[],
    always: &[
        ALL_RUN,
        AFTER_ITS_TASK,
        AT_MOST,
        OWN_PIDS,
        OWN_PROCESSES,
        ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Count {
                    of: CALLBACK,
                    is: N,
                },
                NO_ERROR,
                ONE_AT_A_TIME,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Values {
                    of: CALLBACK,
                    field: "",
                    from: 0,
                    count: N,
                },
                Rule::SameValues {
                    put: "work",
                    take: "callback",
                },
                NO_ERROR,
                ONE_AT_A_TIME,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Count {
                    of: CALLBACK,
                    is: Amount::Minus(&N, &FAILING),
                },
                Rule::Count {
                    of: ERROR,
                    is: FAILING,
                }, // Which one fails is known before: the one in the middle.
                Rule::Values {
                    of: Pick::what(&["callback", "error"]),
                    field: "",
                    from: 0,
                    count: N,
                },
                Rule::ResultCounts {
                    field: "failed",
                    of: ERROR,
                },
                Rule::OwnLane {
                    of: Pick::what(&["callback", "error"]),
                    kind: LaneKind::Thread,
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const WORKERS: usize = 3;
const N: Amount = Amount::Param("n_tasks");
const FAILING: Amount = Amount::Min(&Amount::Is(1), &N);
const WORK: Pick = Pick::what(&["work"]);
const CALLBACK: Pick = Pick::what(&["callback"]);
const ERROR: Pick = Pick::what(&["error"]);
const ALL_RUN: Rule = Rule::Values {
    of: WORK,
    field: "",
    from: 0,
    count: N,
};
const NO_ERROR: Rule = Rule::Count {
    of: ERROR,
    is: Amount::Is(0),
};
/// There are never more callbacks than tasks that have run.
const AFTER_ITS_TASK: Rule = Rule::Balance {
    less: "callback",
    more: "work",
};
/// All of them by one and the same thread in the process of main.
const ONE_AT_A_TIME: Rule = Rule::OwnLane {
    of: CALLBACK,
    kind: LaneKind::Thread,
};
const AT_MOST: Rule = Rule::DistinctWho {
    of: WORK,
    max: Amount::Is(WORKERS as i64),
};
const OWN_PIDS: Rule = Rule::IndexIsPid { of: WORK };
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: WORK,
    kind: LaneKind::Process,
};
const ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(WORKERS as i64),
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let tasks = stage.count("n_tasks");
    let failing = (stage.scene() == Scene::Third && tasks > 0).then_some(tasks / 2);
    let pool = Pool::new(WORKERS, {
        let stage = stage.clone();
        move |task: &u32| {
            stage.print(&format!("worker {}", process::id()), "work", *task);
            assert_ne!(Some(*task), failing, "this task fails");
            (stage.scene() != Scene::First).then_some(*task)
        }
    })?;
    let mut results = Vec::new();
    for task in 0..tasks {
        let (good, bad) = (stage.clone(), stage.clone());
        results.push(pool.apply_async_with(
            task,
            // One value, not the list of all.
            move |output: &Option<u32>| match output {
                Some(value) => good.print("pool", "callback", *value),
                None => good.print("pool", "callback", "None"),
            },
            move |_: &PoolError| bad.print("pool", "error", task),
        )?);
    }
    pool.close();
    // All is done, and all callbacks were called, when this returns.
    pool.join()?;
    let outcomes = results.into_iter().map(|result| result.get());
    let failed = outcomes.filter(Result::is_err).count();
    Ok(Outcome::none()
        .with("failed", failed)
        .with("workers", WORKERS))
}
