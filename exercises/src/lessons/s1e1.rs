//! Starting threads, and three ways to an order of which only one is promised.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::thread;
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s1e1",
    files: &[],
    parameters: &[Parameter::count("n_threads")],
    always: &[ALL_CALL, EACH_ONCE, EVERY_INDEX, OWN_THREADS, ALL_ENDED],
    scenarios: [
        Scenario {
            guaranteed: &[
                IN_ORDER,
                Rule::AliveTogether {
                    kind: LaneKind::Thread,
                    max: 1,
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[Rule::TimeAtLeast {
                ms: Amount::Times(&Amount::Is(300), &N),
            }],
            likely: &[IN_ORDER],
        },
        Scenario {
            guaranteed: &[Rule::TimeAtLeast { ms: LONGEST_SLEEP }],
            likely: &[IN_ORDER, Rule::TimeAtMost { ms: LONGEST_SLEEP }],
        },
    ],
    run,
};

const N: Amount = Amount::Param("n_threads");
const CALL: Pick = Pick::what(&["call"]);
const LONGEST_SLEEP: Amount = Amount::Times(&Amount::Is(200), &Amount::Minus(&N, &Amount::Is(1)));

const IN_ORDER: Rule = Rule::Sequential {
    of: Pick::ALL,
    from: 0,
};
const ALL_CALL: Rule = Rule::Count { of: CALL, is: N };
const EACH_ONCE: Rule = Rule::Within {
    of: Pick::ALL,
    words: &[Word::Once("call")],
};
const EVERY_INDEX: Rule = Rule::Indices {
    of: CALL,
    from: 0,
    count: N,
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: CALL,
    kind: LaneKind::Thread,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: N,
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    thread::scope(|scope| {
        let mut unjoined = Vec::new();
        for i in 0..stage.count("n_threads") {
            let name = format!("thread {i}");
            let handle = scope.spawn(Some(&name), move || {
                if stage.scene() == Scene::Third {
                    stage.sleep(200 * u64::from(i));
                }
                stage.print(&thread::current_name(), "call", ());
            });
            match stage.scene() {
                Scene::First => handle.join()?,
                Scene::Second => {
                    stage.sleep(300);
                    unjoined.push(handle);
                }
                Scene::Third => unjoined.push(handle),
            }
        }
        for handle in unjoined {
            handle.join()?;
        }
        Ok(Outcome::none())
    })
}
