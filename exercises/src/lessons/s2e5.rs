//! A process as a type of one's own.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{self, Process};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s2e5",
    files: &[],
    parameters: &[Parameter::count("n_process")],
    always: &[
        ALL_RUN,
        RUN_ONCE,
        EVERY_INDEX,
        OWN_PID,
        DISTINCT_PIDS,
        OWN_PROCESSES,
        ALL_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Sequential {
                    of: Pick::ALL,
                    from: 1,
                },
                Rule::AliveTogether {
                    kind: LaneKind::Process,
                    max: 1,
                },
                Rule::TimeAtLeast {
                    ms: Amount::Times(&WORK, &N),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[Rule::TimeAtLeast {
                ms: Amount::IfAny(&N, &WORK),
            }],
            likely: &[Rule::TimeAtMost { ms: WORK }],
        },
        Scenario {
            guaranteed: &[
                Rule::OddRising { of: Pick::ALL },
                Rule::EvenAfterOdd { of: Pick::ALL },
                Rule::AliveTogether {
                    kind: LaneKind::Process,
                    max: 32,
                },
                Rule::TimeAtLeast { ms: EVERY_SECOND },
            ],
            likely: &[Rule::TimeAtMost { ms: EVERY_SECOND }],
        },
    ],
    run,
};

const WORK_MS: u64 = 500;
const WORK: Amount = Amount::Is(WORK_MS as i64);
const N: Amount = Amount::Param("n_process");
/// Main waits for half a second at each odd name; an even name at the end adds its own half second.
const EVERY_SECOND: Amount = Amount::IfAny(
    &N,
    &Amount::Times(
        &WORK,
        &Amount::Plus(&Amount::Over(&N, &Amount::Is(2)), &Amount::Is(1)),
    ),
);
const RUNS: Pick = Pick::what(&["run"]);
const ALL_RUN: Rule = Rule::Count { of: RUNS, is: N };
const RUN_ONCE: Rule = Rule::Within {
    of: Pick::ALL,
    words: &[Word::Once("run")],
};
const EVERY_INDEX: Rule = Rule::Indices {
    of: RUNS,
    from: 1,
    count: N,
};
const OWN_PID: Rule = Rule::OwnPid {
    of: RUNS,
    field: "",
};
const DISTINCT_PIDS: Rule = Rule::Distinct {
    of: RUNS,
    field: "",
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: RUNS,
    kind: LaneKind::Process,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: N,
};

/// A process of our own kind: what it needs, and what it does.
struct MyClass<'a> {
    stage: &'a Stage,
}

impl<'a> MyClass<'a> {
    fn run(&self) {
        self.stage
            .print(&process::current_name(), "run", process::id());
        self.stage.sleep(WORK_MS);
    }

    fn into_process(self, k: u32) -> Process<'a> {
        Process::borrowing(format!("MyClass-{k}"), move || self.run())
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let mut unjoined = Vec::new();
    for k in 1..=stage.count("n_process") {
        let mut process = MyClass { stage }.into_process(k);
        process.start()?;
        let joined_now = match stage.scene() {
            Scene::First => true,
            Scene::Second => false,
            Scene::Third => k % 2 == 1,
        };
        if joined_now {
            finish(&process)?;
        } else {
            unjoined.push(process);
        }
    }
    for process in unjoined {
        finish(&process)?;
    }
    Ok(Outcome::none())
}
