//! Who am I: a thread's own identity is never used again, those of the system are.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::thread;
use crate::stage::Stage;
use crate::sync::{Barrier, Mutex};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e8",
    parameters: &[Parameter {
        name: "n_threads",
        min: 0,
        max: 64,
        default: 4,
    }],
    files: &[],
    always: &[MAIN_FIRST, EVERY_INDEX, ALL_DIFFERENT, OWN_THREADS],
    scenarios: [
        Scenario {
            guaranteed: &[EACH_ONCE, ALL_ENDED],
            likely: &[IN_ORDER],
        },
        Scenario {
            guaranteed: &[
                IN_ORDER,
                EACH_ONCE,
                ALL_ENDED,
                Rule::AliveTogether {
                    kind: LaneKind::Thread,
                    max: 1,
                },
            ],
            likely: &[Rule::Result {
                field: "used_again",
                is: Amount::Max(&Amount::Is(0), &Amount::Minus(&N, &Amount::Is(1))),
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::AllBefore {
                    first: Pick::what(&["whoami"]),
                    then: AGAIN,
                },
                Rule::Within {
                    of: Pick::who(&["thread"]),
                    words: &[Word::Optional("whoami"), Word::Optional("again")],
                },
                Rule::Count { of: AGAIN, is: N },
                Rule::Distinct {
                    of: Pick::what(&["whoami"]),
                    field: "ident",
                },
                Rule::Distinct {
                    of: AGAIN,
                    field: "ident",
                },
                Rule::AllEnded {
                    kind: LaneKind::Thread,
                    count: Amount::Times(&Amount::Is(2), &N),
                },
            ],
            // Up to twenty stacks are kept for the next thread; beyond that new memory may be taken.
            likely: &[Rule::Result {
                field: "used_again",
                is: N,
            }],
        },
    ],
    run,
};

const N: Amount = Amount::Param("n_threads");
const AGAIN: Pick = Pick::what(&["again"]);
const FIRST_THREADS: Pick = Pick {
    who: &["thread"],
    what: &["whoami"],
};

const MAIN_FIRST: Rule = Rule::First {
    of: Pick::who(&["main"]),
};
const IN_ORDER: Rule = Rule::Sequential {
    of: FIRST_THREADS,
    from: 0,
};
const EACH_ONCE: Rule = Rule::Within {
    of: FIRST_THREADS,
    words: &[Word::Once("whoami")],
};
const EVERY_INDEX: Rule = Rule::Indices {
    of: FIRST_THREADS,
    from: 0,
    count: N,
};
const ALL_DIFFERENT: Rule = Rule::Distinct {
    of: Pick::ALL,
    field: "id",
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: Pick::who(&["thread"]),
    kind: LaneKind::Thread,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: N,
};

/// Says who the calling thread is; gives back the identity that the system may use again.
fn whoami(stage: &Stage, who: &str, what: &str) -> u64 {
    let ident = thread::current_ident();
    let identities = json!({
        "id": thread::current_id().number(),
        "tid": thread::current_tid(),
        "ident": ident,
    });
    stage.print(who, what, identities);
    ident
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let n = stage.count("n_threads");
    whoami(stage, "main", "whoami");
    let seen = Mutex::new(Vec::new());
    match stage.scene() {
        Scene::First | Scene::Second => thread::scope(|scope| {
            let mut unjoined = Vec::new();
            for i in 0..n {
                let name = format!("thread {i}");
                let seen = &seen;
                let handle = scope.spawn(Some(&name), move || {
                    let ident = whoami(stage, &thread::current_name(), "whoami");
                    seen.lock().push(ident);
                });
                match stage.scene() {
                    Scene::Second => handle.join()?,
                    _ => unjoined.push(handle),
                }
            }
            unjoined.into_iter().try_for_each(|handle| handle.join())
        })?,
        Scene::Third => {
            together(stage, 0..n, "whoami", &seen)?;
            // All of them have ended: their places are free.
            together(stage, n..2 * n, "again", &seen)?;
        }
    }
    let mut seen = seen.into_inner();
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    Ok(Outcome::none().with("used_again", all - seen.len()))
}

/// Threads that are all alive when the first of them ends.
fn together(
    stage: &Stage,
    indices: std::ops::Range<u32>,
    what: &str,
    seen: &Mutex<Vec<u64>>,
) -> Result<(), LessonError> {
    let all_spoke = Barrier::new(indices.len());
    thread::scope(|scope| {
        let mut unjoined = Vec::new();
        for i in indices {
            let name = format!("thread {i}");
            let all_spoke = &all_spoke;
            unjoined.push(scope.spawn(Some(&name), move || {
                let ident = whoami(stage, &thread::current_name(), what);
                seen.lock().push(ident);
                all_spoke.wait()
            }));
        }
        for handle in unjoined {
            handle.join()??;
        }
        Ok(())
    })
}
