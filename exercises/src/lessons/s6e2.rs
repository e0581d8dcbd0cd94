//! Waiting for a list of threads, and what becomes of those whose handles are thrown away.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::stage::Stage;
use crate::sync::{Thread, threads};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s6e2",
    // Thread i has i rounds: with 16 threads, one after another, these are 120 rounds.
    parameters: &[Parameter {
        name: "n_threads",
        min: 0,
        max: 16,
        default: 4,
    }],
    files: &[],
    always: &[OWN_ROUNDS, ALL_ROUNDS, EVERY_INDEX, OWN_THREADS, ALL_ENDED],
    scenarios: [
        Scenario {
            guaranteed: &[FINISH_ONCE, LONGEST],
            likely: &[Rule::First { of: FINISH }],
        },
        Scenario {
            guaranteed: &[Rule::Last { of: FINISH }, LONGEST],
            likely: &[Rule::TimeAtMost { ms: LONGEST_MS }],
        },
        Scenario {
            guaranteed: &[
                Rule::Sequential { of: ROUND, from: 1 },
                Rule::Last { of: FINISH },
                Rule::AliveTogether {
                    kind: LaneKind::Thread,
                    max: 1,
                },
                Rule::TimeAtLeast {
                    ms: Amount::Times(&ROUND_TIME, &ROUNDS),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const ROUND_MS: u64 = 300;

const N: Amount = Amount::Param("n_threads");
const BEFORE_N: Amount = Amount::Max(&Amount::Is(0), &Amount::Minus(&N, &Amount::Is(1)));
const ROUND_TIME: Amount = Amount::Is(ROUND_MS as i64);
/// 0 + 1 + ... + (n - 1)
const ROUNDS: Amount = Amount::Over(&Amount::Times(&N, &BEFORE_N), &Amount::Is(2));
const LONGEST_MS: Amount = Amount::Times(&ROUND_TIME, &BEFORE_N);
const ROUND: Pick = Pick::what(&["round"]);
const FINISH: Pick = Pick::what(&["finish"]);

const OWN_ROUNDS: Rule = Rule::Ramp {
    of: ROUND,
    what: "round",
};
const ALL_ROUNDS: Rule = Rule::Count {
    of: ROUND,
    is: ROUNDS,
};
const EVERY_INDEX: Rule = Rule::Indices {
    of: ROUND,
    from: 1,
    count: BEFORE_N,
};
const FINISH_ONCE: Rule = Rule::Count {
    of: FINISH,
    is: Amount::Is(1),
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: ROUND,
    kind: LaneKind::Thread,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: N,
};
const LONGEST: Rule = Rule::TimeAtLeast { ms: LONGEST_MS };

/// Thread i has i rounds, so thread 0 has none.
fn thread(stage: &Stage, i: u32) -> Thread {
    let (stage, who) = (stage.clone(), format!("thread {i}"));
    Thread::new(who.clone(), move || {
        for round in 0..i {
            stage.sleep(ROUND_MS);
            stage.print(&who, "round", round);
        }
    })
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let mut handles = Vec::new();
    for i in 0..stage.count("n_threads") {
        let thread = thread(stage, i);
        thread.start()?;
        match stage.scene() {
            // The handle ends here; the thread does not.
            Scene::First => drop(thread),
            Scene::Second => handles.push(thread),
            Scene::Third => thread.join()?,
        }
    }
    for thread in handles {
        thread.join()?;
    }
    stage.print("main", "finish", ());
    // What Python does at the end of a program, and Rust does not: wait for all that are still running.
    threads::shut_down();
    Ok(Outcome::none())
}
