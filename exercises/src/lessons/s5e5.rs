//! Squares from a pool of processes: who worked on which number is luck, the list is not.

use recorder::LaneKind;
use recorder::order::{Amount, Exact, Pick, Rule};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{self, Datum, Pool};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s5e5",
    parameters: &[
        Parameter {
            default: 5,
            ..Parameter::count("n_inputs")
        },
        Parameter {
            default: 0,
            ..Parameter::count("n_workers")
        },
    ],
    files: &[],
    always: &[
        ALL_WORKED_ON,
        AT_MOST,
        OWN_PIDS,
        OWN_PROCESSES,
        LAST,
        SQUARES,
        COLLECTED,
        ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                workers(1), // With nobody else to take one, the order is certain, too.
                Rule::Rising {
                    of: WORK,
                    field: "input",
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[workers(2)],
            likely: &[],
        },
    ],
    run,
};

const N: Amount = Amount::Param("n_inputs");
const WORK: Pick = Pick::what(&["work"]);
const ALL_WORKED_ON: Rule = Rule::Values {
    of: WORK,
    field: "input",
    from: 1,
    count: N,
};
const AT_MOST: Rule = Rule::DistinctWho {
    of: WORK,
    max: Amount::Result("workers"),
};
const OWN_PIDS: Rule = Rule::IndexIsPid { of: WORK };
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: WORK,
    kind: LaneKind::Process,
};
const LAST: Rule = Rule::Last {
    of: Pick::what(&["result"]),
};
const SQUARES: Rule = Rule::ResultIs {
    field: "outputs",
    is: Exact::Squares { from: 1, count: N },
};
const COLLECTED: Rule = Rule::ResultCollects {
    field: "outputs",
    of: WORK,
};
const ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Result("workers"),
};

const fn workers(count: i64) -> Rule {
    Rule::Result {
        field: "workers",
        is: Amount::Is(count),
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let inputs: Vec<u32> = (1..=stage.count("n_inputs")).collect();
    let workers = match stage.scene() {
        Scene::First => stage.count("n_workers"),
        Scene::Second => 1,
        Scene::Third => 2,
    };
    let pool = Pool::new(workers as usize, {
        let stage = stage.clone();
        move |input: &u32| {
            let output = input * input;
            let who = format!("worker {}", process::id());
            stage.print(&who, "work", json!({"input": input, "output": output}));
            output
        }
    })?;
    let outputs = pool.map(&inputs)?;
    let workers = pool.workers();
    pool.close();
    pool.join()?;
    stage.print("main", "result", Datum::from(outputs.clone()).to_string());
    Ok(Outcome::none()
        .with("outputs", outputs)
        .with("workers", workers))
}
