//! Who am I? Main and its child processes say their names and numbers.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};
use serde_json::json;

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{self, Process};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e4",
    parameters: &[Parameter {
        default: 4,
        ..Parameter::count("n_process")
    }],
    files: &[],
    always: &[
        MAIN_FIRST,
        EACH_ONCE,
        ALL_SAY,
        OWN_PIDS,
        PIDS_DIFFER,
        ONE_PARENT,
        OWN_PROCESSES,
        ALL_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                IN_ORDER,
                Rule::AliveTogether {
                    kind: LaneKind::Process,
                    max: 1,
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[Rule::Last {
                of: Pick::what(&["done"]),
            }],
            likely: &[],
        },
    ],
    run,
};

const N: Amount = Amount::Param("n_process");
const WHOAMI: Pick = Pick::what(&["whoami"]);
const CHILDREN: Pick = Pick::who(&["child"]);

const MAIN_FIRST: Rule = Rule::First {
    of: Pick {
        who: &["main"],
        what: &["whoami"],
    },
};
const EACH_ONCE: Rule = Rule::Count {
    of: CHILDREN,
    is: N,
};
const ALL_SAY: Rule = Rule::Indices {
    of: CHILDREN,
    from: 0,
    count: N,
};
const IN_ORDER: Rule = Rule::Sequential {
    of: CHILDREN,
    from: 0,
};
const OWN_PIDS: Rule = Rule::OwnPid {
    of: WHOAMI,
    field: "pid",
};
const PIDS_DIFFER: Rule = Rule::Distinct {
    of: WHOAMI,
    field: "pid",
};
const ONE_PARENT: Rule = Rule::ChildrenOfMain { of: CHILDREN };
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: CHILDREN,
    kind: LaneKind::Process,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: N,
};

fn whoami(stage: &Stage, who: &str) {
    let (pid, parent) = (process::id(), process::parent_id());
    stage.print(who, "whoami", json!({"pid": pid, "parent": parent}));
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    whoami(stage, "main");
    let mut children: Vec<Process<'_>> = (0..stage.count("n_process"))
        .map(|i| {
            let who = format!("child {i}");
            Process::borrowing(who.clone(), move || whoami(stage, &who))
        })
        .collect();

    for child in &mut children {
        child.start()?;
        if stage.scene() == Scene::Second {
            finish(child)?;
        }
    }
    if stage.scene() != Scene::Second {
        for child in &children {
            finish(child)?;
        }
    }
    if stage.scene() == Scene::Third {
        stage.print("main", "done", ());
    }
    Ok(Outcome::none())
}
