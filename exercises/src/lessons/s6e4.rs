//! Several threads, one counter: without a lock updates are lost.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::atomic::{AtomicU64, Ordering};
use crate::primitive::thread;
use crate::stage::Stage;
use crate::sync::{Lock, Mutex};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s6e4",
    parameters: &[
        Parameter {
            name: "n_threads",
            min: 0,
            max: 64,
            default: 5,
        },
        Parameter {
            name: "n_rounds",
            min: 0,
            max: 4,
            default: 3,
        },
    ],
    files: &[],
    always: &[
        ALL_COUNT,
        EVERY_INDEX,
        TOTAL_LAST,
        TOTAL_SAID,
        OWN_THREADS,
        ALL_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Result {
                    field: "lost",
                    is: Amount::Minus(&UPDATES, &Amount::Result("total")),
                },
                Rule::ResultBetween {
                    field: "lost",
                    min: 0,
                    max: 64 * 4,
                },
                Rule::TimeAtLeast {
                    ms: Amount::IfAny(&N, &Amount::Times(&Amount::Is(RACE_MS as i64), &ROUNDS)),
                },
            ],
            likely: &[Rule::ResultBetween {
                field: "lost",
                min: 1,
                max: 64 * 4,
            }],
        },
        Scenario {
            guaranteed: &[
                ONE_BY_ONE,
                TOTAL,
                NONE_LOST,
                Rule::TimeAtLeast {
                    ms: Amount::Times(&Amount::Is(LONG_MS as i64), &UPDATES),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                ONE_BY_ONE,
                TOTAL,
                NONE_LOST,
                Rule::TimeAtLeast {
                    ms: Amount::Times(&Amount::Is(SHORT_MS as i64), &UPDATES),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const RACE_MS: u64 = 100;
const LONG_MS: u64 = 200;
const SHORT_MS: u64 = 20;

const N: Amount = Amount::Param("n_threads");
const ROUNDS: Amount = Amount::Param("n_rounds");
const UPDATES: Amount = Amount::Times(&N, &ROUNDS);
const COUNT: Pick = Pick::what(&["count"]);

const ONE_BY_ONE: Rule = Rule::Consecutive {
    of: COUNT,
    field: "",
    from: 1,
};
const ALL_COUNT: Rule = Rule::Count {
    of: COUNT,
    is: UPDATES,
};
const EVERY_INDEX: Rule = Rule::Indices {
    of: COUNT,
    from: 0,
    count: Amount::IfAny(&ROUNDS, &N),
};
const TOTAL_LAST: Rule = Rule::Last {
    of: Pick::what(&["total"]),
};
const TOTAL_SAID: Rule = Rule::ResultIsValue {
    field: "total",
    of: Pick::what(&["total"]),
};
const TOTAL: Rule = Rule::Result {
    field: "total",
    is: UPDATES,
};
const NONE_LOST: Rule = Rule::Result {
    field: "lost",
    is: Amount::Is(0),
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: COUNT,
    kind: LaneKind::Thread,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: N,
};

/// The same number in two dresses: one that anybody may read and write, and one behind a lock.
struct Counters<'a> {
    stage: &'a Stage,
    unlocked: AtomicU64,
    /// Guards `unlocked` in scenario 2, by agreement only.
    lock: Lock,
    locked: Mutex<u64>,
}

impl Counters<'_> {
    fn count(&self, who: &str) {
        match self.stage.scene() {
            Scene::First => self.read_pause_write(who, RACE_MS),
            Scene::Second => {
                self.lock.acquire();
                self.read_pause_write(who, LONG_MS);
                // Nobody else releases this lock, so it is held.
                let _ = self.lock.release();
            }
            Scene::Third => {
                let mut count = self.locked.lock();
                self.stage.sleep(SHORT_MS);
                *count += 1;
                self.stage.print(who, "count", *count);
            }
        }
    }

    /// Three steps where another thread can come between.
    fn read_pause_write(&self, who: &str, pause_ms: u64) {
        let read = self.unlocked.load(Ordering::Relaxed);
        self.stage.sleep(pause_ms);
        self.unlocked.store(read + 1, Ordering::Relaxed);
        self.stage.print(who, "count", read + 1);
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let (n, rounds) = (stage.count("n_threads"), stage.count("n_rounds"));
    let counters = Counters {
        stage,
        unlocked: AtomicU64::new(0),
        lock: Lock::new(),
        locked: Mutex::new(0),
    };
    let counters = &counters;
    thread::scope(|scope| {
        let mut threads = Vec::new();
        for i in 0..n {
            let name = format!("thread {i}");
            threads.push(scope.spawn(Some(&name), move || {
                for _ in 0..rounds {
                    counters.count(&thread::current_name());
                }
            }));
        }
        threads.into_iter().try_for_each(|thread| thread.join())
    })?;
    let total = match stage.scene() {
        Scene::Third => *counters.locked.lock(),
        Scene::First | Scene::Second => counters.unlocked.load(Ordering::Relaxed),
    };
    stage.print("main", "total", total);
    Ok(Outcome::none()
        .with("total", total)
        .with("lost", u64::from(n * rounds) - total))
}
