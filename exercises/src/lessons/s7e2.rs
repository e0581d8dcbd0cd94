//! Waiting for a list of processes.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::{self, Process};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e2",
    parameters: &[],
    files: &[],
    always: &[
        ROUNDS_RISE,
        THREE_ROUNDS,
        THREE_PROCESSES,
        OWN_PROCESSES,
        ALL_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[ENDED_LAST, Rule::TimeAtLeast { ms: ONE_PROCESS }],
            likely: &[Rule::TimeAtMost { ms: ONE_PROCESS }],
        },
        Scenario {
            guaranteed: &[
                Rule::Sequential { of: ROUND, from: 1 },
                ENDED_LAST,
                Rule::AliveTogether {
                    kind: LaneKind::Process,
                    max: 1,
                },
                Rule::TimeAtLeast {
                    ms: Amount::Times(&Amount::Is(PROCESSES.len() as i64), &ONE_PROCESS),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Count {
                    of: ENDED,
                    is: Amount::Is(1),
                },
                Rule::TimeAtLeast { ms: ONE_PROCESS },
            ],
            likely: &[Rule::AllBefore {
                first: ENDED,
                then: Pick::what(&["round"]),
            }],
        },
    ],
    run,
};

const PROCESSES: [&str; 3] = ["process 1", "process 2", "process 3"];
const ROUNDS: u32 = 3;
const ROUND_MS: u64 = 500;

const ROUND: Pick = Pick::what(&["round"]);
const ENDED: Pick = Pick::what(&["ended"]);
const ONE_PROCESS: Amount = Amount::Is((ROUNDS as u64 * ROUND_MS) as i64);

const ENDED_LAST: Rule = Rule::Last { of: ENDED };
const ROUNDS_RISE: Rule = Rule::RisingEach {
    of: ROUND,
    field: "",
};
const THREE_ROUNDS: Rule = Rule::Within {
    of: Pick::who(&["process"]),
    words: &[
        Word::Once("round"),
        Word::Once("round"),
        Word::Once("round"),
    ],
};
const THREE_PROCESSES: Rule = Rule::Indices {
    of: ROUND,
    from: 1,
    count: Amount::Is(3),
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: ROUND,
    kind: LaneKind::Process,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(3),
};

fn work(stage: &Stage) {
    for round in 1..=ROUNDS {
        stage.sleep(ROUND_MS);
        stage.print(&process::current_name(), "round", round);
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let mut list = PROCESSES.map(|name| Process::borrowing(name, || work(stage)));
    for process in &mut list {
        process.start()?;
        if stage.scene() == Scene::Second {
            finish(process)?;
        }
    }
    if stage.scene() == Scene::First {
        for process in &list {
            finish(process)?;
        }
    }
    stage.print("main", "ended", ());
    if stage.scene() == Scene::Third {
        // Nobody waits, says the scenario; but nothing may be left behind.
        for process in &list {
            finish(process)?;
        }
    }
    Ok(Outcome::none())
}
