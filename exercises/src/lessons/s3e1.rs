//! Work that waits: each worker sleeps for a second, one after the other, in threads, in processes.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};
use serde_json::json;

use super::three_ways::{
    ALL_PROCESSES, ALL_THREADS, ELAPSED_IS_RESULT, ELAPSED_LAST, NO_PROCESSES, NO_THREADS, WORKERS,
    play,
};
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario};
use crate::primitive::time::Duration;
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s3e1",
    files: &[],
    parameters: &[
        Parameter {
            name: "workers",
            min: 0,
            // One after the other they need a second each, and no run takes longer than a minute.
            max: 50,
            default: 4,
        },
        Parameter::switch("gil"),
    ],
    always: &[
        ALL_WORK,
        EACH_WORKER,
        REAL_PID,
        ELAPSED_LAST,
        ELAPSED_IS_RESULT,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Sequential { of: WORK, from: 1 },
                Rule::Same {
                    of: WORK,
                    field: "pid",
                },
                Rule::OneLane { of: Pick::ALL },
                IN_MAIN_PROCESS,
                IN_MAIN_THREAD,
                NO_THREADS,
                NO_PROCESSES,
                Rule::TimeAtLeast {
                    ms: Amount::Times(&WORKERS, &Amount::Is(SLEEP_MS)),
                },
            ],
            likely: &[Rule::TimeAtMost {
                ms: Amount::Times(&WORKERS, &Amount::Is(SLEEP_MS)),
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::Same {
                    of: WORK,
                    field: "pid",
                },
                Rule::OwnLane {
                    of: WORK,
                    kind: LaneKind::Thread,
                },
                IN_MAIN_PROCESS,
                Rule::Named {
                    of: WORK,
                    field: "thread",
                    is: "Thread-#",
                },
                ALL_THREADS,
                NO_PROCESSES,
                ONE_SLEEP,
            ],
            likely: &[
                Rule::Sequential { of: WORK, from: 1 },
                Rule::TimeAtMost {
                    ms: Amount::Is(1500),
                },
            ],
        },
        Scenario {
            guaranteed: &[
                Rule::Distinct {
                    of: WORK,
                    field: "pid",
                },
                Rule::OwnLane {
                    of: WORK,
                    kind: LaneKind::Process,
                },
                Rule::Named {
                    of: WORK,
                    field: "process",
                    is: "Process-#",
                },
                IN_MAIN_THREAD,
                NO_THREADS,
                ALL_PROCESSES,
                ONE_SLEEP,
            ],
            likely: &[
                Rule::Sequential { of: WORK, from: 1 },
                Rule::TimeAtMost {
                    ms: Amount::Is(1500),
                },
            ],
        },
    ],
    run,
};

const SLEEP_MS: i64 = 1000;

const WORK: Pick = Pick::what(&["work"]);
const ALL_WORK: Rule = Rule::Count {
    of: WORK,
    is: WORKERS,
};
const EACH_WORKER: Rule = Rule::Indices {
    of: WORK,
    from: 1,
    count: WORKERS,
};
const REAL_PID: Rule = Rule::OwnPid {
    of: WORK,
    field: "pid",
};
const IN_MAIN_PROCESS: Rule = Rule::Named {
    of: WORK,
    field: "process",
    is: "MainProcess",
};
const IN_MAIN_THREAD: Rule = Rule::Named {
    of: WORK,
    field: "thread",
    is: "MainThread",
};
const ONE_SLEEP: Rule = Rule::TimeAtLeast {
    ms: Amount::IfAny(&WORKERS, &Amount::Is(SLEEP_MS)),
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let (_, outcome) = play(stage, |place, python| {
        let value = json!({
            "pid": place.pid,
            "process": place.process,
            "thread": place.thread,
        });
        stage.print(&place.who, "work", value);
        // Gives Python's lock away meanwhile, where there is one: sleeping needs no interpreter.
        python.sleep(Duration::from_millis(SLEEP_MS as u64));
        0
    })?;
    Ok(outcome)
}
