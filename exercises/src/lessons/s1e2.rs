//! The current thread and its name.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Step, Word};

use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::thread;
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s1e2",
    files: &[],
    parameters: &[],
    always: &[OWN_THREADS, ALL_ENDED],
    scenarios: [
        Scenario {
            guaranteed: &[
                START_THEN_EXIT,
                THREE_START,
                THREE_EXIT,
                Rule::TimeAtLeast {
                    ms: Amount::Is(600),
                },
            ],
            likely: &[
                Rule::Exactly {
                    of: STARTS,
                    steps: &[
                        Step::any("A", "start"),
                        Step::any("B", "start"),
                        Step::any("C", "start"),
                    ],
                },
                Rule::Exactly {
                    of: EXITS,
                    steps: &[
                        Step::any("A", "exit"),
                        Step::any("B", "exit"),
                        Step::any("C", "exit"),
                    ],
                },
                STARTS_BEFORE_EXITS,
                Rule::TimeAtMost {
                    ms: Amount::Is(600),
                },
            ],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::any("A", "start"),
                        Step::any("A", "exit"),
                        Step::any("B", "start"),
                        Step::any("B", "exit"),
                        Step::any("C", "start"),
                        Step::any("C", "exit"),
                    ],
                },
                Rule::AliveTogether {
                    kind: LaneKind::Thread,
                    max: 1,
                },
                Rule::TimeAtLeast {
                    ms: Amount::Is(900),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                START_THEN_EXIT,
                THREE_START,
                THREE_EXIT,
                Rule::TimeAtLeast {
                    ms: Amount::Is(600),
                },
            ],
            likely: &[
                Rule::Exactly {
                    of: STARTS,
                    steps: &[
                        Step::any("C", "start"),
                        Step::any("B", "start"),
                        Step::any("A", "start"),
                    ],
                },
                Rule::Exactly {
                    of: EXITS,
                    steps: &[
                        Step::any("C", "exit"),
                        Step::any("B", "exit"),
                        Step::any("A", "exit"),
                    ],
                },
                Rule::TimeAtMost {
                    ms: Amount::Is(600),
                },
            ],
        },
    ],
    run,
};

const STARTS: Pick = Pick::what(&["start"]);
const EXITS: Pick = Pick::what(&["exit"]);
const START_THEN_EXIT: Rule = Rule::Within {
    of: Pick::ALL,
    words: &[Word::Once("start"), Word::Once("exit")],
};
const THREE_START: Rule = Rule::Count {
    of: STARTS,
    is: Amount::Is(3),
};
const THREE_EXIT: Rule = Rule::Count {
    of: EXITS,
    is: Amount::Is(3),
};
const STARTS_BEFORE_EXITS: Rule = Rule::AllBefore {
    first: STARTS,
    then: EXITS,
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Thread,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Is(3),
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    // How long each thread sleeps before it says that it starts, and before it says that it exits.
    let plan = match stage.scene() {
        Scene::First => [("A", 0, 400), ("B", 0, 500), ("C", 0, 600)],
        Scene::Second => [("A", 0, 300), ("B", 0, 300), ("C", 0, 300)],
        Scene::Third => [("A", 300, 300), ("B", 200, 300), ("C", 100, 300)],
    };
    thread::scope(|scope| {
        let mut unjoined = Vec::new();
        for (name, before, between) in plan {
            let handle = scope.spawn(Some(name), move || {
                if before > 0 {
                    stage.sleep(before);
                }
                stage.print(&thread::current_name(), "start", ());
                stage.sleep(between);
                stage.print(&thread::current_name(), "exit", ());
            });
            if stage.scene() == Scene::Second {
                handle.join()?;
            } else {
                unjoined.push(handle);
            }
        }
        for handle in unjoined {
            handle.join()?;
        }
        Ok(Outcome::none())
    })
}
