//! A lock that nobody releases, who may take it again, and who may release it.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step, Want, Word};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::thread;
use crate::primitive::time::Duration;
use crate::stage::Stage;
use crate::sync::{Lock, Mutex, ReentrantLock};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s6e5",
    parameters: &[],
    files: &[],
    always: &[OWN_THREADS, WAITED],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: THREADS,
                    words: &[
                        Word::Once("locking"),
                        Word::Optional("locked"),
                        Word::Optional("blocked"),
                    ],
                },
                BOTH_WANT_IT,
                ONE_HAS_IT,
                ONE_WAITS_IN_VAIN,
                STILL_HELD,
                HELD_LAST,
                ended(2),
            ],
            likely: &[FIRST_COMES_FIRST],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: THREADS,
                    words: &[
                        Word::Once("locking"),
                        Word::Optional("locked"),
                        Word::Optional("again"),
                        Word::Optional("blocked"),
                    ],
                },
                BOTH_WANT_IT,
                ONE_HAS_IT,
                Rule::Count {
                    of: Pick::what(&["again"]),
                    is: Amount::Is(1),
                },
                ONE_WAITS_IN_VAIN,
                STILL_HELD,
                HELD_LAST,
                ended(2),
            ],
            likely: &[FIRST_COMES_FIRST],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::any("thread 1", "locking"),
                        Step::any("thread 1", "locked"),
                        Step::any("thread 1", "blocked"),
                        Step::any("thread 2", "released"),
                        Step::any("thread 2", "refused"),
                        Step::any("thread 3", "locking"),
                        Step::any("thread 3", "locked"),
                        Step::any("thread 3", "again"),
                    ],
                },
                ended(3),
                Rule::AliveTogether {
                    kind: LaneKind::Thread,
                    max: 1,
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const WAIT_MS: u64 = 1000;

const THREADS: Pick = Pick::who(&["thread"]);
const LOCKED: Pick = Pick::what(&["locked"]);
const BLOCKED: Pick = Pick::what(&["blocked"]);

const BOTH_WANT_IT: Rule = Rule::Count {
    of: Pick::what(&["locking"]),
    is: Amount::Is(2),
};
const ONE_HAS_IT: Rule = Rule::Count {
    of: LOCKED,
    is: Amount::Is(1),
};
const ONE_WAITS_IN_VAIN: Rule = Rule::Count {
    of: BLOCKED,
    is: Amount::Is(1),
};
const STILL_HELD: Rule = Rule::Exactly {
    of: Pick::who(&["main"]),
    steps: &[Step {
        who: "main",
        what: "held",
        want: Want::Fields(&[("locked", Scalar::Truth(true))]),
    }],
};
const HELD_LAST: Rule = Rule::Last {
    of: Pick::what(&["held"]),
};
const FIRST_COMES_FIRST: Rule = Rule::Exactly {
    of: LOCKED,
    steps: &[Step::any("thread 1", "locked")],
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: THREADS,
    kind: LaneKind::Thread,
};
const WAITED: Rule = Rule::TimeAtLeast {
    ms: Amount::Is(WAIT_MS as i64),
};

const fn ended(count: i64) -> Rule {
    Rule::AllEnded {
        kind: LaneKind::Thread,
        count: Amount::Is(count),
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    match stage.scene() {
        Scene::First => {
            let lock = Mutex::new(());
            both(|who| take_and_keep(stage, &lock, who))?;
            stage.print("main", "held", json!({"locked": lock.is_locked()}));
        }
        Scene::Second => {
            let lock = ReentrantLock::new(());
            both(|who| take_twice_and_keep(stage, &lock, who))?;
            stage.print("main", "held", json!({"locked": lock.is_locked()}));
        }
        Scene::Third => who_may(stage)?,
    }
    Ok(Outcome::none())
}

fn both(f: impl Fn(&str) + Sync) -> Result<(), LessonError> {
    thread::scope(|scope| {
        let threads = ["thread 1", "thread 2"].map(|name| {
            let f = &f;
            scope.spawn(Some(name), move || f(name))
        });
        for thread in threads {
            thread.join()?;
        }
        Ok(())
    })
}

fn take_and_keep(stage: &Stage, lock: &Mutex<()>, who: &str) {
    stage.print(who, "locking", ());
    match lock.lock_timeout(Duration::from_millis(WAIT_MS)) {
        Some(guard) => {
            stage.print(who, "locked", ());
            // The guard would release the lock here: it has to be thrown away on purpose.
            std::mem::forget(guard);
        }
        None => stage.print(who, "blocked", ()),
    }
}

fn take_twice_and_keep(stage: &Stage, lock: &ReentrantLock<()>, who: &str) {
    stage.print(who, "locking", ());
    match lock.lock_timeout(Duration::from_millis(WAIT_MS)) {
        Some(first) => {
            stage.print(who, "locked", ());
            let second = lock.lock();
            stage.print(who, "again", ());
            std::mem::forget((first, second));
        }
        None => stage.print(who, "blocked", ()),
    }
}

fn who_may(stage: &Stage) -> Result<(), LessonError> {
    let anybodys = Lock::new();
    let own = ReentrantLock::new(());
    let (anybodys, own) = (&anybodys, &own);
    thread::scope(|scope| {
        let first = scope.spawn(Some("thread 1"), move || {
            stage.print("thread 1", "locking", ());
            anybodys.acquire();
            stage.print("thread 1", "locked", ());
            if !anybodys.acquire_timeout(Duration::from_millis(WAIT_MS)) {
                stage.print("thread 1", "blocked", ());
            }
        });
        first.join()?;
        let second = scope.spawn(Some("thread 2"), move || {
            if anybodys.release().is_ok() {
                stage.print("thread 2", "released", ());
            }
            if anybodys.release().is_err() {
                stage.print("thread 2", "refused", ());
            }
        });
        second.join()?;
        let third = scope.spawn(Some("thread 3"), move || {
            stage.print("thread 3", "locking", ());
            let _first = own.lock();
            stage.print("thread 3", "locked", ());
            if let Some(_second) = own.try_lock() {
                stage.print("thread 3", "again", ());
            }
        });
        third.join()?;
        Ok(())
    })
}
