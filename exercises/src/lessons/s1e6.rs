//! A semaphore with no permits: consumers wait for what producers bring.
//!
//! The semaphore counts the items in a queue, so nothing is lost and nothing comes twice. With `shared_cell=1` there
//! is one cell in place of the queue, which the next producer overwrites: the mistake this exercise is about. The
//! counts hold even then; `result.mistaken` says how many items were not the ones that should have come.

use std::collections::VecDeque;

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::thread;
use crate::stage::Stage;
use crate::sync::{Mutex, Semaphore};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s1e6",
    files: &[],
    parameters: &[
        Parameter::count("n_threads"),
        Parameter::switch("shared_cell"),
    ],
    always: &[
        IN_TURN,
        NONE_LOST,
        NEVER_AHEAD,
        ALL_PRODUCE,
        ALL_CONSUME,
        WAITS,
        WAIT_THEN_CONSUME,
        PRODUCE_ONCE,
        EVERY_PRODUCER,
        EVERY_CONSUMER,
        NO_PERMITS,
        OWN_THREADS,
        ALL_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[Rule::TimeAtLeast {
                ms: Amount::IfAny(&N, &Amount::Is(200)),
            }],
            likely: &[
                EVERYBODY_WAITS,
                Rule::AllBefore {
                    first: Pick::what(&["wait"]),
                    then: Pick::what(&["produce"]),
                },
                Rule::Alternating {
                    a: "produce",
                    b: "consume",
                },
                Rule::TimeAtMost {
                    ms: Amount::Is(200),
                },
            ],
        },
        Scenario {
            guaranteed: &[],
            likely: &[],
        },
        Scenario {
            guaranteed: &[],
            likely: &[Rule::Count {
                of: Pick::what(&["wait"]),
                is: Amount::Is(0),
            }],
        },
    ],
    run,
};

const N: Amount = Amount::Param("n_threads");
const IN_TURN: Rule = Rule::Unless {
    param: "shared_cell",
    rule: &Rule::Fifo {
        put: "produce",
        take: "consume",
    },
};
const NONE_LOST: Rule = Rule::Unless {
    param: "shared_cell",
    rule: &Rule::SameValues {
        put: "produce",
        take: "consume",
    },
};
const NEVER_AHEAD: Rule = Rule::Balance {
    less: "consume",
    more: "produce",
};
const ALL_PRODUCE: Rule = Rule::Count {
    of: Pick::what(&["produce"]),
    is: N,
};
const ALL_CONSUME: Rule = Rule::Count {
    of: Pick::what(&["consume"]),
    is: N,
};
const WAITS: Rule = Rule::AtMost {
    of: Pick::what(&["wait"]),
    max: N,
};
const EVERYBODY_WAITS: Rule = Rule::Count {
    of: Pick::what(&["wait"]),
    is: N,
};
const WAIT_THEN_CONSUME: Rule = Rule::Within {
    of: Pick::who(&["consumer"]),
    words: &[Word::Optional("wait"), Word::Once("consume")],
};
const PRODUCE_ONCE: Rule = Rule::Within {
    of: Pick::who(&["producer"]),
    words: &[Word::Once("produce")],
};
const EVERY_PRODUCER: Rule = Rule::Indices {
    of: Pick::who(&["producer"]),
    from: 0,
    count: N,
};
const EVERY_CONSUMER: Rule = Rule::Indices {
    of: Pick::who(&["consumer"]),
    from: 0,
    count: N,
};
const NO_PERMITS: Rule = Rule::Result {
    field: "permits_left",
    is: Amount::Is(0),
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Thread,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Times(&Amount::Is(2), &N),
};

/// Where the items are between production and consumption.
enum Store {
    Queue(VecDeque<u32>),
    Cell(u32),
}

impl Store {
    fn put(&mut self, item: u32) {
        match self {
            Store::Queue(queue) => queue.push_back(item),
            Store::Cell(cell) => *cell = item,
        }
    }

    /// `None` only if the semaphore had counted wrongly.
    fn take(&mut self) -> Option<u32> {
        match self {
            Store::Queue(queue) => queue.pop_front(),
            Store::Cell(cell) => Some(*cell),
        }
    }
}

/// What the lock protects.
struct Shelf {
    store: Store,
    consumed: Vec<u32>,
}

struct Market<'a> {
    stage: &'a Stage,
    shelf: Mutex<Shelf>,
    items: Semaphore,
}

impl Market<'_> {
    fn produce(&self, who: &str, item: u32) {
        if self.stage.scene() == Scene::First {
            self.stage.sleep(200);
        }
        {
            // Said while the shelf is locked, so the lines are in the order in which the items went in.
            let mut shelf = self.shelf.lock();
            self.stage.print(who, "produce", item);
            shelf.store.put(item);
        }
        self.items.release();
    }

    fn consume(&self, who: &str) {
        // Whether there is something to wait for is decided inside, under the semaphore's own lock: asked from
        // outside, the answer would be old before it is used.
        self.items
            .acquire_noting(|| self.stage.print(who, "wait", ()));
        let mut shelf = self.shelf.lock();
        if let Some(item) = shelf.store.take() {
            self.stage.print(who, "consume", item);
            shelf.consumed.push(item);
        }
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let n = stage.count("n_threads");
    let mut items: Vec<u32> = (100..1000).collect();
    stage.random().shuffle(&mut items);
    items.truncate(n as usize);

    let shared_cell = stage.count("shared_cell") == 1;
    let store = if shared_cell {
        Store::Cell(0)
    } else {
        Store::Queue(VecDeque::new())
    };
    let market = Market {
        stage,
        shelf: Mutex::new(Shelf {
            store,
            consumed: Vec::new(),
        }),
        items: Semaphore::new(0),
    };
    let market = &market;

    thread::scope(|scope| {
        let mut threads = Vec::new();
        for (i, item) in (0..n).zip(items.iter().copied()) {
            let consumer = format!("consumer {i}");
            let producer = format!("producer {i}");
            let (consumer_name, producer_name) = (consumer.clone(), producer.clone());
            let consume = move || market.consume(&consumer_name);
            let produce = move || market.produce(&producer_name, item);
            if stage.scene() == Scene::Third {
                threads.push(scope.spawn(Some(&producer), produce));
                threads.push(scope.spawn(Some(&consumer), consume));
            } else {
                threads.push(scope.spawn(Some(&consumer), consume));
                threads.push(scope.spawn(Some(&producer), produce));
            }
        }
        for handle in threads {
            handle.join()?;
        }
        Ok::<(), LessonError>(())
    })?;

    let outcome = Outcome::none().with("permits_left", market.items.permits());
    if !shared_cell {
        return Ok(outcome);
    }
    let shelf = market.shelf.lock();
    let missing = items
        .iter()
        .filter(|item| !shelf.consumed.contains(item))
        .count();
    Ok(outcome.with("mistaken", missing))
}
