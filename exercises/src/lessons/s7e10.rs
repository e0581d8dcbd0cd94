//! An event between processes.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::time::Duration;
use crate::process::{Abandoned, Event, Process, Value};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e10",
    parameters: &[],
    files: &[],
    always: &[OWN_PROCESSES],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::ALL,
                    words: &[Word::Once("wait"), Word::Once("blocked")],
                },
                Rule::ResultReads {
                    field: "is_set",
                    json: "false",
                },
                ended(1),
                Rule::TimeAtLeast {
                    ms: Amount::Is(PATIENCE.as_millis() as i64),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Gate {
                    open: "set",
                    shut: "clear",
                    keeps_out: "work",
                    late: 1,
                },
                Rule::Within {
                    of: PROCESSES,
                    words: &[Word::Once("wait"), Word::Many("work")],
                },
                Rule::Rising {
                    of: WORK,
                    field: "",
                },
                Rule::AtMost {
                    of: WORK,
                    max: Amount::Is(MOST_WORK as i64),
                },
                Rule::Within {
                    of: Pick::who(&["main"]),
                    words: &[
                        Word::Once("set"),
                        Word::Once("clear"),
                        Word::Once("set"),
                        Word::Once("clear"),
                        Word::Once("set"),
                        Word::Once("clear"),
                    ],
                },
                Rule::ResultReads {
                    field: "is_set",
                    json: "true",
                },
                ended(1),
                Rule::TimeAtLeast {
                    ms: Amount::Is((2 * WINDOWS * WINDOW_MS) as i64),
                },
            ],
            likely: &[Rule::Count {
                of: WORK,
                is: Amount::Is(2 * WINDOWS as i64),
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::AllBefore {
                    first: Pick::what(&["set"]),
                    then: Pick::what(&["pass"]),
                },
                Rule::Within {
                    of: Pick::who(&["process 1", "process 2", "process 3"]),
                    words: &[Word::Once("wait"), Word::Once("pass")],
                },
                Rule::Within {
                    of: Pick::who(&["process 4"]),
                    words: &[Word::Once("wait"), Word::Once("blocked")],
                },
                Rule::Indices {
                    of: PROCESSES,
                    from: 1,
                    count: Amount::Is(4),
                },
                Rule::Count {
                    of: Pick::what(&["set"]),
                    is: Amount::Is(1),
                },
                Rule::ResultReads {
                    field: "is_set",
                    json: "true",
                },
                ended(4),
            ],
            likely: &[Rule::AllBefore {
                first: Pick::what(&["wait"]),
                then: Pick::what(&["set"]),
            }],
        },
    ],
    run,
};

/// How long a process waits in vain before it says so.
const PATIENCE: Duration = Duration::from_millis(1000);
const WINDOWS: u64 = 3;
/// How long the event stays set, and how long it stays cleared.
const WINDOW_MS: u64 = 600;
const WORK_MS: u64 = 400;
/// The process works no more often than this.
const MOST_WORK: u32 = 12;

const PROCESSES: Pick = Pick::who(&["process"]);
const WORK: Pick = Pick::what(&["work"]);
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: PROCESSES,
    kind: LaneKind::Process,
};

const fn ended(count: i64) -> Rule {
    Rule::AllEnded {
        kind: LaneKind::Process,
        count: Amount::Is(count),
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let event = Event::new()?;
    match stage.scene() {
        Scene::First => never_set(stage, &event)?,
        Scene::Second => set_and_cleared(stage, &event)?,
        Scene::Third => handed_over(stage, &event)?,
    }
    Ok(Outcome::none().with("is_set", event.is_set()))
}

/// Waits, but not for ever.
fn wait_in_vain(stage: &Stage, who: &str, event: &Event) -> Result<(), Abandoned> {
    stage.print(who, "wait", ());
    let what = if event.wait_timeout(PATIENCE)? {
        "pass"
    } else {
        "blocked"
    };
    stage.print(who, what, ());
    Ok(())
}

fn never_set(stage: &Stage, event: &Event) -> Result<(), LessonError> {
    let mut process = Process::borrowing("process 1", || wait_in_vain(stage, "process 1", event));
    process.start()?;
    finish(&process)
}

fn set_and_cleared(stage: &Stage, event: &Event) -> Result<(), LessonError> {
    let over = Value::new(false)?;
    let mut process = Process::borrowing("process 1", || {
        stage.print("process 1", "wait", ());
        for piece in 1..=MOST_WORK {
            event.wait()?;
            if over.get() {
                break;
            }
            stage.print("process 1", "work", piece);
            stage.sleep(WORK_MS);
        }
        Ok::<(), Abandoned>(())
    });
    process.start()?;
    for _ in 0..WINDOWS {
        // Said before it can have an effect, and `clear` after: so the lines show what was possible.
        stage.print("main", "set", ());
        event.set();
        stage.sleep(WINDOW_MS);
        event.clear();
        stage.print("main", "clear", ());
        stage.sleep(WINDOW_MS);
    }
    over.set(true);
    event.set();
    finish(&process)
}

fn handed_over(stage: &Stage, event: &Event) -> Result<(), LessonError> {
    let mut processes = Vec::new();
    for name in ["process 1", "process 2", "process 3"] {
        let its_event = event.clone();
        processes.push(Process::borrowing(name, move || {
            stage.print(name, "wait", ());
            its_event.wait()?;
            stage.print(name, "pass", ());
            Ok::<(), LessonError>(())
        }));
    }
    processes.push(Process::borrowing("process 4", || {
        let its_own = Event::new()?;
        Ok::<(), LessonError>(wait_in_vain(stage, "process 4", &its_own)?)
    }));
    for process in &mut processes {
        process.start()?;
    }
    stage.sleep(WINDOW_MS);
    stage.print("main", "set", ());
    event.set();
    for process in &processes {
        finish(process)?;
    }
    Ok(())
}
