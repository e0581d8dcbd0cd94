//! A lock: the whole of a thread's work is one critical section.
//!
//! n threads are started, so there are 2n + 1 lines: the last one is the time all of them took together.

use recorder::LaneKind;
use recorder::order::{Amount, Rule};

use super::racers::{
    ALL_ENDED, ALL_EXIT, ALL_START, ELAPSED_IS_RESULT, ELAPSED_LAST, EVERY_INDEX, N, ONE_PID,
    OWN_PID, OWN_THREADS, RACERS, START_THEN_EXIT, tell_elapsed,
};
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::atomic::{AtomicU64, Ordering};
use crate::primitive::{process, thread, time};
use crate::stage::Stage;
use crate::sync::Mutex;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s1e4",
    files: &[],
    parameters: &[Parameter::count("n_threads")],
    always: &[
        ONE_INSIDE,
        PAIRS,
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
        MOST_INSIDE,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[HALF_A_SECOND_EACH],
            likely: &[IN_ORDER],
        },
        Scenario {
            guaranteed: &[],
            likely: &[IN_ORDER],
        },
        Scenario {
            guaranteed: &[
                IN_ORDER,
                HALF_A_SECOND_EACH,
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

const ONE_INSIDE: Rule = Rule::Inside {
    enter: "start",
    leave: "exit",
    max: 1,
};
const PAIRS: Rule = Rule::Blocks { of: RACERS };
const IN_ORDER: Rule = Rule::Sequential {
    of: RACERS,
    from: 1,
};
const MOST_INSIDE: Rule = Rule::Result {
    field: "most_inside",
    is: Amount::IfAny(&N, &Amount::Is(1)),
};
const HALF_A_SECOND_EACH: Rule = Rule::TimeAtLeast {
    ms: Amount::Times(&Amount::Is(500), &N),
};

/// How many threads are in the section, and the most there have ever been: a lock is not believed, it is counted.
#[derive(Default)]
struct Inside {
    now: AtomicU64,
    most: AtomicU64,
}

struct Racer<'a> {
    stage: &'a Stage,
    name: String,
    inside: &'a Inside,
    lock: Option<&'a Mutex<()>>,
}

impl Racer<'_> {
    fn run(self) {
        let _guard = self.lock.map(Mutex::lock);
        let now = self.inside.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.inside.most.fetch_max(now, Ordering::SeqCst);
        self.stage.print(&self.name, "start", process::getpid());
        if self.stage.scene() != Scene::Second {
            self.stage.sleep(500);
        }
        self.stage.print(&self.name, "exit", process::getpid());
        self.inside.now.fetch_sub(1, Ordering::SeqCst);
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let lock = Mutex::new(());
    let inside = Inside::default();
    let joined_at_once = stage.scene() == Scene::Third;

    let begin = time::Instant::now();
    thread::scope(|scope| {
        let mut unjoined = Vec::new();
        for k in 1..=stage.count("n_threads") {
            let name = format!("thread {k}");
            let racer = Racer {
                stage,
                name: name.clone(),
                inside: &inside,
                lock: (!joined_at_once).then_some(&lock),
            };
            let handle = scope.spawn(Some(&name), move || racer.run());
            if joined_at_once {
                handle.join()?;
            } else {
                unjoined.push(handle);
            }
        }
        for handle in unjoined {
            handle.join()?;
        }
        Ok::<(), LessonError>(())
    })?;
    let elapsed_ms = tell_elapsed(stage, begin);
    Ok(Outcome::none()
        .with("elapsed_ms", elapsed_ms)
        .with("most_inside", inside.most.load(Ordering::SeqCst)))
}
