//! Two processes compute the cube and the square of a number.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{Process, pipe};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s5e1",
    parameters: &[Parameter::count("num")],
    files: &[],
    always: &[
        CUBE_ONCE,
        SQUARE_ONCE,
        CUBE,
        SQUARE,
        CUBE_SENT,
        SQUARE_SENT,
        OWN_PROCESSES,
        ALL_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                DONE_LAST,
                Rule::TimeAtLeast {
                    ms: Amount::Is(WORK_MS as i64),
                },
            ],
            likely: &[Rule::TimeAtMost {
                ms: Amount::Is(WORK_MS as i64),
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::AllBefore {
                    first: Pick::what(&["cube"]),
                    then: Pick::what(&["square"]),
                },
                DONE_LAST,
                Rule::AliveTogether {
                    kind: LaneKind::Process,
                    max: 1,
                },
                Rule::TimeAtLeast {
                    ms: Amount::Is(2 * WORK_MS as i64),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[Rule::Count {
                of: DONE,
                is: Amount::Is(1),
            }],
            likely: &[Rule::First { of: DONE }],
        },
    ],
    run,
};

const WORK_MS: u64 = 200;

const NUM: Amount = Amount::Param("num");
const NUM_SQUARED: Amount = Amount::Times(&NUM, &NUM);
const DONE: Pick = Pick::what(&["done"]);

const DONE_LAST: Rule = Rule::Last { of: DONE };
const CUBE_ONCE: Rule = Rule::Within {
    of: Pick::who(&["cube"]),
    words: &[Word::Once("cube")],
};
const SQUARE_ONCE: Rule = Rule::Within {
    of: Pick::who(&["square"]),
    words: &[Word::Once("square")],
};
const CUBE: Rule = Rule::Result {
    field: "cube",
    is: Amount::Times(&NUM_SQUARED, &NUM),
};
const SQUARE: Rule = Rule::Result {
    field: "square",
    is: NUM_SQUARED,
};
const CUBE_SENT: Rule = Rule::ResultIsValue {
    field: "cube",
    of: Pick::what(&["cube"]),
};
const SQUARE_SENT: Rule = Rule::ResultIsValue {
    field: "square",
    of: Pick::what(&["square"]),
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: Pick::what(&["cube", "square"]),
    kind: LaneKind::Process,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(2),
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let num = u64::from(stage.count("num"));
    // A process cannot change a variable of its parent: it sends what it has found.
    let (send_cube, cube) = pipe::<u64>()?;
    let (send_square, square) = pipe::<u64>()?;

    let mut first = Process::borrowing("cube", move || {
        stage.sleep(WORK_MS);
        let cube = num * num * num;
        stage.print("cube", "cube", cube);
        send_cube.send(cube)
    });
    let mut second = Process::borrowing("square", move || {
        stage.sleep(WORK_MS);
        let square = num * num;
        stage.print("square", "square", square);
        send_square.send(square)
    });

    first.start()?;
    if stage.scene() == Scene::Second {
        finish(&first)?;
    }
    second.start()?;
    if stage.scene() == Scene::Third {
        stage.print("main", "done", ());
    }
    if stage.scene() != Scene::Second {
        finish(&first)?;
    }
    finish(&second)?;
    if stage.scene() != Scene::Third {
        stage.print("main", "done", ());
    }
    Ok(Outcome::none()
        .with("cube", cube.recv()?)
        .with("square", square.recv()?))
}
