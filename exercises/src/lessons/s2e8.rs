//! A pool of two worker processes, and `map`, which gives back the results in the order of the inputs.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{self, Pool};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s2e8",
    files: &[],
    parameters: &[Parameter::count("n_inputs")],
    always: &[SQUARES, ALL_SQUARES, OUTPUTS, WORKERS_ENDED, SHARED_BY_TWO],
    scenarios: [
        Scenario {
            guaranteed: &[
                IN_ORDER,
                BY_MAIN, // Main has waited for the pool to end before it prints.
                Rule::EndedBefore {
                    kind: LaneKind::Process,
                    of: SQUARE,
                },
                alive(0),
            ],
            likely: &[HALF_THE_TIME],
        },
        Scenario {
            guaranteed: &[
                Rule::DistinctWho {
                    of: SQUARE,
                    max: Amount::Is(WORKERS as i64),
                },
                Rule::IndexIsPid { of: SQUARE },
                Rule::OwnLane {
                    of: SQUARE,
                    kind: LaneKind::Process,
                }, // Python's rule for the size of a chunk: four chunks for each worker.
                Rule::RisingInChunks {
                    of: SQUARE,
                    field: "input",
                    chunk: Amount::Over(&Amount::Plus(&N, &Amount::Is(7)), &Amount::Is(8)),
                },
            ],
            likely: &[HALF_THE_TIME],
        },
        Scenario {
            guaranteed: &[
                IN_ORDER,
                BY_MAIN, // Nobody has told the workers to end: they wait for more.
                alive(WORKERS as i64),
            ],
            likely: &[HALF_THE_TIME],
        },
    ],
    run,
};

const WORKERS: usize = 2;
const N: Amount = Amount::Param("n_inputs");
const SQUARE: Pick = Pick::what(&["square"]);

const IN_ORDER: Rule = Rule::Rising {
    of: SQUARE,
    field: "input",
};
const SQUARES: Rule = Rule::Squares { of: SQUARE };
const ALL_SQUARES: Rule = Rule::Count { of: SQUARE, is: N };
const OUTPUTS: Rule = Rule::ResultCollects {
    field: "outputs",
    of: SQUARE,
};
const BY_MAIN: Rule = Rule::Count {
    of: Pick {
        who: &["main"],
        what: &["square"],
    },
    is: N,
};
/// Two workers can halve the time, not more.
const SHARED_BY_TWO: Rule = Rule::TimeAtLeast {
    ms: Amount::Max(
        &Amount::Largest("pauses_ms"),
        &Amount::Over(&Amount::Total("pauses_ms"), &Amount::Is(WORKERS as i64)),
    ),
};
const HALF_THE_TIME: Rule = Rule::TimeAtMost {
    ms: Amount::Plus(
        &Amount::Over(&Amount::Total("pauses_ms"), &Amount::Is(WORKERS as i64)),
        &Amount::Largest("pauses_ms"),
    ),
};
const WORKERS_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(WORKERS as i64),
};
/// How many workers lived when main began to print.
const fn alive(workers: i64) -> Rule {
    Rule::Result {
        field: "alive",
        is: Amount::Is(workers),
    }
}

/// One task: a number, and how long its work takes.
#[derive(Serialize, Deserialize)]
struct Task {
    input: u64,
    pause_ms: u64,
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let mut random = stage.random();
    let tasks: Vec<Task> = (0..u64::from(stage.count("n_inputs")))
        .map(|input| Task {
            input,
            pause_ms: 1000 * random.u64(0..=1),
        })
        .collect();
    let pool = Pool::new(WORKERS, {
        let stage = stage.clone();
        move |task: &Task| {
            if task.pause_ms > 0 {
                stage.sleep(task.pause_ms);
            }
            let output = task.input * task.input;
            if stage.scene() == Scene::Second {
                let who = format!("worker {}", process::id());
                print(&stage, &who, task.input, output);
            }
            output
        }
    })?;
    // Returns when all results are there: the order below does not depend on what follows.
    let outputs = pool.map(&tasks)?;
    if stage.scene() != Scene::Third {
        pool.close();
        pool.join()?;
    }
    let alive = pool.pids().len();
    if stage.scene() != Scene::Second {
        for (task, output) in tasks.iter().zip(&outputs) {
            print(stage, "main", task.input, *output);
        }
    }
    // In the third scenario the workers still wait for tasks: this ends them, and reaps them.
    drop(pool);
    let pauses: Vec<u64> = tasks.iter().map(|task| task.pause_ms).collect();
    Ok(Outcome::none()
        .with("outputs", outputs)
        .with("alive", alive)
        .with("pauses_ms", pauses))
}

fn print(stage: &Stage, who: &str, input: u64, output: u64) {
    stage.print(who, "square", json!({"input": input, "output": output}));
}
