//! A producer and a consumer with a queue between their processes.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{Process, Queue, pipe};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s2e6",
    files: &[],
    parameters: &[Parameter::count("n_products")],
    always: &[
        IN_TURN,
        ALL_APPENDED,
        EMPTY_ONCE,
        APPENDS,
        POPS_THEN_EMPTY,
        APPENDED,
        POPPED,
        APPENDED_ALL,
        OWN_PROCESSES,
        ALL_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                NEVER_AHEAD,
                ALL_POPPED,
                EMPTY_LAST,
                Rule::TimeAtLeast {
                    ms: Amount::Times(&Amount::Is(CONSUME_MS as i64), &N),
                },
            ],
            likely: &[Rule::TimeAtMost {
                ms: Amount::Times(&Amount::Is(CONSUME_MS as i64), &N),
            }],
        },
        Scenario {
            guaranteed: &[
                NEVER_AHEAD,
                Rule::AtMost { of: POP, max: N },
                Rule::TimeAtLeast {
                    ms: Amount::Times(&Amount::Is(PRODUCE_MS as i64), &N),
                },
            ],
            likely: &[Rule::AtMost {
                of: POP,
                max: Amount::Is(1),
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::AllBefore {
                    first: Pick::what(&["append"]),
                    then: Pick::what(&["pop", "empty"]),
                },
                ALL_POPPED,
                EMPTY_LAST,
                Rule::AliveTogether {
                    kind: LaneKind::Process,
                    max: 1,
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const PRODUCE_MS: u64 = 200;
const CONSUME_MS: u64 = 400;

const N: Amount = Amount::Param("n_products");
const APPEND: Pick = Pick::what(&["append"]);
const POP: Pick = Pick::what(&["pop"]);
const EMPTY: Pick = Pick::what(&["empty"]);

const IN_TURN: Rule = Rule::Fifo {
    put: "append",
    take: "pop",
};
const NEVER_AHEAD: Rule = Rule::Balance {
    less: "pop",
    more: "append",
};
const ALL_APPENDED: Rule = Rule::Count { of: APPEND, is: N };
const ALL_POPPED: Rule = Rule::Count { of: POP, is: N };
const EMPTY_ONCE: Rule = Rule::Count {
    of: EMPTY,
    is: Amount::Is(1),
};
const EMPTY_LAST: Rule = Rule::Last { of: EMPTY };
const APPENDS: Rule = Rule::Within {
    of: Pick::who(&["producer"]),
    words: &[Word::Many("append")],
};
const POPS_THEN_EMPTY: Rule = Rule::Within {
    of: Pick::who(&["consumer"]),
    words: &[Word::Many("pop"), Word::Once("empty")],
};
const APPENDED: Rule = Rule::ResultCounts {
    field: "appended",
    of: APPEND,
};
const POPPED: Rule = Rule::ResultCounts {
    field: "popped",
    of: POP,
};
const APPENDED_ALL: Rule = Rule::Result {
    field: "appended",
    is: N,
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Process,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(2),
};

fn produce(stage: &Stage, queue: &Queue<u32>) -> Result<u32, LessonError> {
    let products = stage.count("n_products");
    for product in 1..=products {
        // Said before it can be seen: nobody pops what was not yet appended.
        stage.print("producer", "append", product);
        queue.put(product)?;
        if stage.scene() != Scene::Third {
            stage.sleep(PRODUCE_MS);
        }
    }
    queue.close();
    Ok(products)
}

fn consume(stage: &Stage, queue: &Queue<u32>) -> Result<u32, LessonError> {
    let mut popped = 0;
    loop {
        let product = match stage.scene() {
            // Waits, and knows the end: the producer has closed the queue.
            Scene::First | Scene::Third => queue.get()?,
            // Takes "empty now" for the end.
            Scene::Second => queue.try_get().ok(),
        };
        let Some(product) = product else { break };
        stage.print("consumer", "pop", product);
        popped += 1;
        if stage.scene() == Scene::First {
            stage.sleep(CONSUME_MS);
        }
    }
    stage.print("consumer", "empty", ());
    Ok(popped)
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let queue = Queue::unbounded()?;
    // Processes share no variables: each reports its count by a message.
    let (report_appended, appended) = pipe::<u32>()?;
    let (report_popped, popped) = pipe::<u32>()?;

    let producer_queue = queue.clone();
    let mut producer = Process::borrowing("producer", move || {
        let count = produce(stage, &producer_queue)?;
        report_appended.send(count)?;
        Ok::<(), LessonError>(())
    });
    let consumer_queue = queue.clone();
    let mut consumer = Process::borrowing("consumer", move || {
        let count = consume(stage, &consumer_queue)?;
        report_popped.send(count)?;
        Ok::<(), LessonError>(())
    });

    producer.start()?;
    if stage.scene() == Scene::Third {
        finish(&producer)?;
    }
    consumer.start()?;
    finish(&consumer)?;
    if stage.scene() != Scene::Third {
        finish(&producer)?;
    }
    let (popped, appended) = (popped.recv()?, appended.recv()?);
    Ok(Outcome::none()
        .with("popped", popped)
        .with("appended", appended))
}
