//! A pool of two worker processes, and `map`, which gives back the results in the order of the inputs.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{self, Pool};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s2e8",
    parameters: &[Parameter::count("n_inputs")],
    scenarios: [
        Scenario {
            guaranteed: COLLECTED,
            likely: &[HALF_THE_TIME],
        },
        Scenario {
            guaranteed: &[
                SQUARES,
                ALL_SQUARES,
                OUTPUTS,
                Rule::DistinctWho {
                    of: SQUARE,
                    max: Amount::Is(WORKERS as i64),
                },
                Rule::IndexIsPid { of: SQUARE },
                Rule::OwnLane {
                    of: SQUARE,
                    kind: LaneKind::Process,
                },
                // Python's rule for the size of a chunk: four chunks for each worker.
                Rule::RisingInChunks {
                    of: SQUARE,
                    field: "input",
                    chunk: Amount::Over(&Amount::Plus(&N, &Amount::Is(7)), &Amount::Is(8)),
                },
                WORKERS_ENDED,
                SHARED_BY_TWO,
            ],
            likely: &[HALF_THE_TIME],
        },
        Scenario {
            guaranteed: COLLECTED,
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
    count: Amount::Min(&Amount::Is(WORKERS as i64), &N),
};
const COLLECTED: &[Rule] = &[
    IN_ORDER,
    SQUARES,
    ALL_SQUARES,
    OUTPUTS,
    BY_MAIN,
    WORKERS_ENDED,
    SHARED_BY_TWO,
];

/// One task: a number, and how long its work takes.
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
    let print = |who: &str, input: u64, output: u64| {
        stage.print(who, "square", json!({"input": input, "output": output}));
    };

    let outputs = Pool::map(WORKERS, &tasks, |task| {
        if task.pause_ms > 0 {
            stage.sleep(task.pause_ms);
        }
        let output = task.input * task.input;
        if stage.scene() == Scene::Second {
            print(&format!("worker {}", process::id()), task.input, output);
        }
        output
    })?;

    if stage.scene() != Scene::Second {
        for (task, output) in tasks.iter().zip(&outputs) {
            print("main", task.input, *output);
        }
    }
    let pauses: Vec<u64> = tasks.iter().map(|task| task.pause_ms).collect();
    Ok(Outcome::none()
        .with("outputs", outputs)
        .with("pauses_ms", pauses))
}
