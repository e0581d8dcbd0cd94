//! A thread as a type of one's own.
//!
//! n threads are started, so there are 2n + 1 lines: the last one is the time all of them took together.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};
use serde_json::Value;

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::{process, thread, time};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s1e3",
    parameters: &[Parameter::count("n_threads")],
    scenarios: [
        Scenario {
            guaranteed: &[
                START_THEN_EXIT,
                ALL_START,
                ALL_EXIT,
                EVERY_INDEX,
                ONE_PID,
                OWN_PID,
                OWN_THREADS,
                ALL_ENDED,
                ELAPSED_LAST,
                ELAPSED_IS_RESULT,
                Rule::TimeAtLeast {
                    ms: Amount::Largest("durations_ms"),
                },
            ],
            likely: &[
                STARTS_IN_ORDER,
                STARTS_BEFORE_EXITS,
                Rule::OrderedBy {
                    of: EXITS,
                    list: "durations_ms",
                    from: 1,
                    names: &[],
                },
                Rule::TimeAtMost {
                    ms: Amount::Largest("durations_ms"),
                },
            ],
        },
        Scenario {
            guaranteed: &[
                START_THEN_EXIT,
                ALL_START,
                ALL_EXIT,
                EVERY_INDEX,
                ONE_PID,
                OWN_PID,
                OWN_THREADS,
                ALL_ENDED,
                ELAPSED_LAST,
                ELAPSED_IS_RESULT,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                START_THEN_EXIT,
                ALL_START,
                ALL_EXIT,
                EVERY_INDEX,
                ONE_PID,
                OWN_PID,
                OWN_THREADS,
                ALL_ENDED,
                ELAPSED_LAST,
                ELAPSED_IS_RESULT,
                Rule::TimeAtLeast {
                    ms: Amount::Largest("durations_ms"),
                },
            ],
            likely: &[STARTS_BEFORE_EXITS],
        },
    ],
    run,
};

const N: Amount = Amount::Param("n_threads");
const STARTS: Pick = Pick::what(&["start"]);
const EXITS: Pick = Pick::what(&["exit"]);
const RACERS: Pick = Pick::what(&["start", "exit"]);
const ELAPSED: Pick = Pick::what(&["elapsed"]);

const START_THEN_EXIT: Rule = Rule::Within {
    of: RACERS,
    words: &[Word::Once("start"), Word::Once("exit")],
};
const ALL_START: Rule = Rule::Count { of: STARTS, is: N };
const ALL_EXIT: Rule = Rule::Count { of: EXITS, is: N };
const EVERY_INDEX: Rule = Rule::Indices {
    of: RACERS,
    from: 1,
    count: N,
};
const ONE_PID: Rule = Rule::Same {
    of: RACERS,
    field: "",
};
const OWN_PID: Rule = Rule::OwnPid {
    of: RACERS,
    field: "",
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: RACERS,
    kind: LaneKind::Thread,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: N,
};
const ELAPSED_LAST: Rule = Rule::Last { of: ELAPSED };
const ELAPSED_IS_RESULT: Rule = Rule::ResultIsValue {
    field: "elapsed_ms",
    of: ELAPSED,
};
const STARTS_IN_ORDER: Rule = Rule::Sequential {
    of: STARTS,
    from: 1,
};
const STARTS_BEFORE_EXITS: Rule = Rule::AllBefore {
    first: STARTS,
    then: EXITS,
};

/// A thread of our own kind: what it needs, and what it does.
struct Racer<'a> {
    stage: &'a Stage,
    name: String,
    duration_ms: u64,
}

impl Racer<'_> {
    fn run(self) {
        self.stage.print(&self.name, "start", process::getpid());
        if self.duration_ms > 0 {
            self.stage.sleep(self.duration_ms);
        }
        self.stage.print(&self.name, "exit", process::getpid());
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let mut random = stage.random();
    let durations: Vec<u64> = (0..stage.count("n_threads"))
        .map(|_| match stage.scene() {
            Scene::First => 1000 * random.u64(1..=3),
            Scene::Second => 0,
            Scene::Third => 1,
        })
        .collect();

    let begin = time::Instant::now();
    thread::scope(|scope| {
        let mut racers = Vec::new();
        for (k, duration_ms) in (1..).zip(&durations) {
            let name = format!("thread {k}");
            let racer = Racer {
                stage,
                name: name.clone(),
                duration_ms: *duration_ms,
            };
            racers.push(scope.spawn(Some(&name), move || racer.run()));
        }
        for racer in racers {
            racer.join()?;
        }
        Ok::<(), LessonError>(())
    })?;
    let elapsed_ms = Value::from(begin.elapsed().as_micros() as f64 / 1000.0);
    stage.print("main", "elapsed", elapsed_ms.clone());
    Ok(Outcome::none()
        .with("elapsed_ms", elapsed_ms)
        .with("durations_ms", durations))
}
