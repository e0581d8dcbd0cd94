//! Daemon threads: nobody waits for them at the end.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Step};

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::Arc;
use crate::stage::Stage;
use crate::sync::{Mutex, Thread, ThreadError, threads};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s6e3",
    parameters: &[Parameter {
        name: "n_rounds",
        min: 0,
        max: 64,
        default: 5,
    }],
    files: &[],
    always: &[OVER_LAST, FINISH_ONCE, IN_ORDER, COUNTED, OWN_THREAD],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Count { of: ROUND, is: N },
                ENDED,
                Rule::TimeAtLeast {
                    ms: Amount::Times(&Amount::Is(ROUND_MS as i64), &N),
                },
            ],
            likely: &[Rule::Begins {
                of: Pick::ALL,
                steps: &[
                    Step::number("thread 1", "round", 0),
                    Step::any("main", "finish"),
                ],
            }],
        },
        Scenario {
            guaranteed: &[NOT_MORE],
            likely: &[ONE_ROUND, ENDED, AT_ONCE],
        },
        Scenario {
            guaranteed: &[
                NOT_MORE,
                Rule::Count {
                    of: Pick::what(&["refused"]),
                    is: Amount::Is(1),
                },
                Rule::AllBefore {
                    first: Pick::what(&["refused"]),
                    then: FINISH,
                },
            ],
            likely: &[ONE_ROUND, ENDED, AT_ONCE],
        },
    ],
    run,
};

const ROUND_MS: u64 = 200;
/// What main does meanwhile: long enough for the thread to begin, too short for a second round.
const MAIN_MS: u64 = 100;

const N: Amount = Amount::Param("n_rounds");
const ROUND: Pick = Pick::what(&["round"]);
const FINISH: Pick = Pick::what(&["finish"]);

const OVER_LAST: Rule = Rule::Last {
    of: Pick::what(&["over"]),
};
const FINISH_ONCE: Rule = Rule::Count {
    of: FINISH,
    is: Amount::Is(1),
};
const IN_ORDER: Rule = Rule::Consecutive {
    of: ROUND,
    field: "",
    from: 0,
};
const NOT_MORE: Rule = Rule::AtMost { of: ROUND, max: N };
const COUNTED: Rule = Rule::ResultCounts {
    field: "rounds",
    of: ROUND,
};
const OWN_THREAD: Rule = Rule::OwnLane {
    of: ROUND,
    kind: LaneKind::Thread,
};
const ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Is(1),
};
const ONE_ROUND: Rule = Rule::Count {
    of: ROUND,
    is: Amount::Min(&Amount::Is(1), &N),
};
const AT_ONCE: Rule = Rule::TimeAtMost {
    ms: Amount::Is(MAIN_MS as i64),
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let rounds = Arc::new(Mutex::new(0));
    let thread = Thread::new("thread 1", {
        let (stage, rounds) = (stage.clone(), rounds.clone());
        move || {
            for round in 0..stage.count("n_rounds") {
                // Counted with the line or not at all: who reads the count waits for this lock.
                let mut rounds = rounds.lock();
                stage.print("thread 1", "round", round);
                *rounds += 1;
                drop(rounds);
                stage.sleep(ROUND_MS);
            }
        }
    });
    let thread = match stage.scene() {
        Scene::First => thread,
        Scene::Second => thread.daemon(true),
        Scene::Third => {
            thread.set_daemon(true)?;
            thread
        }
    };
    thread.start()?;
    if stage.scene() == Scene::Third
        && let Err(ThreadError::AlreadyStarted { .. }) = thread.set_daemon(false)
    {
        stage.print("main", "refused", ());
    }
    stage.sleep(MAIN_MS);
    stage.print("main", "finish", ());
    // Waits for the thread unless it is a daemon; a daemon prints nothing after this.
    threads::shut_down();
    stage.print("main", "over", ());
    Ok(Outcome::none().with("rounds", *rounds.lock()))
}
