//! A queue between processes, and how one who takes from it finds the end.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Step, Word};
use serde_json::Value;

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::time::Duration;
use crate::process::{Event, Process, Queue, TryGetError};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e6",
    parameters: &[Parameter::count("n_items")],
    files: &[],
    always: &[IN_TURN, SAME_VALUES, OWN_PROCESS, ONE_ENDED],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[Step::any("producer", "put"), Step::any("main", "get")],
                },
                Rule::Result {
                    field: "taken",
                    is: Amount::Is(1),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                NEVER_AHEAD,
                Rule::Within {
                    of: Pick::who(&["main"]),
                    words: &[Word::Many("get"), Word::Once("blocked"), Word::Once("end")],
                },
                PUTS,
                ALL_PUT,
                ALL_TAKEN,
                END_LAST,
                Rule::TimeAtLeast {
                    ms: Amount::Is(PATIENCE.as_millis() as i64),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                NEVER_AHEAD,
                Rule::Within {
                    of: Pick::who(&["main"]),
                    words: &[Word::Many("get"), Word::Once("end")],
                },
                PUTS,
                ALL_PUT,
                ALL_TAKEN,
                END_LAST,
            ],
            likely: &[],
        },
    ],
    run,
};

/// How long main waits in vain before it says so.
const PATIENCE: Duration = Duration::from_millis(1000);
const PUT_MS: u64 = 50;

const N: Amount = Amount::Param("n_items");
const IN_TURN: Rule = Rule::Fifo {
    put: "put",
    take: "get",
};
const SAME_VALUES: Rule = Rule::SameValues {
    put: "put",
    take: "get",
};
const NEVER_AHEAD: Rule = Rule::Balance {
    less: "get",
    more: "put",
};
const PUTS: Rule = Rule::Within {
    of: Pick::who(&["producer"]),
    words: &[Word::Many("put")],
};
const ALL_PUT: Rule = Rule::Count {
    of: Pick::what(&["put"]),
    is: N,
};
const ALL_TAKEN: Rule = Rule::Result {
    field: "taken",
    is: N,
};
const END_LAST: Rule = Rule::Last {
    of: Pick::what(&["end"]),
};
const OWN_PROCESS: Rule = Rule::OwnLane {
    of: Pick::who(&["producer"]),
    kind: LaneKind::Process,
};
const ONE_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(1),
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    if stage.scene() == Scene::First {
        return one_value(stage);
    }
    let n = stage.count("n_items");
    let queue = Queue::<u32>::unbounded()?;
    // Until then the producer lives, and might put one more.
    let may_end = Event::new()?;
    let its_queue = queue.clone();
    let (scene, its_end) = (stage.scene(), &may_end);
    let mut producer = Process::borrowing("producer", move || {
        for item in 1..=n {
            stage.print("producer", "put", item);
            its_queue.put(item)?;
            stage.sleep(PUT_MS);
        }
        if scene == Scene::Third {
            its_queue.close();
        }
        its_end.wait()?;
        Ok::<(), LessonError>(())
    });
    producer.start()?;

    let mut taken = 0;
    while let Some(item) = next(stage, &queue, taken < n)? {
        stage.print("main", "get", item);
        taken += 1;
    }
    if scene == Scene::Second {
        stage.print("main", "blocked", ());
    }
    may_end.set();
    // In the second scenario the last process that could put ends only now, and so does the waiting.
    while queue.get()?.is_some() {
        taken += 1;
    }
    stage.print("main", "end", ());
    finish(&producer)?;
    Ok(Outcome::none().with("taken", taken))
}

/// The next item; none at the end of the queue, or when it did not come in good time. Those that are
/// still to come are waited for as long as it takes.
fn next(stage: &Stage, queue: &Queue<u32>, more_to_come: bool) -> Result<Option<u32>, LessonError> {
    if more_to_come || stage.scene() == Scene::Third {
        return Ok(queue.get()?);
    }
    match queue.get_timeout(PATIENCE) {
        Ok(item) => Ok(Some(item)),
        Err(TryGetError::Empty | TryGetError::Closed) => Ok(None),
        Err(TryGetError::Failed(error)) => Err(error.into()),
    }
}

fn one_value(stage: &Stage) -> Result<Outcome, LessonError> {
    let queue = Queue::<String>::unbounded()?;
    let mut producer = Process::borrowing("producer", || {
        let item = "test".to_owned();
        stage.print("producer", "put", item.as_str());
        queue.put(item)
    });
    producer.start()?;
    // Before reading: here that is no danger.
    finish(&producer)?;
    let item = queue.get()?;
    let taken = usize::from(item.is_some());
    stage.print("main", "get", item.map_or(Value::Null, Value::from));
    Ok(Outcome::none().with("taken", taken))
}
