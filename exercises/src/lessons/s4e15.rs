//! Beyond queues: a small broker between those who send and those who work.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use crate::broker::{Broker, Tally};
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::thread;
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e15",
    parameters: &[Parameter::count("load")],
    files: &[],
    always: &[HANDLED, ALL_HANDLED, OWN_THREADS, WORK_TAKES_TIME],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Count {
                    of: Pick::what(&["fire"]),
                    is: LOAD,
                },
                Rule::Rising {
                    of: Pick::what(&["fire"]),
                    field: "",
                },
                Rule::FollowsSame {
                    first: "fire",
                    then: "handle",
                },
                Rule::SameValues {
                    put: "fire",
                    take: "handle",
                },
                Rule::Result {
                    field: "accepted",
                    is: LOAD,
                },
                NONE_REFUSED,
                Rule::AllEnded {
                    kind: LaneKind::Thread,
                    count: CREW,
                },
            ],
            likely: &[Rule::AllBefore {
                first: Pick::what(&["fire"]),
                then: Pick::what(&["handle"]),
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::who(&["client"]),
                    words: &[Word::Once("ask"), Word::Once("reply")],
                },
                Rule::Indices {
                    of: Pick::what(&["reply"]),
                    from: 1,
                    count: LOAD,
                }, // Each reply belongs to the request of its own client.
                Rule::Distinct {
                    of: Pick::what(&["ask", "reply"]),
                    field: "",
                },
                Rule::FollowsSame {
                    first: "ask",
                    then: "handle",
                },
                Rule::FollowsSame {
                    first: "handle",
                    then: "reply",
                },
                NONE_REFUSED,
                Rule::AllEnded {
                    kind: LaneKind::Thread,
                    count: Amount::Plus(&CREW, &LOAD),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::ResultBetween {
                    field: "deepest",
                    min: 0,
                    max: ROOM as i64,
                }, // Nothing that was accepted is lost, and nothing refused is done.
                Rule::SameValues {
                    put: "accept",
                    take: "handle",
                },
                Rule::Count {
                    of: Pick {
                        who: &["patient"],
                        what: &["accept"],
                    },
                    is: PATIENT_LOAD,
                },
                Rule::Count {
                    of: Pick::what(&["accept", "refuse"]),
                    is: LOAD,
                },
                Rule::ResultCounts {
                    field: "accepted",
                    of: Pick::what(&["accept"]),
                },
                Rule::ResultCounts {
                    field: "refused",
                    of: Pick::what(&["refuse"]),
                },
                Rule::AllEnded {
                    kind: LaneKind::Thread,
                    count: Amount::Plus(&CREW, &Amount::Is(2)),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const WORKERS: usize = 2;
/// How many messages may wait in the third scenario.
const ROOM: usize = 3;
/// Room for the largest load.
const ROOM_FOR_ALL: usize = 64;
const WORK_MS: u64 = 100;

const LOAD: Amount = Amount::Param("load");
const CREW: Amount = Amount::Is(WORKERS as i64);
/// The larger half.
const PATIENT_LOAD: Amount = Amount::Over(&Amount::Plus(&LOAD, &Amount::Is(1)), &Amount::Is(2));

const NONE_REFUSED: Rule = Rule::Result {
    field: "refused",
    is: Amount::Is(0),
};
const HANDLED: Rule = Rule::ResultCounts {
    field: "handled",
    of: Pick::what(&["handle"]),
};
const ALL_HANDLED: Rule = Rule::Result {
    field: "handled",
    is: Amount::Result("accepted"),
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: Pick::what(&["handle"]),
    kind: LaneKind::Thread,
};
const WORK_TAKES_TIME: Rule = Rule::TimeAtLeast {
    ms: Amount::Times(
        &Amount::Is(WORK_MS as i64),
        &Amount::Over(
            &Amount::Plus(
                &Amount::Result("handled"),
                &Amount::Minus(&CREW, &Amount::Is(1)),
            ),
            &CREW,
        ),
    ),
};

/// The answer to a request says which one it answers.
struct Reply {
    number: u32,
}

fn broker(stage: &Stage, room: usize) -> Result<Broker<u32, Reply>, LessonError> {
    let stage = stage.clone();
    Ok(Broker::start(WORKERS, room, move |worker, message| {
        stage.print(&format!("worker {worker}"), "handle", message);
        stage.sleep(WORK_MS);
        Reply { number: message }
    })?)
}

/// The sender goes on at once, and never learns what became of a message.
fn fire_and_forget(stage: &Stage, load: u32) -> Result<Tally, LessonError> {
    let broker = broker(stage, ROOM_FOR_ALL)?;
    for message in 1..=load {
        stage.print("sender", "fire", message);
        broker.fire(message)?;
    }
    Ok(broker.shutdown())
}

/// Every client waits for the answer to its own request.
fn request_and_reply(stage: &Stage, load: u32) -> Result<Tally, LessonError> {
    let broker = broker(stage, ROOM_FOR_ALL)?;
    thread::scope(|scope| {
        let mut clients = Vec::new();
        for number in 1..=load {
            let who = format!("client {number}");
            let broker = &broker;
            clients.push(scope.spawn(Some(&who.clone()), move || {
                stage.print(&who, "ask", number);
                let reply = broker.ask(number)?.answer()?;
                stage.print(&who, "reply", reply.number);
                Ok::<(), LessonError>(())
            }));
        }
        for client in clients {
            client.join()??;
        }
        Ok::<(), LessonError>(())
    })?;
    Ok(broker.shutdown())
}

/// Two senders meet a queue that is too small for them.
fn back_pressure(stage: &Stage, load: u32) -> Result<Tally, LessonError> {
    let broker = broker(stage, ROOM)?;
    let patient_load = load.div_ceil(2);
    thread::scope(|scope| {
        let patient = scope.spawn(Some("patient"), || {
            for message in 1..=patient_load {
                // Waits while the queue is full: the sender becomes as slow as the workers.
                broker.fire(message)?;
                stage.print("patient", "accept", message);
            }
            Ok::<(), LessonError>(())
        });
        let hasty = scope.spawn(Some("hasty"), || {
            for message in patient_load + 1..=load {
                // Never waits: no room means no.
                match broker.try_fire(message) {
                    Ok(()) => stage.print("hasty", "accept", message),
                    Err(refused) => stage.print("hasty", "refuse", refused.message),
                }
            }
        });
        hasty.join()?;
        patient.join()?
    })?;
    Ok(broker.shutdown())
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let load = stage.count("load");
    let tally = match stage.scene() {
        Scene::First => fire_and_forget(stage, load)?,
        Scene::Second => request_and_reply(stage, load)?,
        Scene::Third => back_pressure(stage, load)?,
    };
    Ok(Outcome::none()
        .with("accepted", tally.accepted)
        .with("refused", tally.refused)
        .with("handled", tally.handled)
        .with("deepest", tally.deepest))
}
