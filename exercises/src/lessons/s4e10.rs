//! A pool of one, three and five workers, and `map`, which gives back the results in the order of the inputs.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process;
use crate::stage::Stage;
use crate::sync::ThreadPool;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e10",
    files: &[],
    parameters: &[
        Parameter {
            name: "n_values",
            min: 0,
            // One worker needs a second for each, and no run takes longer than a minute.
            max: 50,
            default: 5,
        },
        Parameter::switch("processes"),
    ],
    always: &[BEGIN_END_ROOT, ROOTS, IN_ORDER, EVERY_JOB, READ_AT_THE_END],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Inside {
                    enter: "begin",
                    leave: "end",
                    max: 1,
                },
                Rule::Sequential {
                    of: Pick::what(&["begin", "end"]),
                    from: 1,
                },
                Rule::Unless {
                    param: "processes",
                    rule: &Rule::AllEnded {
                        kind: LaneKind::Thread,
                        count: Amount::Is(1),
                    },
                },
                Rule::TimeAtLeast { ms: ROUNDS_OF_1 },
            ],
            likely: &[Rule::TimeAtMost { ms: ROUNDS_OF_1 }],
        },
        Scenario {
            guaranteed: &[
                Rule::Inside {
                    enter: "begin",
                    leave: "end",
                    max: 3,
                },
                Rule::Unless {
                    param: "processes",
                    rule: &Rule::AllEnded {
                        kind: LaneKind::Thread,
                        count: Amount::Is(3),
                    },
                },
                Rule::TimeAtLeast { ms: ROUNDS_OF_3 },
            ],
            likely: &[Rule::TimeAtMost { ms: ROUNDS_OF_3 }],
        },
        Scenario {
            guaranteed: &[
                Rule::Inside {
                    enter: "begin",
                    leave: "end",
                    max: 5,
                },
                Rule::Unless {
                    param: "processes",
                    rule: &Rule::AllEnded {
                        kind: LaneKind::Thread,
                        count: Amount::Is(5),
                    },
                },
                Rule::TimeAtLeast { ms: ROUNDS_OF_5 },
            ],
            likely: &[Rule::TimeAtMost { ms: ROUNDS_OF_5 }],
        },
    ],
    run,
};

const JOB_MS: u64 = 1000;

const N: Amount = Amount::Param("n_values");
const JOB: Amount = Amount::Is(JOB_MS as i64);
const ROOT: Pick = Pick::what(&["root"]);

// n jobs on w workers take n / w rounds, rounded up.
const ROUNDS_OF_1: Amount = Amount::Times(&JOB, &N);
const ROUNDS_OF_3: Amount = Amount::Times(
    &JOB,
    &Amount::Over(&Amount::Plus(&N, &Amount::Is(2)), &Amount::Is(3)),
);
const ROUNDS_OF_5: Amount = Amount::Times(
    &JOB,
    &Amount::Over(&Amount::Plus(&N, &Amount::Is(4)), &Amount::Is(5)),
);

const BEGIN_END_ROOT: Rule = Rule::Within {
    of: Pick::ALL,
    words: &[Word::Once("begin"), Word::Once("end"), Word::Once("root")],
};
const ROOTS: Rule = Rule::Roots { of: ROOT };
const IN_ORDER: Rule = Rule::Sequential { of: ROOT, from: 1 };
const EVERY_JOB: Rule = Rule::Indices {
    of: ROOT,
    from: 1,
    count: N,
};
const READ_AT_THE_END: Rule = Rule::AllBefore {
    first: Pick::what(&["begin", "end"]),
    then: ROOT,
};

/// What a worker does with a number. The root is rounded to four places, as it is shown.
fn root_of(stage: &Stage, number: u32) -> f64 {
    let who = format!("job {number}");
    stage.print(&who, "begin", ());
    stage.sleep(JOB_MS);
    stage.print(&who, "end", ());
    (f64::from(number).sqrt() * 10_000.0).round() / 10_000.0
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let workers = match stage.scene() {
        Scene::First => 1,
        Scene::Second => 3,
        Scene::Third => 5,
    };
    let numbers: Vec<u32> = (1..=stage.count("n_values")).collect();

    let roots: Vec<f64> = if stage.count("processes") == 1 {
        process::Pool::map(workers, &numbers, |number| root_of(stage, *number))?
    } else {
        let pool = ThreadPool::named("pool", workers)?;
        let on_stage = stage.clone();
        pool.map(numbers.clone(), move |number| root_of(&on_stage, number))
            .collect::<Result<_, _>>()?
    };
    for (number, root) in numbers.iter().zip(&roots) {
        stage.print(&format!("job {number}"), "root", *root);
    }
    Ok(Outcome::none().with("roots", roots))
}
