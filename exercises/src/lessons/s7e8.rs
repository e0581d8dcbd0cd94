//! Pool: `map_async` and `starmap_async`, with one callback for all results.

use recorder::LaneKind;
use recorder::order::{Amount, Exact, Pick, Rule, Scalar, Step, Want};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::pooled::{
    ALL_TUPLES, AT_MOST, Arguments, ENDED, IN_CHUNKS, LAST, OWN_PIDS, OWN_PROCESSES, RESULT,
    TUPLES, WORK, nothing, print_result, print_tuple, print_value, values,
};
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{Datum, Pool, PoolError, Workers};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e8",
    parameters: &[Parameter {
        default: 0,
        ..Parameter::count("n_workers")
    }],
    files: &[],
    always: &[
        AFTER_ALL,
        BEFORE_GET,
        IN_THE_PARENT,
        GOES_ON,
        AT_MOST,
        OWN_PIDS,
        OWN_PROCESSES,
        LAST,
        ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                values(100),
                IN_CHUNKS,
                nothing(100),
                ONE_CALLBACK_OF_A_HUNDRED,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                values(100),
                IN_CHUNKS,
                Rule::ResultIs {
                    field: "outputs",
                    is: Exact::Steps {
                        from: Amount::Is(0),
                        step: 1,
                        count: Amount::Is(100),
                    },
                },
                ONE_CALLBACK_OF_A_HUNDRED,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                ALL_TUPLES,
                Rule::ResultIs {
                    field: "outputs",
                    is: Exact::List(&[tuple(1), tuple(4)]),
                },
                Rule::Exactly {
                    of: CALLBACK,
                    steps: &[length(&[("length", Scalar::Number(2))])],
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const CALLBACK: Pick = Pick::what(&["callback"]);
const ONE_CALLBACK_OF_A_HUNDRED: Rule = Rule::Exactly {
    of: CALLBACK,
    steps: &[length(&[("length", Scalar::Number(100))])],
};
const AFTER_ALL: Rule = Rule::AllBefore {
    first: WORK,
    then: CALLBACK,
};
const BEFORE_GET: Rule = Rule::AllBefore {
    first: CALLBACK,
    then: RESULT,
};
/// In a thread of the pool's own, in the process of main.
const IN_THE_PARENT: Rule = Rule::OwnLane {
    of: CALLBACK,
    kind: LaneKind::Thread,
};
/// Main says so at some point; nothing is promised about where among the workers' lines.
const GOES_ON: Rule = Rule::Count {
    of: Pick::what(&["continue"]),
    is: Amount::Is(1),
};

const fn length(fields: &'static [(&'static str, Scalar)]) -> Step {
    Step {
        who: "pool",
        what: "callback",
        want: Want::Fields(fields),
    }
}

/// Three numbers in a row.
const fn tuple(from: i64) -> Exact {
    Exact::Steps {
        from: Amount::Is(from),
        step: 1,
        count: Amount::Is(3),
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let workers = stage.count("n_workers") as usize;
    let hundred: Vec<u32> = (0..100).collect();
    let worker_stage = stage.clone();
    match stage.scene() {
        Scene::First => {
            let print = move |value: &u32| print_value(&worker_stage, *value);
            play(stage, Pool::new(workers, print)?, &hundred, Datum::from)
        }
        Scene::Second => {
            let give_back = move |value: &u32| {
                print_value(&worker_stage, *value);
                *value
            };
            play(stage, Pool::new(workers, give_back)?, &hundred, Datum::from)
        }
        Scene::Third => {
            let give_back = move |a: &u32, b: &u32, c: &u32| -> Arguments {
                print_tuple(&worker_stage, (*a, *b, *c));
                (*a, *b, *c)
            };
            let as_list = |(a, b, c): Arguments| Datum::from(vec![a, b, c]);
            let pool = Pool::of_arguments(workers, give_back)?;
            play(stage, pool, &TUPLES, as_list)
        }
    }
}

/// `map_async` with a callback; `starmap_async` is the same with tuples.
fn play<I, O>(
    stage: &Stage,
    pool: Workers<I, O>,
    inputs: &[I],
    as_value: impl Fn(O) -> Datum,
) -> Result<Outcome, LessonError>
where
    I: Serialize + DeserializeOwned + 'static,
    O: Serialize + DeserializeOwned + Send + 'static,
{
    let callback_stage = stage.clone();
    let later = pool.map_async_with(
        inputs,
        move |outputs: &Vec<O>| {
            let length = outputs.len();
            callback_stage.print("pool", "callback", json!({"length": length}));
        },
        |_: &PoolError| (),
    )?;
    stage.print("main", "continue", ());
    let outputs: Vec<Datum> = later.get()?.into_iter().map(as_value).collect();
    let workers = pool.workers();
    pool.close();
    pool.join()?;
    let outputs = Datum::List(outputs);
    print_result(stage, &outputs);
    Ok(Outcome::none()
        .with("outputs", outputs.to_json())
        .with("workers", workers)
        .with("chunk", Pool::chunk_size(workers, inputs.len())))
}
