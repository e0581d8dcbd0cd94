//! Thread-local values and main: main is a thread like any other.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Step};

use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::thread;
use crate::stage::Stage;
use crate::sync::{Barrier, Local};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s6e8",
    parameters: &[],
    files: &[],
    always: &[OWN_NAME_1, OWN_NAME_2, OWN_THREADS, ENDED],
    scenarios: [
        Scenario {
            guaranteed: &[SET_BEFORE_READ],
            likely: &[Rule::Exactly {
                of: Pick::what(&["read"]),
                steps: &[Step::any("thread 1", "read"), Step::any("thread 2", "read")],
            }],
        },
        Scenario {
            guaranteed: &[
                SET_BEFORE_READ,
                Rule::Exactly {
                    of: MAIN,
                    steps: &[Step::text("main", "read", NOBODY)],
                },
                MAIN_BEFORE_THE_OTHERS,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: MAIN,
                    steps: &[
                        Step::any("main", "missing"),
                        Step::text("main", "set", "main"),
                        Step::text("main", "read", "main"),
                    ],
                },
                Rule::AllBefore {
                    first: Pick {
                        who: &["thread"],
                        what: &["set"],
                    },
                    then: MAIN,
                },
                MAIN_BEFORE_THE_OTHERS,
            ],
            likely: &[],
        },
    ],
    run,
};

const NOBODY: &str = "nobody";
/// Thread 2 reads a little later, so that the order of the lines is likely.
const LATER_MS: u64 = 50;

const MAIN: Pick = Pick::who(&["main"]);

const SET_BEFORE_READ: Rule = Rule::AllBefore {
    first: Pick::what(&["set"]),
    then: Pick::what(&["read"]),
};
const OWN_NAME_1: Rule = Rule::Exactly {
    of: Pick::who(&["thread 1"]),
    steps: &[
        Step::text("thread 1", "set", "t1"),
        Step::text("thread 1", "read", "t1"),
    ],
};
const OWN_NAME_2: Rule = Rule::Exactly {
    of: Pick::who(&["thread 2"]),
    steps: &[
        Step::text("thread 2", "set", "t2"),
        Step::text("thread 2", "read", "t2"),
    ],
};
/// So it is no matter of threads that have ended.
const MAIN_BEFORE_THE_OTHERS: Rule = Rule::AllBefore {
    first: MAIN,
    then: Pick {
        who: &["thread"],
        what: &["read"],
    },
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: Pick::who(&["thread"]),
    kind: LaneKind::Thread,
};
const ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Is(2),
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let name = match stage.scene() {
        Scene::First | Scene::Second => Local::new(|| NOBODY.to_owned()),
        Scene::Third => Local::unset(),
    };
    // Main comes to both barriers: between them it looks, while the threads have set and not yet ended.
    let (all_set, main_looked) = (Barrier::new(3), Barrier::new(3));
    let (name, all_set, main_looked) = (&name, &all_set, &main_looked);
    thread::scope(|scope| {
        let threads = [1, 2].map(|number| {
            let who = format!("thread {number}");
            scope.spawn(Some(&who), move || {
                let who = thread::current_name();
                let own = format!("t{number}");
                name.set(own.clone());
                stage.print(&who, "set", own);
                all_set.wait()?;
                main_looked.wait()?;
                stage.sleep(LATER_MS * (number - 1));
                stage.print(&who, "read", name.get()?);
                Ok::<(), LessonError>(())
            })
        });
        all_set.wait()?;
        if stage.scene() != Scene::First {
            look(stage, name);
        }
        main_looked.wait()?;
        for thread in threads {
            thread.join()??;
        }
        Ok(Outcome::none())
    })
}

fn look(stage: &Stage, name: &Local<String>) {
    if name.get().is_err() {
        stage.print("main", "missing", ());
        name.set("main".to_owned());
        stage.print("main", "set", "main");
    }
    if let Ok(name) = name.get() {
        stage.print("main", "read", name);
    }
}
