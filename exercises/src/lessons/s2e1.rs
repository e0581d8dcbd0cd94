//! Starting processes. Each one has its own memory; what they print is read while they run, so that no process has
//! to wait at its end for somebody who reads.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{Abandoned, Process, Semaphore};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s2e1",
    files: &[],
    parameters: &[Parameter::count("n_process")],
    always: &[
        CALL_THEN_LOOP,
        ALL_CALL,
        ALL_LOOP,
        UP_TO_INDEX,
        EVERY_INDEX,
        OWN_PROCESSES,
        ALL_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Sequential {
                    of: Pick::ALL,
                    from: 0,
                },
                Rule::AliveTogether {
                    kind: LaneKind::Process,
                    max: 1,
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[Rule::TimeAtLeast {
                ms: Amount::IfAny(&N, &Amount::Is(PAUSE_MS as i64)),
            }],
            likely: &[CALLS_BEFORE_LOOPS],
        },
        Scenario {
            guaranteed: &[
                Rule::Blocks { of: LOOPS },
                Rule::TimeAtLeast {
                    ms: Amount::Times(&Amount::Is(PAUSE_MS as i64), &N),
                },
            ],
            likely: &[Rule::Sequential { of: LOOPS, from: 1 }],
        },
    ],
    run,
};

/// Before the loop: time for the other processes to come.
const PAUSE_MS: u64 = 200;
/// After each turn of the loop in scenarios 2 and 3: without it a short loop would hardly ever meet another one, and
/// a semaphore that does nothing would not be noticed.
const TURN_MS: u64 = 2;

const N: Amount = Amount::Param("n_process");
const CALLS: Pick = Pick::what(&["call"]);
const LOOPS: Pick = Pick::what(&["loop"]);

const CALL_THEN_LOOP: Rule = Rule::Within {
    of: Pick::ALL,
    words: &[Word::Once("call"), Word::Many("loop")],
};
const ALL_CALL: Rule = Rule::Count { of: CALLS, is: N };
const ALL_LOOP: Rule = Rule::Count {
    of: LOOPS,
    is: Amount::Over(
        &Amount::Times(&N, &Amount::Minus(&N, &Amount::Is(1))),
        &Amount::Is(2),
    ),
};
const UP_TO_INDEX: Rule = Rule::Ramp {
    of: Pick::ALL,
    what: "loop",
};
const EVERY_INDEX: Rule = Rule::Indices {
    of: CALLS,
    from: 0,
    count: N,
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Process,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: N,
};
const CALLS_BEFORE_LOOPS: Rule = Rule::AllBefore {
    first: CALLS,
    then: LOOPS,
};

fn work(stage: &Stage, i: u32, semaphore: &Semaphore) -> Result<(), Abandoned> {
    let name = format!("process {i}");
    stage.print(&name, "call", ());
    let turns = |pause_ms: u64| {
        for j in 0..i {
            stage.print(&name, "loop", j);
            if pause_ms > 0 {
                stage.sleep(pause_ms);
            }
        }
    };
    match stage.scene() {
        Scene::First => turns(0),
        Scene::Second => {
            stage.sleep(PAUSE_MS);
            turns(TURN_MS);
        }
        Scene::Third => {
            // Held around the whole loop, and given back once, at its end.
            let _permit = semaphore.permit()?;
            stage.sleep(PAUSE_MS);
            turns(TURN_MS);
        }
    }
    Ok(())
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let semaphore = Semaphore::new(1)?;
    let mut unjoined = Vec::new();
    for i in 0..stage.count("n_process") {
        let semaphore = &semaphore;
        let mut process =
            Process::borrowing(format!("process {i}"), move || work(stage, i, semaphore));
        process.start()?;
        if stage.scene() == Scene::First {
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
