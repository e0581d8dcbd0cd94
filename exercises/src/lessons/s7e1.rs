//! Looking at processes: their names, their IDs, whether they are alive, and their end.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step, Want, Word};
use serde_json::json;

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::{self, Event, Process, Semaphore};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e1",
    parameters: &[],
    files: &[],
    always: &[TICKS_RISE, OWN_PIDS, OWN_PROCESSES],
    scenarios: [
        Scenario {
            guaranteed: &[
                START_THEN_TICKS,
                BOTH,
                Rule::Count {
                    of: TICK,
                    is: Amount::Is(2 * COUNTS as i64),
                },
                Rule::Count {
                    of: Pick::what(&["started"]),
                    is: Amount::Is(1),
                },
                Rule::Result {
                    field: "exit_code",
                    is: Amount::Is(0),
                },
                TWO_ENDED,
                Rule::TimeAtLeast {
                    ms: Amount::Is((COUNTS as u64 * TICK_MS) as i64),
                },
            ],
            likely: &[Rule::TimeAtMost {
                ms: Amount::Is((COUNTS as u64 * TICK_MS) as i64),
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: PROCESSES,
                    words: &[Word::Once("start"), Word::Many("tick")],
                },
                Rule::Exactly {
                    of: Pick::who(&["main"]),
                    steps: &[
                        asked(&[
                            ("when", Scalar::Text("running")),
                            ("alive", Scalar::Truth(true)),
                        ]),
                        asked(&[
                            ("when", Scalar::Text("joined")),
                            ("alive", Scalar::Truth(false)),
                        ]),
                        Step::any("main", "ended"),
                    ],
                },
                Rule::ResultIsValue {
                    field: "pid",
                    of: START,
                },
                Rule::ResultIsField {
                    field: "pid",
                    of: Pick::what(&["status"]),
                    part: "pid",
                },
                Rule::AtMost {
                    of: TICK,
                    max: Amount::Is(ENOUGH as i64),
                }, // A process that was joined prints nothing more.
                ENDED_LAST,
                Rule::Result {
                    field: "exit_code",
                    is: Amount::Is(-15),
                },
                Rule::TimeAtLeast {
                    ms: Amount::Is(WATCH_MS as i64),
                },
            ],
            likely: &[Rule::Count {
                of: TICK,
                is: Amount::Is((WATCH_MS / TICK_MS) as i64 + 1),
            }],
        },
        Scenario {
            guaranteed: &[
                ENDED_LAST,
                START_THEN_TICKS,
                BOTH,
                Rule::Count {
                    of: TICK,
                    is: Amount::Is(2 * JOINED_COUNTS as i64),
                },
                Rule::Result {
                    field: "exit_code",
                    is: Amount::Is(0),
                },
                TWO_ENDED,
                Rule::TimeAtLeast {
                    ms: Amount::Is((JOINED_COUNTS as u64 * TICK_MS) as i64),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const TICK_MS: u64 = 300;
const COUNTS: u32 = 5;
const JOINED_COUNTS: u32 = 3;
/// How long main looks on before it ends the process.
const WATCH_MS: u64 = 1300;
/// A process that is to be ended counts no further than this.
const ENOUGH: u32 = 64;

const PROCESSES: Pick = Pick::who(&["process"]);
const START: Pick = Pick::what(&["start"]);
const TICK: Pick = Pick::what(&["tick"]);

const fn asked(fields: &'static [(&'static str, Scalar)]) -> Step {
    Step {
        who: "main",
        what: "status",
        want: Want::Fields(fields),
    }
}

const ENDED_LAST: Rule = Rule::Last {
    of: Pick::what(&["ended"]),
};
const TICKS_RISE: Rule = Rule::RisingEach {
    of: TICK,
    field: "",
};
const START_THEN_TICKS: Rule = Rule::Within {
    of: PROCESSES,
    words: &[Word::Once("start"), Word::Many("tick")],
};
const BOTH: Rule = Rule::Indices {
    of: PROCESSES,
    from: 1,
    count: Amount::Is(2),
};
const OWN_PIDS: Rule = Rule::OwnPid {
    of: START,
    field: "",
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: PROCESSES,
    kind: LaneKind::Process,
};
const TWO_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(2),
};

/// Counts to `last`, with a pause after each number.
fn count(stage: &Stage, last: u32) {
    let name = process::current_name();
    stage.print(&name, "start", process::id());
    for number in 1..=last {
        stage.print(&name, "tick", number);
        stage.sleep(TICK_MS);
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let last = match stage.scene() {
        Scene::First => COUNTS,
        Scene::Second => return watched_and_ended(stage),
        Scene::Third => JOINED_COUNTS,
    };
    let mut processes =
        ["process 1", "process 2"].map(|name| Process::borrowing(name, || count(stage, last)));
    for process in &mut processes {
        process.start()?;
    }
    if stage.scene() == Scene::First {
        stage.print("main", "started", ());
    }
    for process in &processes {
        finish(process)?;
    }
    if stage.scene() == Scene::Third {
        stage.print("main", "ended", ());
    }
    Ok(outcome(&processes[0]))
}

fn watched_and_ended(stage: &Stage) -> Result<Outcome, LessonError> {
    let begun = Event::new()?;
    // Nobody ever gives it: the process stays until it is ended, whenever that is.
    let may_end = Semaphore::new(0)?;
    let mut endless = Process::borrowing("process 1", || {
        let name = process::current_name();
        stage.print(&name, "start", process::id());
        begun.set();
        for number in 1..=ENOUGH {
            stage.print(&name, "tick", number);
            stage.sleep(TICK_MS);
        }
        may_end.acquire()
    });
    let status = |process: &Process<'_>, when: &str| {
        let value = json!({"when": when, "pid": process.pid(), "alive": process.is_alive()});
        stage.print("main", "status", value);
    };
    endless.start()?;
    begun.wait()?;
    status(&endless, "running");
    stage.sleep(WATCH_MS);
    endless.terminate()?;
    endless.join()?;
    status(&endless, "joined");
    stage.print("main", "ended", ());
    Ok(outcome(&endless))
}

fn outcome(process: &Process<'_>) -> Outcome {
    Outcome::none()
        .with("pid", process.pid())
        .with("exit_code", process.exit_code())
}
