//! Work that computes: each worker counts to the limit, one after the other, in threads, in processes.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};
use serde_json::json;

use super::three_ways::{
    ALL_PROCESSES, ALL_THREADS, ELAPSED_IS_RESULT, ELAPSED_LAST, NO_PROCESSES, NO_THREADS, WORKERS,
    play,
};
use crate::gil::{Gil, Running};
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario};
use crate::primitive::black_box;
use crate::primitive::time::Instant;
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s3e2",
    files: &[],
    parameters: &[
        Parameter {
            name: "workers",
            min: 0,
            max: 64,
            default: 4,
        },
        Parameter {
            name: "limit",
            min: 0,
            max: 20_000_000,
            default: 10_000_000,
        },
        Parameter::switch("gil"),
    ],
    always: &[
        ALL_COUNT,
        EACH_WORKER,
        TO_THE_LIMIT,
        TOTAL,
        REAL_PID,
        ELAPSED_LAST,
        ELAPSED_IS_RESULT,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Sequential { of: COUNT, from: 1 },
                Rule::Same {
                    of: COUNT,
                    field: "pid",
                },
                Rule::OneLane { of: Pick::ALL },
                IN_MAIN_PROCESS,
                IN_MAIN_THREAD,
                NO_THREADS,
                NO_PROCESSES,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Same {
                    of: COUNT,
                    field: "pid",
                },
                Rule::OwnLane {
                    of: COUNT,
                    kind: LaneKind::Thread,
                },
                IN_MAIN_PROCESS,
                Rule::Named {
                    of: COUNT,
                    field: "thread",
                    is: "Thread-#",
                },
                ALL_THREADS,
                NO_PROCESSES,
            ],
            likely: &[Rule::Unless {
                param: "gil",
                rule: &FASTER,
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::Distinct {
                    of: COUNT,
                    field: "pid",
                },
                Rule::OwnLane {
                    of: COUNT,
                    kind: LaneKind::Process,
                },
                Rule::Named {
                    of: COUNT,
                    field: "process",
                    is: "Process-#",
                },
                IN_MAIN_THREAD,
                NO_THREADS,
                ALL_PROCESSES,
            ],
            likely: &[FASTER],
        },
    ],
    run,
};

/// So many steps between two looks whether another thread has asked for Python's lock.
const STEPS: u64 = 1000;

const COUNT: Pick = Pick::what(&["count"]);
const LIMIT: Amount = Amount::Param("limit");
const ALL_COUNT: Rule = Rule::Count {
    of: COUNT,
    is: WORKERS,
};
const EACH_WORKER: Rule = Rule::Indices {
    of: COUNT,
    from: 1,
    count: WORKERS,
};
const TO_THE_LIMIT: Rule = Rule::Carries {
    of: COUNT,
    field: "count",
    is: LIMIT,
};
const TOTAL: Rule = Rule::Result {
    field: "total",
    is: Amount::Times(&WORKERS, &LIMIT),
};
const REAL_PID: Rule = Rule::OwnPid {
    of: COUNT,
    field: "pid",
};
const IN_MAIN_PROCESS: Rule = Rule::Named {
    of: COUNT,
    field: "process",
    is: "MainProcess",
};
const IN_MAIN_THREAD: Rule = Rule::Named {
    of: COUNT,
    field: "thread",
    is: "MainThread",
};

/// With two free cores or more, and more than one worker. How long one after the other would take is measured with
/// one worker.
const FASTER: Rule = Rule::ResultAtMost {
    field: "elapsed_ms",
    max: Amount::Over(
        &Amount::Times(&Amount::Is(8), &Amount::Result("serial_ms")),
        &Amount::Is(10),
    ),
};

/// Counts. Without `black_box` the compiler would see through the loop and write down its result. Never inlined, so that
/// one worker and several run the same instructions.
#[inline(never)]
fn count_to(limit: u64, python: &mut Running<'_>) -> u64 {
    let mut x = 0;
    while x < limit {
        let target = limit.min(x + STEPS);
        while x < target {
            x = black_box(x + 1);
        }
        python.checkpoint();
    }
    x
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let limit = u64::from(stage.count("limit"));
    let begin = Instant::now();
    count_to(limit, &mut Gil::free_threaded().enter());
    let serial_ms = begin.elapsed() * stage.count("workers");

    let (counts, outcome) = play(stage, |place, python| {
        let count = count_to(limit, python);
        let value = json!({
            "pid": place.pid,
            "process": place.process,
            "thread": place.thread,
            "count": count,
        });
        stage.print(&place.who, "count", value);
        count
    })?;
    Ok(outcome
        .with("total", counts.iter().sum::<u64>())
        .with("serial_ms", serial_ms.as_millis() as u64))
}
