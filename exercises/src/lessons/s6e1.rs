//! Looking at a thread: name, identity, alive or not, and which threads there are.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step, Want};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::Arc;
use crate::stage::Stage;
use crate::sync::{Event, Thread, threads};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s6e1",
    parameters: &[Parameter {
        name: "n_rounds",
        min: 0,
        max: 100,
        default: 100,
    }],
    files: &[],
    always: &[COUNTS_UP, ALL_ROUNDS, RENAMED_ONCE, STAYS_RENAMED, LOOKS],
    scenarios: [
        Scenario {
            guaranteed: &[
                BLOCKS,
                ONE_IDENTITY,
                NEVER_MORE,
                Rule::Consecutive {
                    of: TICK,
                    field: "",
                    from: 0,
                },
                Rule::Count {
                    of: TICK,
                    is: Amount::Is(5),
                },
                OWN_THREADS,
                ended(1),
                Rule::TimeAtLeast {
                    ms: Amount::Max(&ROUNDS, &Amount::Is(5 * TICK_MS as i64)),
                },
            ],
            likely: &[
                Rule::Prefix {
                    of: ACTIVE,
                    steps: &[
                        TWO, ALONE, ALONE, ALONE, ALONE, ALONE, ALONE, ALONE, ALONE, ALONE,
                    ],
                },
                Rule::Prefix {
                    of: ALIVE,
                    steps: &[LIVES, GONE, GONE, GONE, GONE, GONE, GONE, GONE, GONE, GONE],
                },
            ],
        },
        Scenario {
            guaranteed: &[
                NEVER_MORE,
                Rule::Indices {
                    of: TICK,
                    from: 1,
                    count: Amount::Is(3),
                },
                Rule::Count {
                    of: TICK,
                    is: Amount::Is(3 + 6 + 9),
                },
                Rule::Count {
                    of: IDENTITY,
                    is: Amount::Times(&Amount::Is(3), &TENS),
                },
                OWN_THREADS,
                ended(3),
                Rule::TimeAtLeast {
                    ms: Amount::Max(&ROUNDS, &Amount::Is(9 * TICK_MS as i64)),
                },
            ],
            likely: &[Rule::Prefix {
                of: ACTIVE,
                steps: &[
                    Step::number("main", "active", 4),
                    Step::number("main", "active", 3),
                    ALONE,
                    ALONE,
                    ALONE,
                    ALONE,
                    ALONE,
                    ALONE,
                    ALONE,
                    ALONE,
                ],
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::what(&["status"]),
                    steps: &[
                        fields(
                            "status",
                            &[
                                ("when", Scalar::Text("before")),
                                ("alive", Scalar::Truth(false)),
                            ],
                        ),
                        fields(
                            "status",
                            &[
                                ("when", Scalar::Text("running")),
                                ("alive", Scalar::Truth(true)),
                            ],
                        ),
                        fields(
                            "status",
                            &[
                                ("when", Scalar::Text("ended")),
                                ("alive", Scalar::Truth(false)),
                            ],
                        ),
                    ],
                },
                Rule::AllBefore {
                    first: Pick::what(&["status"]),
                    then: CURRENT,
                },
                BLOCKS,
                ONE_IDENTITY,
                Rule::Prefix {
                    of: ACTIVE,
                    steps: &[
                        ALONE, ALONE, ALONE, ALONE, ALONE, ALONE, ALONE, ALONE, ALONE, ALONE,
                    ],
                },
                Rule::Prefix {
                    of: ALIVE,
                    steps: &[GONE, GONE, GONE, GONE, GONE, GONE, GONE, GONE, GONE, GONE],
                },
                ended(1),
                Rule::TimeAtLeast { ms: ROUNDS },
            ],
            likely: &[],
        },
    ],
    run,
};

const ROUND_MS: u64 = 100;
const TICK_MS: u64 = 200;
/// How many rounds there are from one look at the threads to the next.
const LOOK_EVERY: u32 = 10;

const N: Amount = Amount::Param("n_rounds");
const TENS: Amount = Amount::Over(&Amount::Plus(&N, &Amount::Is(9)), &Amount::Is(10));
const ROUNDS: Amount = Amount::Times(&Amount::Is(ROUND_MS as i64), &N);
const CURRENT: Pick = Pick::what(&["current"]);
const TICK: Pick = Pick::what(&["tick"]);
const ACTIVE: Pick = Pick::what(&["active"]);
const ALIVE: Pick = Pick::what(&["alive"]);
const IDENTITY: Pick = Pick::what(&["identity"]);

const TWO: Step = Step::number("main", "active", 2);
const ALONE: Step = Step::number("main", "active", 1);
const LIVES: Step = fields("alive", &[("alive", Scalar::Truth(true))]);
const GONE: Step = fields("alive", &[("alive", Scalar::Truth(false))]);
const BY_BIRTH: Step = fields("name", &[("name", Scalar::Text("main"))]);
const RENAMED: Step = fields("name", &[("name", Scalar::Text("result"))]);

const COUNTS_UP: Rule = Rule::Consecutive {
    of: CURRENT,
    field: "",
    from: 0,
};
const ALL_ROUNDS: Rule = Rule::Count { of: CURRENT, is: N };
const RENAMED_ONCE: Rule = Rule::Prefix {
    of: Pick::what(&["name"]),
    steps: &[
        BY_BIRTH, RENAMED, RENAMED, RENAMED, RENAMED, RENAMED, RENAMED, RENAMED, RENAMED, RENAMED,
    ],
};
const STAYS_RENAMED: Rule = Rule::Same {
    of: Pick::what(&["renamed"]),
    field: "name",
};
const LOOKS: Rule = Rule::Result {
    field: "looks",
    is: TENS,
};
const BLOCKS: Rule = Rule::Count {
    of: Pick::what(&["active", "list", "alive", "identity", "name", "renamed"]),
    is: Amount::Times(&Amount::Is(6), &TENS),
};
const ONE_IDENTITY: Rule = Rule::Same {
    of: IDENTITY,
    field: "id",
};
const NEVER_MORE: Rule = Rule::NeverRising {
    of: ACTIVE,
    field: "",
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: TICK,
    kind: LaneKind::Thread,
};

const fn fields(what: &'static str, fields: &'static [(&'static str, Scalar)]) -> Step {
    Step {
        who: "main",
        what,
        want: Want::Fields(fields),
    }
}

const fn ended(count: i64) -> Rule {
    Rule::AllEnded {
        kind: LaneKind::Thread,
        count: Amount::Is(count),
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let looks = match stage.scene() {
        Scene::First => beside(stage, &[worker(stage, 1, 5)])?,
        Scene::Second => beside(
            stage,
            &[
                worker(stage, 1, 3),
                worker(stage, 2, 6),
                worker(stage, 3, 9),
            ],
        )?,
        Scene::Third => before_while_and_after(stage)?,
    };
    Ok(Outcome::none().with("looks", looks))
}

/// A thread that works for so many steps.
fn worker(stage: &Stage, number: u32, steps: u32) -> Thread {
    let (stage, who) = (stage.clone(), format!("thread {number}"));
    Thread::new(who.clone(), move || {
        for step in 0..steps {
            stage.print(&who, "tick", step);
            stage.sleep(TICK_MS);
        }
    })
}

fn beside(stage: &Stage, workers: &[Thread]) -> Result<u32, LessonError> {
    for worker in workers {
        worker.start()?;
    }
    let looks = look_again_and_again(stage, workers);
    for worker in workers {
        worker.join()?;
    }
    Ok(looks)
}

fn before_while_and_after(stage: &Stage) -> Result<u32, LessonError> {
    let status = |when: &str, thread: &Thread| {
        let alive = thread.is_alive();
        stage.print("main", "status", json!({"when": when, "alive": alive}));
    };
    let may_end = Arc::new(Event::new());
    let waiter = Thread::new("thread 1", {
        let may_end = may_end.clone();
        move || may_end.wait()
    });
    status("before", &waiter);
    waiter.start()?;
    status("running", &waiter);
    may_end.set();
    waiter.join()?;
    status("ended", &waiter);
    Ok(look_again_and_again(stage, &[waiter]))
}

fn look_again_and_again(stage: &Stage, workers: &[Thread]) -> u32 {
    let mut looks = 0;
    for round in 0..stage.count("n_rounds") {
        stage.sleep(ROUND_MS);
        stage.print("main", "current", round);
        if round % LOOK_EVERY == 0 {
            look(stage, workers);
            looks += 1;
        }
    }
    looks
}

fn look(stage: &Stage, workers: &[Thread]) {
    let names: Vec<String> = threads::enumerate().iter().map(Thread::name).collect();
    stage.print("main", "active", names.len());
    stage.print("main", "list", names.join(", "));
    for worker in workers {
        let (name, alive) = (worker.name(), worker.is_alive());
        stage.print("main", "alive", json!({"thread": name, "alive": alive}));
    }
    for worker in workers {
        let id = worker.id().map(|id| id.number());
        stage.print(
            "main",
            "identity",
            json!({"thread": worker.name(), "id": id}),
        );
    }
    let main = threads::main_thread();
    stage.print("main", "name", json!({"name": main.name()}));
    main.rename("result");
    stage.print("main", "renamed", json!({"name": main.name()}));
}
