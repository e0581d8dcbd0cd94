//! An event: never set, set once for all, and set when everybody is ready.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step, Want, Word};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::Arc;
use crate::primitive::time::Duration;
use crate::stage::Stage;
use crate::sync::{Event, Semaphore, Thread, threads};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s6e11",
    parameters: &[Parameter::count("n_handlers")],
    files: &[],
    always: &[OWN_THREADS, ENDED],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: HANDLERS,
                    words: &[Word::Once("wait"), Word::Once("blocked")],
                },
                Rule::Indices {
                    of: Pick::what(&["wait"]),
                    from: 0,
                    count: N,
                },
                Rule::Exactly {
                    of: MAIN,
                    steps: &[
                        Step::any("main", "active"),
                        Step::any("main", "list"),
                        state(&[("set", Scalar::Truth(false))]),
                    ],
                },
                Rule::AllBefore {
                    first: Pick::what(&["wait"]),
                    then: MAIN,
                },
                Rule::ResultIsValue {
                    field: "active",
                    of: Pick::what(&["active"]),
                },
                Rule::Result {
                    field: "active",
                    is: Amount::Plus(&N, &Amount::Is(1)),
                },
                Rule::TimeAtLeast {
                    ms: Amount::IfAny(&N, &Amount::Is(WAIT_MS as i64)),
                },
            ],
            likely: &[Rule::AllBefore {
                first: MAIN,
                then: Pick::what(&["blocked"]),
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::Count {
                    of: PASS,
                    is: Amount::Times(&Amount::Is(PASSES as i64), &N),
                },
                Rule::Indices {
                    of: PASS,
                    from: 0,
                    count: N,
                },
                Rule::Exactly {
                    of: MAIN,
                    steps: &[
                        state(&[("set", Scalar::Truth(true))]),
                        state(&[("set", Scalar::Truth(true))]),
                    ],
                },
                Rule::TimeAtLeast {
                    ms: Amount::IfAny(&N, &Amount::Is((PASSES as u64 * PAUSE_MS) as i64)),
                },
            ],
            likely: &[Rule::TimeAtMost {
                ms: Amount::IfAny(&N, &Amount::Is((PASSES as u64 * PAUSE_MS) as i64)),
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::AllBefore {
                    first: Pick::what(&["started", "prepare"]),
                    then: Pick::what(&["sent"]),
                },
                Rule::Within {
                    of: HANDLERS,
                    words: &[Word::Once("prepare"), Word::Once("sent")],
                },
                Rule::Indices {
                    of: HANDLERS,
                    from: 0,
                    count: N,
                },
                Rule::Consecutive {
                    of: MAIN,
                    field: "",
                    from: 0,
                },
                Rule::Count {
                    of: Pick::what(&["started"]),
                    is: N,
                },
                Rule::TimeAtLeast {
                    ms: Amount::Times(&Amount::Is(START_MS as i64), &N),
                },
            ],
            likely: &[Rule::Balance {
                less: "started",
                more: "prepare",
            }],
        },
    ],
    run,
};

const WAIT_MS: u64 = 1000;
const PAUSE_MS: u64 = 200;
const PASSES: u32 = 3;
/// What main takes from one start to the next: most likely enough for the handler to prepare.
const START_MS: u64 = 20;

const N: Amount = Amount::Param("n_handlers");
const MAIN: Pick = Pick::who(&["main"]);
const HANDLERS: Pick = Pick::who(&["thread"]);
const PASS: Pick = Pick::what(&["pass"]);

const OWN_THREADS: Rule = Rule::OwnLane {
    of: HANDLERS,
    kind: LaneKind::Thread,
};
const ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: N,
};

const fn state(fields: &'static [(&'static str, Scalar)]) -> Step {
    Step {
        who: "main",
        what: "state",
        want: Want::Fields(fields),
    }
}

/// What main and the handlers share.
struct Shared {
    stage: Stage,
    event: Event,
    /// One permit for each handler that has come so far.
    arrived: Semaphore,
    /// Main has looked at who is there; before, nobody goes away.
    looked: Event,
}

impl Shared {
    fn handle(&self, who: &str) {
        let say = |what: &str| self.stage.print(who, what, ());
        match self.stage.scene() {
            Scene::First => {
                say("wait");
                self.arrived.release();
                if !self.event.wait_timeout(Duration::from_millis(WAIT_MS)) {
                    say("blocked");
                }
                self.looked.wait();
            }
            Scene::Second => {
                for pass in 0..PASSES {
                    self.event.wait();
                    self.stage.print(who, "pass", pass);
                    self.stage.sleep(PAUSE_MS);
                }
            }
            Scene::Third => {
                say("prepare");
                self.arrived.release();
                self.event.wait();
                say("sent");
            }
        }
    }

    fn say_whether_it_is_set(&self) {
        self.stage
            .print("main", "state", json!({"set": self.event.is_set()}));
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let n = stage.count("n_handlers");
    let shared = Arc::new(Shared {
        stage: stage.clone(),
        event: Event::new(),
        arrived: Semaphore::new(0),
        looked: Event::new(),
    });
    if stage.scene() == Scene::Second {
        shared.event.set();
        shared.say_whether_it_is_set();
    }
    let mut handlers = Vec::new();
    for i in 0..n {
        let (shared, who) = (shared.clone(), format!("thread {i}"));
        let handler = Thread::new(who.clone(), move || shared.handle(&who));
        handler.start()?;
        if stage.scene() == Scene::Third {
            stage.sleep(START_MS);
            stage.print("main", "started", i);
        }
        handlers.push(handler);
    }
    let mut outcome = Outcome::none();
    if stage.scene() != Scene::Second {
        // Counted, not guessed from the number of active threads.
        (0..n).for_each(|_| shared.arrived.acquire());
    }
    match stage.scene() {
        Scene::First => {
            let active = threads::enumerate();
            let names: Vec<String> = active.iter().map(Thread::name).collect();
            stage.print("main", "active", active.len());
            stage.print("main", "list", names.join(", "));
            shared.say_whether_it_is_set();
            shared.looked.set();
            outcome = outcome.with("active", active.len());
        }
        Scene::Second => {}
        Scene::Third => shared.event.set(),
    }
    for handler in handlers {
        handler.join()?;
    }
    if stage.scene() == Scene::Second {
        shared.say_whether_it_is_set();
    }
    Ok(outcome)
}
