//! The re-entrant lock: `add` and `remove` hold it and call `execute`, which takes it again.

use std::cell::Cell;

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};

use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::thread;
use crate::stage::Stage;
use crate::sync::ReentrantLock;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s1e5",
    files: &[],
    parameters: &[],
    always: &[
        ADDS_DOWN,
        REMOVES_DOWN,
        TOTAL,
        ADDS,
        REMOVES,
        ADDS_RANGE,
        REMOVES_RANGE,
        OWN_THREADS,
        ALL_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[Rule::TimeAtLeast {
                ms: Amount::Times(&PAUSE, &Amount::Max(&A, &R)),
            }],
            likely: &[
                Rule::Alternating {
                    a: "add",
                    b: "remove",
                },
                Rule::TimeAtMost {
                    ms: Amount::Times(&PAUSE, &Amount::Max(&A, &R)),
                },
            ],
        },
        Scenario {
            guaranteed: &[],
            likely: &[Rule::Blocks { of: Pick::ALL }],
        },
        Scenario {
            guaranteed: &[
                Rule::AllBefore {
                    first: Pick::who(&["adder"]),
                    then: Pick::who(&["remover"]),
                },
                Rule::AliveTogether {
                    kind: LaneKind::Thread,
                    max: 1,
                },
                Rule::TimeAtLeast {
                    ms: Amount::Times(&PAUSE, &Amount::Plus(&A, &R)),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const PAUSE_MS: u64 = 200;
const PAUSE: Amount = Amount::Is(PAUSE_MS as i64);
const A: Amount = Amount::Result("adds");
const R: Amount = Amount::Result("removes");

const ADDS_DOWN: Rule = Rule::Countdown {
    who: "adder",
    begin: "begin",
    what: "add",
};
const REMOVES_DOWN: Rule = Rule::Countdown {
    who: "remover",
    begin: "begin",
    what: "remove",
};
const TOTAL: Rule = Rule::Result {
    field: "total",
    is: Amount::Minus(&A, &R),
};
const ADDS: Rule = Rule::ResultCounts {
    field: "adds",
    of: Pick::what(&["add"]),
};
const REMOVES: Rule = Rule::ResultCounts {
    field: "removes",
    of: Pick::what(&["remove"]),
};
const ADDS_RANGE: Rule = Rule::ResultBetween {
    field: "adds",
    min: 10,
    max: 15,
};
const REMOVES_RANGE: Rule = Rule::ResultBetween {
    field: "removes",
    min: 5,
    max: 10,
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Thread,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Is(2),
};

/// A box of items. Each method is safe to call by itself, and `add` and `remove` are made of `execute`:
/// that is why the same thread comes to the same lock twice.
struct ItemBox {
    total: ReentrantLock<Cell<i64>>,
}

impl ItemBox {
    fn execute(&self, change: i64) {
        let total = self.total.lock();
        total.set(total.get() + change);
    }

    fn add(&self) {
        let _held = self.total.lock();
        self.execute(1);
    }

    fn remove(&self) {
        let _held = self.total.lock();
        self.execute(-1);
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let mut random = stage.random();
    let adds = random.u32(10..=15);
    let removes = random.u32(5..=10);
    let items = ItemBox {
        total: ReentrantLock::new(Cell::new(0)),
    };
    let pause = || {
        if stage.scene() != Scene::Second {
            stage.sleep(PAUSE_MS);
        }
    };

    thread::scope(|scope| {
        let adder = scope.spawn(Some("adder"), || {
            stage.print("adder", "begin", adds);
            for remaining in (0..adds).rev() {
                items.add();
                stage.print("adder", "add", remaining);
                pause();
            }
        });
        let mut adder = Some(adder);
        if stage.scene() == Scene::Third
            && let Some(adder) = adder.take()
        {
            adder.join()?;
        }
        let remover = scope.spawn(Some("remover"), || {
            stage.print("remover", "begin", removes);
            for remaining in (0..removes).rev() {
                items.remove();
                stage.print("remover", "remove", remaining);
                pause();
            }
        });
        if let Some(adder) = adder {
            adder.join()?;
        }
        remover.join()?;
        Ok::<(), LessonError>(())
    })?;
    let total = items.total.lock().get();
    Ok(Outcome::none()
        .with("total", total)
        .with("adds", adds)
        .with("removes", removes))
}
