//! Process IDs, and which process is alive.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step, Want, Word};
use serde_json::json;

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::{self, Event, Process, pipe};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s5e2",
    parameters: &[],
    files: &[],
    always: &[
        MAIN_FIRST,
        MAIN_IS_MAIN,
        P1_KNOWN,
        P2_KNOWN,
        OWN_PIDS,
        DISTINCT_PIDS,
        P1_OF_MAIN,
        WORK_BEFORE_FINISHED,
        ALL_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                P2_OF_MAIN,
                FINISHED_THEN_ASKED,
                P1_ONCE,
                P2_ONCE,
                OWN_PROCESSES,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                P2_OF_MAIN,
                Rule::Exactly {
                    of: Pick::what(&["alive", "finished"]),
                    steps: &[
                        P1_BEFORE,
                        P2_BEFORE,
                        P1_RUNNING,
                        P2_RUNNING,
                        Step::any("main", "finished"),
                        P1_JOINED,
                        P2_JOINED,
                    ],
                },
                P1_ONCE,
                P2_ONCE,
                OWN_PROCESSES,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::ParentOf {
                    child: "p2",
                    parent: "p1",
                },
                Rule::Exactly {
                    of: Pick::what(&["alive", "finished"]),
                    steps: &[Step::any("main", "finished"), P1_JOINED],
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const WORKER: Pick = Pick::what(&["worker"]);

const fn asked(fields: &'static [(&'static str, Scalar)]) -> Step {
    Step {
        who: "main",
        what: "alive",
        want: Want::Fields(fields),
    }
}

const P1_BEFORE: Step = asked(&[
    ("name", Scalar::Text("p1")),
    ("when", Scalar::Text("before")),
    ("alive", Scalar::Truth(false)),
]);
const P2_BEFORE: Step = asked(&[
    ("name", Scalar::Text("p2")),
    ("when", Scalar::Text("before")),
    ("alive", Scalar::Truth(false)),
]);
const P1_RUNNING: Step = asked(&[
    ("name", Scalar::Text("p1")),
    ("when", Scalar::Text("running")),
    ("alive", Scalar::Truth(true)),
]);
const P2_RUNNING: Step = asked(&[
    ("name", Scalar::Text("p2")),
    ("when", Scalar::Text("running")),
    ("alive", Scalar::Truth(true)),
]);
const P1_JOINED: Step = asked(&[
    ("name", Scalar::Text("p1")),
    ("when", Scalar::Text("joined")),
    ("alive", Scalar::Truth(false)),
]);
const P2_JOINED: Step = asked(&[
    ("name", Scalar::Text("p2")),
    ("when", Scalar::Text("joined")),
    ("alive", Scalar::Truth(false)),
]);

const MAIN_FIRST: Rule = Rule::First {
    of: Pick::what(&["pid"]),
};
const MAIN_IS_MAIN: Rule = Rule::ResultIsValue {
    field: "main_pid",
    of: Pick::what(&["pid"]),
};
const P1_KNOWN: Rule = Rule::ResultIsField {
    field: "p1_pid",
    of: Pick::who(&["p1"]),
    part: "pid",
};
const P2_KNOWN: Rule = Rule::ResultIsField {
    field: "p2_pid",
    of: Pick::who(&["p2"]),
    part: "pid",
};
const OWN_PIDS: Rule = Rule::OwnPid {
    of: WORKER,
    field: "pid",
};
const DISTINCT_PIDS: Rule = Rule::Distinct {
    of: WORKER,
    field: "pid",
};
const P1_OF_MAIN: Rule = Rule::ParentOf {
    child: "p1",
    parent: "main",
};
const P2_OF_MAIN: Rule = Rule::ParentOf {
    child: "p2",
    parent: "main",
};
const WORK_BEFORE_FINISHED: Rule = Rule::AllBefore {
    first: Pick::what(&["worker", "child"]),
    then: Pick::what(&["finished"]),
};
const FINISHED_THEN_ASKED: Rule = Rule::Exactly {
    of: Pick::what(&["alive", "finished"]),
    steps: &[Step::any("main", "finished"), P1_JOINED, P2_JOINED],
};
const P1_ONCE: Rule = Rule::Within {
    of: Pick::who(&["p1"]),
    words: &[Word::Once("worker")],
};
const P2_ONCE: Rule = Rule::Within {
    of: Pick::who(&["p2"]),
    words: &[Word::Once("worker")],
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: WORKER,
    kind: LaneKind::Process,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(2),
};

fn work(stage: &Stage) {
    stage.print(
        &process::current_name(),
        "worker",
        json!({"pid": process::id(), "parent": process::parent_id()}),
    );
}

/// What main knows of a process.
fn introduce(stage: &Stage, name: &str, pid: Option<i32>) {
    stage.print("main", "child", json!({"name": name, "pid": pid}));
}

fn ask(stage: &Stage, child: &Process<'_>, when: &str) {
    stage.print(
        "main",
        "alive",
        json!({"name": child.name(), "when": when, "alive": child.is_alive()}),
    );
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    stage.print("main", "pid", process::id());
    if stage.scene() == Scene::Third {
        return one_starts_the_other(stage);
    }
    let asks = stage.scene() == Scene::Second;
    // Both stay until main has asked; in the other scenarios nobody asks.
    let may_end = Event::new()?;
    let worker = |name| {
        Process::borrowing(name, || {
            work(stage);
            if asks { may_end.wait() } else { Ok(()) }
        })
    };
    let (mut p1, mut p2) = (worker("p1"), worker("p2"));
    if asks {
        ask(stage, &p1, "before");
        ask(stage, &p2, "before");
    }
    p1.start()?;
    introduce(stage, "p1", p1.pid());
    p2.start()?;
    introduce(stage, "p2", p2.pid());
    if asks {
        ask(stage, &p1, "running");
        ask(stage, &p2, "running");
        may_end.set();
    }
    finish(&p1)?;
    finish(&p2)?;
    stage.print("main", "finished", ());
    ask(stage, &p1, "joined");
    ask(stage, &p2, "joined");
    Ok(pids(p1.pid(), p2.pid()))
}

fn one_starts_the_other(stage: &Stage) -> Result<Outcome, LessonError> {
    let (tell, told) = pipe::<Option<i32>>()?;
    let mut p1 = Process::borrowing("p1", move || {
        work(stage);
        let mut p2 = Process::borrowing("p2", || work(stage));
        p2.start()?;
        // Only the one who started it knows its ID at once.
        tell.send(p2.pid())?;
        finish(&p2)
    });
    p1.start()?;
    introduce(stage, "p1", p1.pid());
    let p2_pid = told.recv()?.flatten();
    introduce(stage, "p2", p2_pid);
    finish(&p1)?;
    stage.print("main", "finished", ());
    ask(stage, &p1, "joined");
    Ok(pids(p1.pid(), p2_pid))
}

fn pids(p1: Option<i32>, p2: Option<i32>) -> Outcome {
    Outcome::none()
        .with("main_pid", process::id())
        .with("p1_pid", p1)
        .with("p2_pid", p2)
}
