//! A thread as a type of one's own.
//!
//! n threads are started, so there are 2n + 1 lines: the last one is the time all of them took together.

use recorder::order::{Amount, Rule};

use super::racers::{
    ALL_ENDED, ALL_EXIT, ALL_START, ELAPSED_IS_RESULT, ELAPSED_LAST, EVERY_INDEX, EXITS, ONE_PID,
    OWN_PID, OWN_THREADS, START_THEN_EXIT, STARTS, tell_elapsed,
};
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::{process, thread, time};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s1e3",
    files: &[],
    parameters: &[Parameter::count("n_threads")],
    always: &[
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
    scenarios: [
        Scenario {
            guaranteed: &[Rule::TimeAtLeast {
                ms: Amount::Largest("durations_ms"),
            }],
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
            guaranteed: &[],
            likely: &[],
        },
        Scenario {
            guaranteed: &[Rule::TimeAtLeast {
                ms: Amount::Largest("durations_ms"),
            }],
            likely: &[STARTS_BEFORE_EXITS],
        },
    ],
    run,
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
    let elapsed_ms = tell_elapsed(stage, begin);
    Ok(Outcome::none()
        .with("elapsed_ms", elapsed_ms)
        .with("durations_ms", durations))
}
