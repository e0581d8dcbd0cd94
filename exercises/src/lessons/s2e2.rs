//! Names of processes, given and by default, and a process that starts another one.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Step, Word};
use serde_json::json;

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::{self, Process, ProcessError};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s2e2",
    files: &[],
    parameters: &[],
    always: &[
        FIRST_OF_MAIN,
        SECOND_OF_MAIN,
        OWN_PID,
        DISTINCT_PIDS,
        OWN_PROCESSES,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                START_THEN_EXIT,
                Rule::Count {
                    of: STARTS,
                    is: Amount::Is(2),
                },
                Rule::Count {
                    of: EXITS,
                    is: Amount::Is(2),
                },
                Rule::AllEnded {
                    kind: LaneKind::Process,
                    count: Amount::Is(2),
                },
                Rule::TimeAtLeast {
                    ms: Amount::Is(WORK_MS as i64),
                },
            ],
            likely: &[Rule::AllBefore {
                first: STARTS,
                then: EXITS,
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::any(NAMED, "start"),
                        Step::any(NAMED, "exit"),
                        Step::any(DEFAULT, "start"),
                        Step::any(DEFAULT, "exit"),
                    ],
                },
                Rule::AllEnded {
                    kind: LaneKind::Process,
                    count: Amount::Is(2),
                },
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
            guaranteed: &[
                START_THEN_EXIT,
                Rule::Count {
                    of: STARTS,
                    is: Amount::Is(3),
                },
                Rule::Count {
                    of: EXITS,
                    is: Amount::Is(3),
                },
                Rule::ParentOf {
                    child: INSIDER,
                    parent: NAMED,
                },
                Rule::AllEnded {
                    kind: LaneKind::Process,
                    count: Amount::Is(3),
                },
                Rule::TimeAtLeast {
                    ms: Amount::Is(WORK_MS as i64),
                },
            ],
            likely: &[Rule::AllBefore {
                first: STARTS,
                then: EXITS,
            }],
        },
    ],
    run,
};

const NAMED: &str = "myFunc";
const DEFAULT: &str = "Process-2";
const INSIDER: &str = "insider";
const WORK_MS: u64 = 300;

const STARTS: Pick = Pick::what(&["start"]);
const EXITS: Pick = Pick::what(&["exit"]);
const START_THEN_EXIT: Rule = Rule::Within {
    of: Pick::ALL,
    words: &[Word::Once("start"), Word::Once("exit")],
};
const FIRST_OF_MAIN: Rule = Rule::ParentOf {
    child: NAMED,
    parent: "main",
};
const SECOND_OF_MAIN: Rule = Rule::ParentOf {
    child: DEFAULT,
    parent: "main",
};
const OWN_PID: Rule = Rule::OwnPid {
    of: Pick::ALL,
    field: "pid",
};
const DISTINCT_PIDS: Rule = Rule::Distinct {
    of: Pick::ALL,
    field: "pid",
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Process,
};

fn work(stage: &Stage) {
    let name = process::current_name();
    let identity = || json!({"pid": process::id(), "parent": process::parent_id()});
    stage.print(&name, "start", identity());
    stage.sleep(WORK_MS);
    stage.print(&name, "exit", identity());
}

/// The named process of scenario 3 first starts a process of its own, and waits for it at its end. The insider
/// starts nobody: the nesting cannot go deeper.
fn work_with_insider(stage: &Stage) -> Result<(), ProcessError> {
    let mut insider = Process::borrowing(INSIDER, || work(stage));
    insider.start()?;
    work(stage);
    insider.join()?;
    Ok(())
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let nested = stage.scene() == Scene::Third;
    let mut named = Process::borrowing(NAMED, || {
        if nested {
            work_with_insider(stage)
        } else {
            work(stage);
            Ok(())
        }
    });
    named.start()?;
    if stage.scene() == Scene::Second {
        finish(&named)?;
    }
    // The default name counts every process of this program, also those with a name of their own.
    let own_stage = stage.clone();
    let mut default = Process::unnamed(move || work(&own_stage));
    default.start()?;
    if stage.scene() != Scene::Second {
        finish(&named)?;
    }
    finish(&default)?;
    Ok(Outcome::none())
}
