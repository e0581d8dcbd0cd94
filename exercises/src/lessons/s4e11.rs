//! Futures: jobs are submitted, and their results are taken as they are completed.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::panic;
use crate::stage::Stage;
use crate::sync::{ThreadPool, as_completed};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e11",
    files: &[],
    parameters: &[
        Parameter {
            name: "n_values",
            min: 0,
            // One worker needs half a second for each, and no run takes longer than a minute.
            max: 50,
            default: 5,
        },
        Parameter {
            name: "workers",
            min: 1,
            max: 16,
            default: 3,
        },
    ],
    always: &[EVERY_JOB, ROOTS, ALL_ENDED, NOT_BEFORE_DUE],
    scenarios: [
        Scenario {
            guaranteed: &[BEGIN_THEN_ROOT],
            likely: &[AS_DUE, SOON_AFTER],
        },
        Scenario {
            guaranteed: &[BEGIN_THEN_ROOT],
            likely: &[AS_DUE, SOON_AFTER],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::ALL,
                    words: &[
                        Word::Once("begin"),
                        Word::Optional("root"),
                        Word::Optional("failed"),
                    ],
                },
                Rule::Count {
                    of: FAILED,
                    is: Amount::Min(&Amount::Is(1), &N),
                },
                Rule::Count {
                    of: ROOT,
                    is: Amount::Minus(&N, &Amount::Min(&Amount::Is(1), &N)),
                },
            ],
            likely: &[SOON_AFTER],
        },
    ],
    run,
};

const JOB_MS: u64 = 500;

const N: Amount = Amount::Param("n_values");
const ROOT: Pick = Pick::what(&["root"]);
const FAILED: Pick = Pick::what(&["failed"]);

const BEGIN_THEN_ROOT: Rule = Rule::Within {
    of: Pick::ALL,
    words: &[Word::Once("begin"), Word::Once("root")],
};
const EVERY_JOB: Rule = Rule::Indices {
    of: Pick::what(&["root", "failed"]),
    from: 1,
    count: N,
};
const ROOTS: Rule = Rule::Roots { of: ROOT };
const AS_DUE: Rule = Rule::OrderedBy {
    of: ROOT,
    list: "due_ms",
    from: 1,
    names: &[],
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Param("workers"),
};
/// Jobs begin in the order in which they were submitted, each as soon as a worker is free: no run is faster.
const NOT_BEFORE_DUE: Rule = Rule::TimeAtLeast {
    ms: Amount::Largest("due_ms"),
};
const SOON_AFTER: Rule = Rule::TimeAtMost {
    ms: Amount::Largest("due_ms"),
};

/// When each job would be completed if nothing but the jobs themselves took time.
fn due(durations: &[u64], workers: usize) -> Vec<u64> {
    let mut free_at = vec![0; workers];
    durations
        .iter()
        .map(|duration| match free_at.iter_mut().min() {
            Some(first_free) => {
                *first_free += duration;
                *first_free
            }
            None => 0,
        })
        .collect()
}

fn root_of(stage: &Stage, number: usize, duration_ms: u64, fails: bool) -> f64 {
    stage.print(&format!("job {number}"), "begin", ());
    stage.sleep(duration_ms);
    if fails {
        // A panic, only without the message that `panic!` writes to stderr.
        panic::resume_unwind(Box::new("this job fails"));
    }
    ((number as f64).sqrt() * 10_000.0).round() / 10_000.0
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let n = stage.count("n_values") as usize;
    let workers = stage.count("workers") as usize;
    let failing = match stage.scene() {
        Scene::First | Scene::Second => None,
        Scene::Third => Some(n.div_ceil(2)),
    };
    // Falling from n steps to one; many jobs take smaller steps.
    let step_ms = if n <= 10 { 100 } else { 20 };
    let durations: Vec<u64> = (1..=n)
        .map(|number| match stage.scene() {
            Scene::First | Scene::Third => JOB_MS,
            Scene::Second => (n + 1 - number) as u64 * step_ms,
        })
        .collect();

    let pool = ThreadPool::named("pool", workers)?;
    let futures = (1..=n)
        .zip(&durations)
        .map(|(number, duration)| {
            let (stage, duration) = (stage.clone(), *duration);
            pool.submit(move || root_of(&stage, number, duration, failing == Some(number)))
        })
        .collect();
    for (place, result) in as_completed(futures) {
        let who = format!("job {}", place + 1);
        match result {
            Ok(root) => stage.print(&who, "root", root),
            Err(_) => stage.print(&who, "failed", ()),
        }
    }
    pool.shutdown();
    Ok(Outcome::none().with("due_ms", due(&durations, workers)))
}
