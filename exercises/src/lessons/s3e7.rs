//! UptimeSquirrel, fourth version: a pool of processes.

use std::cell::OnceCell;

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};

use super::round::{self, Round, Sites, Squirrel};
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::{self, Pool};
use crate::squirrel::{Patient, Site, Verdict};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s3e7",
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
        OWN_PID,
        OWN_PROCESS,
        Rule::RisingEach {
            of: round::VERDICT,
            field: "site",
        },
        round::NO_THREADS,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::DistinctWho {
                    of: WORKERS,
                    max: W_PARAM,
                },
                Rule::Unless {
                    param: "sites",
                    rule: &Rule::AllEnded {
                        kind: LaneKind::Process,
                        count: Amount::Plus(&Amount::Is(1), &Amount::Min(&W_PARAM, &CHUNKS_PARAM)),
                    },
                },
                round::WORKERS_AT_ONCE,
                round::TIME_OF_WORKERS,
            ],
            likely: &[round::MUCH_FASTER],
        },
        Scenario {
            guaranteed: &[
                round::IN_ORDER,
                Rule::DistinctWho {
                    of: WORKERS,
                    max: W_1,
                },
                Rule::Unless {
                    param: "sites",
                    rule: &Rule::AllEnded {
                        kind: LaneKind::Process,
                        count: Amount::Plus(&Amount::Is(1), &Amount::Min(&W_1, &CHUNKS_1)),
                    },
                },
                round::ONE_AT_ONCE,
                round::TIME_OF_ONE,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::DistinctWho {
                    of: WORKERS,
                    max: W_16,
                },
                Rule::Unless {
                    param: "sites",
                    rule: &Rule::AllEnded {
                        kind: LaneKind::Process,
                        count: Amount::Plus(&Amount::Is(1), &Amount::Min(&W_16, &CHUNKS_16)),
                    },
                },
                round::SIXTEEN_AT_ONCE,
                round::TIME_OF_SIXTEEN,
            ],
            likely: &[round::MUCH_FASTER],
        },
    ],
    run,
};

const SITES: Amount = Amount::Result("sites");
const WORKERS: Pick = Pick::who(&["worker"]);
const W_PARAM: Amount = Amount::Param("workers");
const TURNS_PARAM: Amount = Amount::Times(&W_PARAM, &Amount::Is(4));
/// A worker takes so many sites at a time: about four turns for each, as in Python.
const CHUNK_PARAM: Amount = Amount::Max(
    &Amount::Is(1),
    &Amount::Over(
        &Amount::Plus(&SITES, &Amount::Minus(&TURNS_PARAM, &Amount::Is(1))),
        &TURNS_PARAM,
    ),
);
const CHUNKS_PARAM: Amount = Amount::Over(
    &Amount::Plus(&SITES, &Amount::Minus(&CHUNK_PARAM, &Amount::Is(1))),
    &CHUNK_PARAM,
);
const W_1: Amount = Amount::Is(1);
const TURNS_1: Amount = Amount::Times(&W_1, &Amount::Is(4));
/// A worker takes so many sites at a time: about four turns for each, as in Python.
const CHUNK_1: Amount = Amount::Max(
    &Amount::Is(1),
    &Amount::Over(
        &Amount::Plus(&SITES, &Amount::Minus(&TURNS_1, &Amount::Is(1))),
        &TURNS_1,
    ),
);
const CHUNKS_1: Amount = Amount::Over(
    &Amount::Plus(&SITES, &Amount::Minus(&CHUNK_1, &Amount::Is(1))),
    &CHUNK_1,
);
const W_16: Amount = Amount::Is(16);
const TURNS_16: Amount = Amount::Times(&W_16, &Amount::Is(4));
/// A worker takes so many sites at a time: about four turns for each, as in Python.
const CHUNK_16: Amount = Amount::Max(
    &Amount::Is(1),
    &Amount::Over(
        &Amount::Plus(&SITES, &Amount::Minus(&TURNS_16, &Amount::Is(1))),
        &TURNS_16,
    ),
);
const CHUNKS_16: Amount = Amount::Over(
    &Amount::Plus(&SITES, &Amount::Minus(&CHUNK_16, &Amount::Is(1))),
    &CHUNK_16,
);

const OWN_PID: Rule = Rule::IndexIsPid { of: WORKERS };
const OWN_PROCESS: Rule = Rule::OwnLane {
    of: WORKERS,
    kind: LaneKind::Process,
};

thread_local! {
    /// Each worker process makes its own client, once: a client has connections, and those cannot be shared.
    static CLIENT: OnceCell<Patient> = const { OnceCell::new() };
}

/// What a worker process does with a site.
fn work(squirrel: &Squirrel, site: &Site) -> Result<Verdict, LessonError> {
    let who = format!("worker {}", process::id());
    CLIENT.with(|client| {
        let client = match client.get() {
            Some(client) => client,
            None => {
                let made = Patient::new(squirrel.settings)?;
                client.get_or_init(|| made)
            }
        };
        squirrel.look(client, &who, site)
    })
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let workers = match stage.scene() {
        Scene::First => stage.count("workers"),
        Scene::Second => 1,
        Scene::Third => 16,
    };
    let round = Round::begin(stage, Sites::Mixed, workers)?;
    let outputs = Pool::map(workers as usize, &round.sites, |site| {
        work(&round.squirrel, site).map_err(|error| error.to_string())
    })?;
    // An error in a worker comes back like any other result; somebody has to look.
    let verdicts: Vec<Verdict> = outputs
        .into_iter()
        .collect::<Result<_, String>>()
        .map_err(WorkerFailed)?;
    round.end(&verdicts)
}

/// A worker could not do its job.
#[derive(Debug, thiserror::Error)]
#[error("a worker failed: {0}")]
struct WorkerFailed(String);
