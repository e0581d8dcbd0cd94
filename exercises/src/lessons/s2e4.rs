//! Ending a process from outside, and what it answers to "are you alive?".

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step, Want};
use serde_json::json;

use super::counting::Counting;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::Semaphore;
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s2e4",
    files: &[],
    parameters: &[],
    always: &[ANSWERS, NEVER_FINISHED, BY_SIGNAL, OWN_PROCESS, ENDED],
    scenarios: [
        Scenario {
            guaranteed: &[],
            likely: &[
                STILL_ALIVE,
                Rule::Count {
                    of: CHILD,
                    is: Amount::Is(0),
                },
                Rule::TimeAtMost { ms: Amount::Is(0) },
            ],
        },
        Scenario {
            guaranteed: &[ONE_SECOND],
            likely: &[
                STILL_ALIVE,
                Rule::Exactly {
                    of: CHILD,
                    steps: &[
                        Step::any("child", "start"),
                        Step::number("child", "number", 0),
                        Step::number("child", "number", 1),
                        Step::number("child", "number", 2),
                        Step::number("child", "number", 3),
                        Step::number("child", "number", 4),
                    ],
                },
                Rule::TimeAtMost {
                    ms: Amount::Is(1000),
                },
            ],
        },
        Scenario {
            guaranteed: &[ONE_SECOND],
            likely: &[
                Rule::Exactly {
                    of: MAIN,
                    steps: &[BEFORE, RUNNING, GONE, JOINED],
                },
                Rule::TimeAtMost {
                    ms: Amount::Is(1000),
                },
            ],
        },
    ],
    run,
};

const CHILD: Pick = Pick::who(&["child"]);
const MAIN: Pick = Pick::who(&["main"]);

const fn status(fields: &'static [(&'static str, Scalar)]) -> Step {
    Step {
        who: "main",
        what: "status",
        want: Want::Fields(fields),
    }
}

const BEFORE: Step = status(&[
    ("when", Scalar::Text("before")),
    ("alive", Scalar::Truth(false)),
]);
const RUNNING: Step = status(&[
    ("when", Scalar::Text("running")),
    ("alive", Scalar::Truth(true)),
]);
const TERMINATED: Step = status(&[("when", Scalar::Text("terminated"))]);
const ALIVE: Step = status(&[
    ("when", Scalar::Text("terminated")),
    ("alive", Scalar::Truth(true)),
]);
const GONE: Step = status(&[
    ("when", Scalar::Text("terminated")),
    ("alive", Scalar::Truth(false)),
]);
const JOINED: Step = status(&[
    ("when", Scalar::Text("joined")),
    ("alive", Scalar::Truth(false)),
]);

/// Four answers; the one right after `terminate` may be either, because the signal is on its way.
const ANSWERS: Rule = Rule::Exactly {
    of: MAIN,
    steps: &[BEFORE, RUNNING, TERMINATED, JOINED],
};
const STILL_ALIVE: Rule = Rule::Exactly {
    of: MAIN,
    steps: &[BEFORE, RUNNING, ALIVE, JOINED],
};
const NEVER_FINISHED: Rule = Rule::ProperPrefix {
    of: CHILD,
    steps: &[
        Step::any("child", "start"),
        Step::number("child", "number", 0),
        Step::number("child", "number", 1),
        Step::number("child", "number", 2),
        Step::number("child", "number", 3),
        Step::number("child", "number", 4),
        Step::number("child", "number", 5),
        Step::number("child", "number", 6),
        Step::number("child", "number", 7),
        Step::number("child", "number", 8),
        Step::number("child", "number", 9),
        Step::any("child", "finish"),
    ],
};
const BY_SIGNAL: Rule = Rule::Result {
    field: "exit_code",
    is: Amount::Is(-15),
};
const OWN_PROCESS: Rule = Rule::OwnLane {
    of: CHILD,
    kind: LaneKind::Process,
};
const ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(1),
};
const ONE_SECOND: Rule = Rule::TimeAtLeast {
    ms: Amount::Is(1000),
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    // Nobody ever allows the child to finish: that it does not is a promise here, not a matter of two seconds.
    let may_finish = Semaphore::new(0)?;
    let mut child = Counting {
        stage,
        who: "child",
        numbers: (0..10).step_by(1),
        pause_ms: 200,
        pause_first: false,
        last: "finish",
        waits_for: Some(&may_finish),
    }
    .into_process();
    let status = |when: &str, alive: bool| {
        stage.print("main", "status", json!({"when": when, "alive": alive}));
    };

    status("before", child.is_alive());
    child.start()?;
    status("running", child.is_alive());
    if stage.scene() == Scene::Second {
        stage.sleep(1000);
    }
    child.terminate()?;
    if stage.scene() == Scene::Third {
        stage.sleep(1000);
    }
    status("terminated", child.is_alive());
    child.join()?;
    status("joined", child.is_alive());
    Ok(Outcome::none().with("exit_code", child.exit_code()))
}
