//! A barrier: three runners, and nobody passes before the third has arrived.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Step, Word};

use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::thread;
use crate::stage::Stage;
use crate::sync::Barrier;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s1e7",
    files: &[],
    parameters: &[],
    always: &[
        TOGETHER,
        ARRIVE_THEN_PASS,
        THREE_ARRIVE,
        THREE_PASS,
        BEGIN_FIRST,
        OVER_LAST,
        ONE_LEADER,
        OWN_THREADS,
        ALL_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[SLOWEST],
            likely: &[
                BY_DURATION,
                Rule::TimeAtMost {
                    ms: Amount::Largest("durations_ms"),
                },
            ],
        },
        Scenario {
            guaranteed: &[SLOWEST],
            likely: &[
                BY_DURATION,
                Rule::TimeAtMost {
                    ms: Amount::Largest("durations_ms"),
                },
            ],
        },
        Scenario {
            guaranteed: &[Rule::TimeAtLeast {
                ms: Amount::Is(3000),
            }],
            likely: &[
                Rule::Exactly {
                    of: ARRIVALS,
                    steps: &[
                        Step::any("Reza", "arrive"),
                        Step::any("Ali", "arrive"),
                        Step::any("Hassan", "arrive"),
                    ],
                },
                Rule::TimeAtMost {
                    ms: Amount::Is(3000),
                },
            ],
        },
    ],
    run,
};

const RUNNERS: [&str; 3] = ["Reza", "Ali", "Hassan"];
const ARRIVALS: Pick = Pick::what(&["arrive"]);
const PASSINGS: Pick = Pick::what(&["pass"]);
const BY_RUNNERS: Pick = Pick::who(&RUNNERS);

const TOGETHER: Rule = Rule::AllBefore {
    first: ARRIVALS,
    then: PASSINGS,
};
const ARRIVE_THEN_PASS: Rule = Rule::Within {
    of: BY_RUNNERS,
    words: &[Word::Once("arrive"), Word::Once("pass")],
};
const THREE_ARRIVE: Rule = Rule::Count {
    of: ARRIVALS,
    is: Amount::Is(3),
};
const THREE_PASS: Rule = Rule::Count {
    of: PASSINGS,
    is: Amount::Is(3),
};
const BEGIN_FIRST: Rule = Rule::First {
    of: Pick::what(&["begin"]),
};
const OVER_LAST: Rule = Rule::Last {
    of: Pick::what(&["over"]),
};
const ONE_LEADER: Rule = Rule::Result {
    field: "leaders",
    is: Amount::Is(1),
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: BY_RUNNERS,
    kind: LaneKind::Thread,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Is(3),
};
const SLOWEST: Rule = Rule::TimeAtLeast {
    ms: Amount::Largest("durations_ms"),
};
const BY_DURATION: Rule = Rule::OrderedBy {
    of: ARRIVALS,
    list: "durations_ms",
    from: 0,
    names: &RUNNERS,
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let mut random = stage.random();
    let durations = [1, 2, 3].map(|place| match stage.scene() {
        Scene::First => 1000 * random.u64(1..=3),
        Scene::Second => 1000 * place * random.u64(1..=3),
        Scene::Third => 1000 * place,
    });
    let barrier = Barrier::new(RUNNERS.len());
    let barrier = &barrier;

    stage.print("main", "begin", ());
    let leaders = thread::scope(|scope| {
        let mut runners = Vec::new();
        for (name, duration_ms) in RUNNERS.into_iter().zip(durations) {
            runners.push(scope.spawn(Some(name), move || {
                stage.sleep(duration_ms);
                stage.print(&thread::current_name(), "arrive", ());
                let arrival = barrier.wait();
                stage.print(&thread::current_name(), "pass", ());
                arrival
            }));
        }
        let mut leaders = Vec::new();
        for (name, runner) in RUNNERS.into_iter().zip(runners) {
            if runner.join()??.is_leader() {
                leaders.push(name);
            }
        }
        Ok::<_, LessonError>(leaders)
    })?;
    stage.print("main", "over", ());
    Ok(Outcome::none()
        .with("leaders", leaders.len())
        .with("leader", leaders.first().copied())
        .with("durations_ms", durations.to_vec()))
}
