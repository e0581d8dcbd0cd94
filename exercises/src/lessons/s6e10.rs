//! A barrier for several, and what happens when one of them does not come.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::thread;
use crate::primitive::time::Duration;
use crate::stage::Stage;
use crate::sync::{Barrier, BarrierBroken};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s6e10",
    parameters: &[Parameter {
        name: "n_parties",
        min: 0,
        max: 64,
        default: 5,
    }],
    files: &[],
    always: &[OWN_THREADS],
    scenarios: [
        Scenario {
            guaranteed: &[
                TOGETHER,
                ARRIVE_THEN_PASS,
                ALL_ARRIVE,
                ALL_PASS,
                ONE_LEADER,
                WHOLE,
                ended(N),
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                TOGETHER,
                ARRIVE_THEN_PASS,
                ALL_ARRIVE,
                ALL_PASS,
                ONE_LEADER,
                WHOLE,
                ended(N),
                Rule::TimeAtLeast {
                    ms: Amount::Largest("durations_ms"),
                },
            ],
            likely: &[
                Rule::OrderedBy {
                    of: ARRIVE,
                    list: "durations_ms",
                    from: 0,
                    names: &[],
                },
                Rule::TimeAtMost {
                    ms: Amount::Largest("durations_ms"),
                },
            ],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::who(&["thread"]),
                    words: &[
                        Word::Once("arrive"),
                        Word::Optional("timed_out"),
                        Word::Optional("broken"),
                    ],
                },
                Rule::Indices {
                    of: ARRIVE,
                    from: 0,
                    count: COME,
                },
                Rule::Count {
                    of: PASS,
                    is: Amount::Is(0),
                },
                Rule::Count {
                    of: Pick::what(&["timed_out"]),
                    is: Amount::IfAny(&COME, &Amount::Is(1)),
                },
                Rule::Count {
                    of: Pick::what(&["broken"]),
                    is: Amount::Max(&Amount::Is(0), &Amount::Minus(&COME, &Amount::Is(1))),
                },
                Rule::Result {
                    field: "broken",
                    is: Amount::IfAny(&COME, &Amount::Is(1)),
                },
                Rule::Last {
                    of: Pick::what(&["reset"]),
                },
                ended(COME),
                Rule::TimeAtLeast {
                    ms: Amount::IfAny(&COME, &Amount::Is(PATIENCE_MS as i64)),
                },
            ],
            likely: &[Rule::TimeAtMost {
                ms: Amount::IfAny(&COME, &Amount::Is(PATIENCE_MS as i64)),
            }],
        },
    ],
    run,
};

const PATIENCE_MS: u64 = 500;

const N: Amount = Amount::Param("n_parties");
const COME: Amount = Amount::Max(&Amount::Is(0), &Amount::Minus(&N, &Amount::Is(1)));
const ARRIVE: Pick = Pick::what(&["arrive"]);
const PASS: Pick = Pick::what(&["pass"]);

const TOGETHER: Rule = Rule::AllBefore {
    first: ARRIVE,
    then: PASS,
};
const ARRIVE_THEN_PASS: Rule = Rule::Within {
    of: Pick::who(&["thread"]),
    words: &[Word::Once("arrive"), Word::Once("pass")],
};
const ALL_ARRIVE: Rule = Rule::Indices {
    of: ARRIVE,
    from: 0,
    count: N,
};
const ALL_PASS: Rule = Rule::Count { of: PASS, is: N };
const ONE_LEADER: Rule = Rule::Result {
    field: "leaders",
    is: Amount::Min(&Amount::Is(1), &N),
};
const WHOLE: Rule = Rule::Result {
    field: "broken",
    is: Amount::Is(0),
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: Pick::who(&["thread"]),
    kind: LaneKind::Thread,
};

const fn ended(count: Amount) -> Rule {
    Rule::AllEnded {
        kind: LaneKind::Thread,
        count,
    }
}

/// Comes to the barrier and says how it went; true if it was the one that opened it.
fn come(stage: &Stage, barrier: &Barrier, duration_ms: u64) -> bool {
    let who = thread::current_name();
    stage.sleep(duration_ms);
    stage.print(&who, "arrive", ());
    let passed = match stage.scene() {
        Scene::First | Scene::Second => barrier.wait(),
        Scene::Third => barrier.wait_timeout(Duration::from_millis(PATIENCE_MS)),
    };
    let word = match passed {
        Ok(_) => "pass",
        Err(BarrierBroken::TimedOut) => "timed_out",
        Err(BarrierBroken::ByAnother) => "broken",
    };
    stage.print(&who, word, ());
    passed.is_ok_and(|arrival| arrival.is_leader())
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let parties = stage.count("n_parties");
    let coming = match stage.scene() {
        Scene::First | Scene::Second => parties,
        Scene::Third => parties.saturating_sub(1),
    };
    let mut random = stage.random();
    let durations: Vec<u64> = (0..coming)
        .map(|_| match stage.scene() {
            Scene::Second => 100 * random.u64(3..=7),
            Scene::First | Scene::Third => 0,
        })
        .collect();
    let barrier = Barrier::new(parties as usize);
    let leaders = thread::scope(|scope| {
        let mut threads = Vec::new();
        for (i, duration_ms) in durations.iter().copied().enumerate() {
            let name = format!("thread {i}");
            let barrier = &barrier;
            threads.push(scope.spawn(Some(&name), move || come(stage, barrier, duration_ms)));
        }
        let mut leaders = 0;
        for thread in threads {
            leaders += u32::from(thread.join()?);
        }
        Ok::<u32, LessonError>(leaders)
    })?;
    let broken = barrier.is_broken();
    if stage.scene() == Scene::Third {
        barrier.reset();
        if !barrier.is_broken() {
            stage.print("main", "reset", ());
        }
    }
    Ok(Outcome::none()
        .with("leaders", leaders)
        .with("broken", u32::from(broken))
        .with("durations_ms", durations))
}
