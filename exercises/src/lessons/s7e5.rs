//! Many processes fill one array, each its own place.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use super::{finish, listed};
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{Array, Lock, LockError, Process};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e5",
    parameters: &[Parameter::count("n_process")],
    files: &[],
    always: &[
        FILLED,
        ARRAY_SHOWN,
        BEGIN_THEN_WRITE,
        EVERYBODY,
        WRITTEN_BEFORE_SHOWN,
        DONE_LAST,
        OWN_PROCESSES,
        ALL_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Blocks { of: PROCESSES },
                Rule::TimeAtLeast {
                    ms: Amount::Total("durations_ms"),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[LONGEST],
            likely: &[NO_LONGER, SHORTEST_FIRST],
        },
        Scenario {
            guaranteed: &[LONGEST],
            likely: &[NO_LONGER, SHORTEST_FIRST],
        },
    ],
    run,
};

const N: Amount = Amount::Param("n_process");
const PROCESSES: Pick = Pick::who(&["process"]);
const WRITE: Pick = Pick::what(&["write"]);

const FILLED: Rule = Rule::FromList {
    of: WRITE,
    list: "array",
    from: 0,
};
const ARRAY_SHOWN: Rule = Rule::ResultIsValue {
    field: "shown",
    of: Pick::what(&["array"]),
};
const BEGIN_THEN_WRITE: Rule = Rule::Within {
    of: PROCESSES,
    words: &[Word::Once("begin"), Word::Once("write")],
};
const EVERYBODY: Rule = Rule::Indices {
    of: PROCESSES,
    from: 0,
    count: N,
};
const WRITTEN_BEFORE_SHOWN: Rule = Rule::AllBefore {
    first: WRITE,
    then: Pick::what(&["array", "done"]),
};
const DONE_LAST: Rule = Rule::Last {
    of: Pick::what(&["done"]),
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: PROCESSES,
    kind: LaneKind::Process,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: N,
};
const LONGEST: Rule = Rule::TimeAtLeast {
    ms: Amount::Largest("durations_ms"),
};
const NO_LONGER: Rule = Rule::TimeAtMost {
    ms: Amount::Largest("durations_ms"),
};
const SHORTEST_FIRST: Rule = Rule::OrderedBy {
    of: WRITE,
    list: "durations_ms",
    from: 0,
    names: &[],
};

/// Writes the length of the pause at the process' own place.
fn fill(
    stage: &Stage,
    (place, duration_ms): (usize, u64),
    array: &Array<u64>,
    lock: &Lock,
) -> Result<(), LockError> {
    let who = format!("process {place}");
    let begin_and_sleep = || {
        stage.print(&who, "begin", ());
        stage.sleep(duration_ms);
    };
    let write = || {
        array.set(place, duration_ms);
        stage.print(&who, "write", array.get(place));
    };
    match stage.scene() {
        Scene::First => {
            let _held = lock.lock()?;
            begin_and_sleep();
            write();
        }
        Scene::Second => {
            begin_and_sleep();
            write();
        }
        Scene::Third => {
            begin_and_sleep();
            let _held = lock.lock()?;
            write();
        }
    }
    Ok(())
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let n = stage.count("n_process") as usize;
    let mut random = stage.random();
    let durations: Vec<u64> = (0..n).map(|_| random.u64(50..=300)).collect();
    let (array, lock) = (Array::zeroed(n)?, Lock::new()?);

    let mut processes = Vec::new();
    for task in durations.iter().copied().enumerate() {
        let (array, lock) = (&array, &lock);
        let mut process = Process::borrowing(format!("process {}", task.0), move || {
            fill(stage, task, array, lock)
        });
        process.start()?;
        processes.push(process);
    }
    for process in &processes {
        finish(process)?;
    }
    let filled = array.to_vec();
    stage.print("main", "array", listed(&filled));
    stage.print("main", "done", ());
    Ok(Outcome::none()
        .with("shown", listed(&filled))
        .with("array", filled)
        .with("durations_ms", durations))
}
