//! UptimeSquirrel, second version: threads that take their jobs from a queue.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Step};
use serde_json::json;

use super::round::{self, Round, Sites, Squirrel};
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::thread;
use crate::squirrel::{CheckError, Patient, Site, Verdict};
use crate::stage::Stage;
use crate::sync::{Mutex, Queue};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s3e5",
    files: round::FILES,
    parameters: &[round::N_SITES, round::WORKERS],
    always: &[
        round::ALL_SITES,
        round::EACH_ONCE,
        round::AS_KNOWN,
        round::SOME_DOWN,
        round::NOTIFIED_ONCE,
        round::NOTIFIED_AFTERWARDS,
        round::UP_COUNTED,
        round::DOWN_COUNTED,
        round::TOTAL_AFTERWARDS,
        round::ELAPSED_LAST,
        round::ELAPSED_IS_RESULT,
        FROM_THE_QUEUE,
        THREADS,
        ENDED,
        round::WORKERS_AT_ONCE,
        round::TIME_OF_WORKERS,
        round::SERVER_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                NONE_FAILED, // Nobody has closed the queue, so nobody can have ended.
                Rule::Exactly {
                    of: BLOCKED,
                    steps: &[Step::any("main", "blocked")],
                },
                Rule::Result {
                    field: "blocked",
                    is: W,
                },
                Rule::ResultIsValue {
                    field: "blocked",
                    of: BLOCKED,
                },
            ],
            likely: &[round::MUCH_FASTER],
        },
        Scenario {
            guaranteed: &[NONE_FAILED, NONE_BLOCKED],
            likely: &[round::MUCH_FASTER],
        },
        Scenario {
            guaranteed: &[
                Rule::Count {
                    of: FAILED,
                    is: Amount::Is(1),
                },
                FAILED_COUNTED,
                NONE_BLOCKED,
            ],
            likely: &[round::MUCH_FASTER],
        },
    ],
    run,
};

const W: Amount = Amount::Param("workers");
const FAILED: Pick = Pick::what(&["failed"]);
const BLOCKED: Pick = Pick::what(&["blocked"]);

/// The queue gives out the sites in the order of the list, and each worker does one after the other.
const FROM_THE_QUEUE: Rule = Rule::RisingEach {
    of: round::VERDICT,
    field: "site",
};
const THREADS: Rule = Rule::OwnLane {
    of: Pick::who(&["worker"]),
    kind: LaneKind::Thread,
};
const ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: W,
};
const NONE_FAILED: Rule = Rule::Count {
    of: FAILED,
    is: Amount::Is(0),
};
const FAILED_COUNTED: Rule = Rule::ResultCounts {
    field: "failed",
    of: FAILED,
};
const NONE_BLOCKED: Rule = Rule::Count {
    of: BLOCKED,
    is: Amount::Is(0),
};

/// A job that cannot be done: this is no address.
const POISON: &str = "poison";

/// Takes jobs until the queue is closed and empty. Gives back what could not be checked.
fn work(
    squirrel: &Squirrel,
    who: &str,
    jobs: &Queue<Site>,
    verdicts: &Mutex<Vec<Option<Verdict>>>,
) -> Result<usize, LessonError> {
    let client = Patient::new(squirrel.settings)?;
    let mut failed = 0;
    for site in jobs.iter() {
        // Whatever becomes of the job, it is reported as done, or `join` on the queue would wait for ever.
        let _done = Done(jobs);
        match squirrel.look(&client, who, &site) {
            Ok(verdict) => verdicts.lock()[site.number] = Some(verdict),
            // Not a site that is down, but a job that cannot be done. The worker goes on.
            Err(error) if error.is::<CheckError>() => {
                failed += 1;
                let job = json!({"site": site.number, "address": site.address});
                squirrel.stage.print(who, "failed", job);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(failed)
}

struct Done<'q>(&'q Queue<Site>);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.task_done();
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let workers = stage.count("workers");
    let round = Round::begin(stage, Sites::Mixed, workers)?;
    let jobs: Queue<Site> = Queue::unbounded();
    let verdicts = Mutex::new(vec![None; round.sites.len()]);

    let mut blocked = 0;
    let failed = thread::scope(|scope| {
        let mut team = Vec::new();
        for number in 1..=workers {
            let who = format!("worker {number}");
            let (squirrel, jobs, verdicts) = (&round.squirrel, &jobs, &verdicts);
            team.push(scope.spawn(Some(&who.clone()), move || {
                work(squirrel, &who, jobs, verdicts)
            }));
        }

        let (first_half, second_half) = round.sites.split_at(round.sites.len() / 2);
        let poison = (stage.scene() == Scene::Third).then(|| Site {
            number: round.sites.len(),
            address: POISON.to_owned(),
        });
        let all = first_half
            .iter()
            .cloned()
            .chain(poison)
            .chain(second_half.iter().cloned());
        let mut put = Ok(());
        for site in all {
            put = put.and(jobs.put(site));
        }
        if stage.scene() == Scene::First {
            // All jobs are done, and still nobody has told the workers that no more will come.
            jobs.join();
            stage.sleep(1000);
            blocked = team.iter().filter(|worker| !worker.is_finished()).count();
            stage.print("main", "blocked", blocked);
        }
        jobs.close();

        let mut failed = 0;
        for worker in team {
            failed += worker.join()??;
        }
        put?;
        Ok::<usize, LessonError>(failed)
    })?;

    let verdicts: Vec<Verdict> = verdicts.into_inner().into_iter().flatten().collect();
    let outcome = round.end(&verdicts)?;
    Ok(outcome.with("failed", failed).with("blocked", blocked))
}
