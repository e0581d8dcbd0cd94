//! A value and an array in shared memory, beside plain copies, and two writers at once.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};
use serde_json::json;

use super::{finish, listed};
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::settings::OFTEN;
use crate::primitive::thread;
use crate::process::{Array, Barrier, LockError, Process, Value};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s5e3",
    parameters: &[Parameter::count("length")],
    files: &[],
    always: &[],
    scenarios: [
        Scenario {
            guaranteed: &[
                CHILD_BEFORE_MAIN,
                Rule::ResultReads {
                    field: "value",
                    json: "3.1415927",
                },
                Rule::Result {
                    field: "sum",
                    is: Amount::Minus(&Amount::Is(0), &SUM),
                },
                VALUE_SEEN,
                ARRAY_SEEN, // What the child has written, main reads.
                Rule::Same {
                    of: ARRAY,
                    field: "",
                },
                Rule::Same {
                    of: VALUE,
                    field: "",
                },
                CHILD_SAYS,
                MAIN_SAYS,
                OWN_PROCESS,
                ONE_ENDED,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                CHILD_BEFORE_MAIN,
                Rule::ResultReads {
                    field: "value",
                    json: "0.0",
                },
                Rule::Result {
                    field: "sum",
                    is: SUM,
                },
                VALUE_SEEN,
                ARRAY_SEEN,
                Rule::Distinct {
                    of: VALUE,
                    field: "",
                },
                CHILD_SAYS,
                MAIN_SAYS,
                OWN_PROCESS,
                ONE_ENDED,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Result {
                    field: "locked",
                    is: WANTED,
                },
                Rule::Result {
                    field: "atomic",
                    is: WANTED,
                },
                Rule::ResultAtMost {
                    field: "steps",
                    max: WANTED,
                },
                Rule::Within {
                    of: Pick::who(&["writer"]),
                    words: &[Word::Once("add"), Word::Once("add"), Word::Once("add")],
                },
                Rule::Indices {
                    of: Pick::who(&["writer"]),
                    from: 1,
                    count: Amount::Is(2),
                },
                Rule::Within {
                    of: MAIN,
                    words: &[
                        Word::Once("total"),
                        Word::Once("total"),
                        Word::Once("total"),
                    ],
                },
                Rule::AllEnded {
                    kind: LaneKind::Process,
                    count: Amount::Is(6),
                },
            ],
            likely: &[Rule::ResultAtMost {
                field: "steps",
                max: Amount::Minus(&WANTED, &Amount::IfAny(&LENGTH, &Amount::Is(1))),
            }],
        },
    ],
    run,
};

/// Seven places of it, as the line shows them.
const PI: f64 = 31_415_927.0 / 10_000_000.0;

const LENGTH: Amount = Amount::Param("length");
/// 0 + 1 + ... + (length - 1)
const SUM: Amount = Amount::Over(
    &Amount::Times(&LENGTH, &Amount::Minus(&LENGTH, &Amount::Is(1))),
    &Amount::Is(2),
);
const WANTED: Amount = Amount::Times(&Amount::Is(2 * OFTEN as i64), &LENGTH);

const CHILD: Pick = Pick::who(&["child"]);
const MAIN: Pick = Pick::who(&["main"]);
const VALUE: Pick = Pick::what(&["value"]);
const ARRAY: Pick = Pick::what(&["array"]);

const CHILD_BEFORE_MAIN: Rule = Rule::AllBefore {
    first: CHILD,
    then: MAIN,
};
const VALUE_SEEN: Rule = Rule::ResultIsValue {
    field: "value",
    of: VALUE,
};
const ARRAY_SEEN: Rule = Rule::ResultIsValue {
    field: "array",
    of: ARRAY,
};
const CHILD_SAYS: Rule = Rule::Within {
    of: CHILD,
    words: &[Word::Once("value"), Word::Once("array")],
};
const MAIN_SAYS: Rule = Rule::Within {
    of: MAIN,
    words: &[Word::Once("value"), Word::Once("array")],
};
const OWN_PROCESS: Rule = Rule::OwnLane {
    of: CHILD,
    kind: LaneKind::Process,
};
const ONE_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(1),
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    match stage.scene() {
        Scene::First => shared(stage),
        Scene::Second => copied(stage),
        Scene::Third => two_writers(stage),
    }
}

fn say(stage: &Stage, who: &str, value: f64, array: &[i32]) {
    stage.print(who, "value", value);
    stage.print(who, "array", listed(array));
}

fn seen(value: f64, array: &[i32]) -> Outcome {
    Outcome::none()
        .with("value", value)
        .with("array", listed(array))
        .with("sum", array.iter().sum::<i32>())
}

fn shared(stage: &Stage) -> Result<Outcome, LessonError> {
    let numbers: Vec<i32> = (0..).take(stage.count("length") as usize).collect();
    let (value, array) = (Value::new(0.0)?, Array::new(&numbers)?);
    let mut child = Process::borrowing("child", || {
        value.set(PI);
        for place in 0..array.len() {
            array.set(place, -array.get(place));
        }
        say(stage, "child", value.get(), &array.to_vec());
    });
    child.start()?;
    finish(&child)?;
    say(stage, "main", value.get(), &array.to_vec());
    Ok(seen(value.get(), &array.to_vec()))
}

fn copied(stage: &Stage) -> Result<Outcome, LessonError> {
    let (value, array) = (0.0, (0..).take(stage.count("length") as usize));
    let array: Vec<i32> = array.collect();
    let (mut its_value, mut its_array) = (value, array.clone());
    let mut child = Process::borrowing("child", move || {
        // Even what it changes in place it changes in a copy: it has its own memory.
        its_value += PI;
        its_array.iter_mut().for_each(|number| *number = -*number);
        say(stage, "child", its_value, &its_array);
    });
    child.start()?;
    finish(&child)?;
    say(stage, "main", value, &array);
    Ok(seen(value, &array))
}

type Add = fn(&Value<u32>) -> Result<(), LockError>;

/// To read, to add, to write: what the other has written in between is lost.
fn in_steps(value: &Value<u32>) -> Result<(), LockError> {
    let seen = value.get();
    thread::yield_now();
    value.set(seen + 1);
    Ok(())
}

fn under_the_lock(value: &Value<u32>) -> Result<(), LockError> {
    value.lock()?.update(|count| count + 1);
    Ok(())
}

fn in_one_step(value: &Value<u32>) -> Result<(), LockError> {
    value.fetch_add(1);
    Ok(())
}

fn two_writers(stage: &Stage) -> Result<Outcome, LessonError> {
    let adds = stage.count("length") * OFTEN;
    let ways: [(&str, Add); 3] = [
        ("steps", in_steps),
        ("locked", under_the_lock),
        ("atomic", in_one_step),
    ];
    let mut outcome = Outcome::none();
    for (how, add) in ways {
        let (value, begin) = (Value::new(0)?, Barrier::new(2)?);
        let writer = |name: &'static str| {
            let (value, begin) = (&value, &begin);
            Process::borrowing(name, move || {
                begin.wait()?;
                for _ in 0..adds {
                    add(value)?;
                }
                stage.print(name, "add", json!({"how": how, "adds": adds}));
                Ok::<(), LessonError>(())
            })
        };
        let mut writers = [writer("writer 1"), writer("writer 2")];
        for process in &mut writers {
            process.start()?;
        }
        for process in &writers {
            finish(process)?;
        }
        let total = value.get();
        stage.print(
            "main",
            "total",
            json!({"how": how, "total": total, "wanted": 2 * adds}),
        );
        outcome = outcome.with(how, total);
    }
    Ok(outcome)
}
