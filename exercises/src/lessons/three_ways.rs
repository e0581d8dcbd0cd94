//! The same work done three ways: one after the other, in threads, in processes.
//!
//! Used by s3e1 (work that waits) and s3e2 (work that computes). The workers are written as Python would see them:
//! with `gil=1` they hold a model of CPython's lock, and with the default there is no lock, as in Rust and in
//! free-threaded Python.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};

use super::finish;
use crate::gil::{Gil, Running};
use crate::lesson::{LessonError, Outcome, Scene};
use crate::primitive::thread;
use crate::primitive::time::Instant;
use crate::process::{self, Process, pipe};
use crate::stage::Stage;

pub(super) const WORKERS: Amount = Amount::Param("workers");
const ELAPSED: Pick = Pick::what(&["elapsed"]);
pub(super) const ELAPSED_LAST: Rule = Rule::Last { of: ELAPSED };
pub(super) const ELAPSED_IS_RESULT: Rule = Rule::ResultIsValue {
    field: "elapsed_ms",
    of: ELAPSED,
};
pub(super) const NO_THREADS: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Is(0),
};
pub(super) const ALL_THREADS: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: WORKERS,
};
pub(super) const NO_PROCESSES: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(0),
};
pub(super) const ALL_PROCESSES: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: WORKERS,
};

/// Where a piece of work is done, in Python's words.
pub(super) struct Place {
    /// Who does it: `worker 3`.
    pub who: String,
    pub pid: i32,
    pub process: String,
    pub thread: String,
}

impl Place {
    fn here(number: u32) -> Place {
        let in_python = |name: String, main: &str| {
            if name == "main" {
                main.to_owned()
            } else {
                name
            }
        };
        Place {
            who: format!("worker {number}"),
            pid: process::id(),
            process: in_python(process::current_name(), "MainProcess"),
            thread: in_python(thread::current_name(), "MainThread"),
        }
    }
}

/// Does the work once for each worker, in the way the scenario says; then says how long it took. The results are
/// in the order of the workers.
pub(super) fn play(
    stage: &Stage,
    work: impl Fn(&Place, &mut Running<'_>) -> u64 + Sync,
) -> Result<(Vec<u64>, Outcome), LessonError> {
    let workers = stage.count("workers");
    let gil = if stage.count("gil") == 1 {
        Gil::new()
    } else {
        Gil::free_threaded()
    };
    let work = |number| work(&Place::here(number), &mut gil.enter());
    let work = &work;

    let begin = Instant::now();
    let results = match stage.scene() {
        Scene::First => (1..=workers).map(work).collect(),
        Scene::Second => thread::scope(|scope| {
            let threads: Vec<_> = (1..=workers)
                .map(|number| scope.spawn(Some(&format!("Thread-{number}")), move || work(number)))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join())
                .collect::<Result<Vec<u64>, _>>()
        })?,
        Scene::Third => {
            let mut started = Vec::new();
            for number in 1..=workers {
                // Processes share no variables: the result comes through a pipe. The child's copy of the lock is
                // its own, so it waits for nobody.
                let (report, result) = pipe::<u64>()?;
                let mut process = Process::borrowing(format!("Process-{number}"), move || {
                    report.send(work(number)).map_err(LessonError::from)
                });
                process.start()?;
                started.push((process, result));
            }
            let mut results = Vec::new();
            for (process, result) in started {
                results.extend(result.recv()?);
                finish(&process)?;
            }
            results
        }
    };
    let elapsed_ms = begin.elapsed().as_micros() as f64 / 1000.0;
    stage.print("main", "elapsed", elapsed_ms);
    let outcome = Outcome::none()
        .with("elapsed_ms", elapsed_ms)
        .with("handovers", gil.handovers());
    Ok((results, outcome))
}
