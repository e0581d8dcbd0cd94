//! Ending a process that would go on: ask, wait for a bounded time, force.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step, Word};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::time::Duration;
use crate::process::{self, Process, Semaphore, Signal, pipe};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e5",
    parameters: &[Parameter {
        max: 20,
        default: 5,
        ..Parameter::count("seconds")
    }],
    files: &[],
    always: &[
        MAIN_FIRST,
        HONKS,
        WITHOUT_GAP,
        AT_MOST,
        OWN_PIDS,
        OWN_PROCESS,
        ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: MAIN,
                    words: &[
                        Word::Once("start"),
                        Word::Once("terminate"),
                        Word::Once("alive"),
                        Word::Once("over"),
                    ],
                },
                Rule::Last {
                    of: Pick::what(&["over"]),
                },
                BY_TERMINATE,
                TIME,
            ],
            likely: &[
                Rule::Exactly {
                    of: Pick::what(&["alive"]),
                    steps: &[Step::fields(
                        "main",
                        "alive",
                        &[("alive", Scalar::Truth(true))],
                    )],
                },
                ONE_A_SECOND,
            ],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: MAIN,
                    words: &[
                        Word::Once("start"),
                        Word::Once("terminate"),
                        Word::Once("ended"),
                    ],
                },
                ENDED_LAST,
                CODE_SHOWN,
                BY_TERMINATE,
                TIME,
            ],
            likely: &[ONE_A_SECOND],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: MAIN,
                    words: &[
                        Word::Once("start"),
                        Word::Once("terminate"),
                        Word::Once("alive"),
                        Word::Once("kill"),
                        Word::Once("ended"),
                    ],
                },
                Rule::Exactly {
                    of: Pick::what(&["alive"]),
                    steps: &[Step::fields(
                        "main",
                        "alive",
                        &[("alive", Scalar::Truth(true))],
                    )],
                },
                ENDED_LAST,
                CODE_SHOWN,
                Rule::Result {
                    field: "exit_code",
                    is: Amount::Is(-9),
                },
                Rule::TimeAtLeast {
                    ms: Amount::Plus(&MILLISECONDS, &Amount::Is(GRACE_MS as i64)),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

/// How often it would honk, if nobody ended it.
const MOST_HONKS: u32 = 100;
/// How long a process may take to end after it was asked to.
const GRACE_MS: u64 = 1000;

const SECONDS: Amount = Amount::Param("seconds");
const MILLISECONDS: Amount = Amount::Times(&Amount::Is(1000), &SECONDS);
const MAIN: Pick = Pick::who(&["main"]);
const LOOPY: Pick = Pick::who(&["loopy"]);
const HONK: Pick = Pick::what(&["honk"]);

const MAIN_FIRST: Rule = Rule::First {
    of: Pick {
        who: &["main"],
        what: &["start"],
    },
};
const HONKS: Rule = Rule::Within {
    of: LOOPY,
    words: &[Word::Once("start"), Word::Many("honk")],
};
const WITHOUT_GAP: Rule = Rule::Consecutive {
    of: HONK,
    field: "",
    from: 1,
};
const AT_MOST: Rule = Rule::AtMost {
    of: HONK,
    max: Amount::Is(MOST_HONKS as i64),
};
const ONE_A_SECOND: Rule = Rule::Count {
    of: HONK,
    is: SECONDS,
};
const ENDED_LAST: Rule = Rule::Last {
    of: Pick::what(&["ended"]),
};
const CODE_SHOWN: Rule = Rule::ResultIsValue {
    field: "exit_code",
    of: Pick::what(&["ended"]),
};
const BY_TERMINATE: Rule = Rule::Result {
    field: "exit_code",
    is: Amount::Is(-15),
};
const OWN_PIDS: Rule = Rule::OwnPid {
    of: Pick::what(&["start"]),
    field: "",
};
const OWN_PROCESS: Rule = Rule::OwnLane {
    of: LOOPY,
    kind: LaneKind::Process,
};
const ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(1),
};
const TIME: Rule = Rule::TimeAtLeast { ms: MILLISECONDS };

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    stage.print("main", "start", process::id());
    // Nobody ever allows it to stop honking: that it is ended is a promise, not a matter of time.
    let may_stop = Semaphore::new(0)?;
    let (say_ready, ready) = pipe::<()>()?;
    let mut loopy = Process::borrowing("loopy", || {
        if stage.scene() == Scene::Third {
            process::ignore(Signal::SIGTERM)?;
        }
        stage.print("loopy", "start", process::id());
        say_ready.send(())?;
        for number in 1..=MOST_HONKS {
            stage.sleep(500);
            stage.print("loopy", "honk", number);
            stage.sleep(500);
        }
        may_stop.acquire()?;
        Ok::<(), LessonError>(())
    });

    loopy.start()?;
    // From here on it lives, and is as stubborn as it wants to be.
    ready.recv()?;
    stage.sleep(1000 * u64::from(stage.count("seconds")));
    stage.print("main", "terminate", ());
    loopy.terminate()?;
    match stage.scene() {
        Scene::First => {
            stage.print("main", "alive", json!({"alive": loopy.is_alive()}));
            loopy.join()?;
            stage.print("main", "over", ());
        }
        Scene::Second => {
            loopy.join()?;
            stage.print("main", "ended", loopy.exit_code());
        }
        Scene::Third => {
            let ended = loopy.join_timeout(Duration::from_millis(GRACE_MS))?;
            stage.print("main", "alive", json!({"alive": !ended}));
            stage.print("main", "kill", ());
            loopy.kill()?;
            loopy.join()?;
            stage.print("main", "ended", loopy.exit_code());
        }
    }
    Ok(Outcome::none().with("exit_code", loopy.exit_code()))
}
