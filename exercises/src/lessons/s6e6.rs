//! A timer: beside main, cancelled, and as a daemon.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Step};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::Arc;
use crate::primitive::time::Duration;
use crate::stage::Stage;
use crate::sync::{Mutex, Timer, threads};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s6e6",
    parameters: &[Parameter::count("interval")],
    files: &[],
    always: &[
        MAIN_COUNTS,
        TESTS_COUNT,
        TESTS_SAID,
        FINISH_LAST,
        OWN_THREAD,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Count {
                    of: MAIN,
                    is: Amount::Is(10),
                },
                Rule::Count {
                    of: TEST,
                    is: Amount::Is(TESTS as i64),
                },
                fired(Amount::Is(1)),
                ENDED,
                Rule::TimeAtLeast {
                    ms: Amount::Max(
                        &Amount::Is(10 * LONG_MS as i64),
                        &Amount::Plus(&INTERVAL, &Amount::Is((TESTS as u64 * SHORT_MS) as i64)),
                    ),
                },
            ],
            likely: &[Rule::Begins {
                of: Pick::ALL,
                steps: &[
                    Step::number("main", "main", 0),
                    Step::number("main", "main", 1),
                    Step::number("main", "main", 2),
                    Step::number("main", "main", 3),
                    Step::number("main", "main", 4),
                ],
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::Count {
                    of: MAIN,
                    is: Amount::Is(3),
                }, // Either it was in time and nothing happens, or all of it does.
                Rule::Count {
                    of: TEST,
                    is: Amount::Times(&Amount::Is(TESTS as i64), &Amount::Result("fired")),
                },
                fired(Amount::Minus(&Amount::Is(1), &Amount::Result("in_time"))),
                Rule::Count {
                    of: Pick::what(&["cancel"]),
                    is: Amount::Is(1),
                },
                ENDED,
                Rule::TimeAtLeast {
                    ms: Amount::Is(3 * SHORT_MS as i64),
                },
            ],
            likely: &[fired(Amount::Is(0))],
        },
        Scenario {
            guaranteed: &[
                Rule::Count {
                    of: MAIN,
                    is: Amount::Is(6),
                },
                Rule::AtMost {
                    of: TEST,
                    max: Amount::Is(MOST_TESTS as i64),
                },
                Rule::TimeAtLeast {
                    ms: Amount::Is(6 * BETWEEN_MS as i64),
                },
            ],
            likely: &[
                ENDED,
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::number("main", "main", 0),
                        Step::number("main", "main", 1),
                        Step::number("main", "main", 2),
                        Step::number("main", "main", 3),
                        Step::number("main", "main", 4),
                        Step::number("timer", "test", 0),
                        Step::number("main", "main", 5),
                        Step::number("timer", "test", 1),
                        Step::any("main", "finish"),
                    ],
                },
            ],
        },
    ],
    run,
};

/// What main pauses beside a timer that takes long, and what everybody pauses otherwise.
const LONG_MS: u64 = 200;
const SHORT_MS: u64 = 100;
/// Keeps main and a timer that were in step apart.
const BETWEEN_MS: u64 = 110;
const TESTS: u32 = 5;
/// The daemon would go on for ever; this is more than it ever gets done.
const MOST_TESTS: u32 = 100;

const INTERVAL: Amount = Amount::Times(&Amount::Is(100), &Amount::Param("interval"));
const MAIN: Pick = Pick::what(&["main"]);
const TEST: Pick = Pick::what(&["test"]);

const MAIN_COUNTS: Rule = Rule::Consecutive {
    of: MAIN,
    field: "",
    from: 0,
};
const TESTS_COUNT: Rule = Rule::Consecutive {
    of: TEST,
    field: "",
    from: 0,
};
const TESTS_SAID: Rule = Rule::ResultCounts {
    field: "tests",
    of: TEST,
};
const FINISH_LAST: Rule = Rule::Last {
    of: Pick::what(&["finish"]),
};
const OWN_THREAD: Rule = Rule::OwnLane {
    of: TEST,
    kind: LaneKind::Thread,
};
const ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Is(1),
};

const fn fired(is: Amount) -> Rule {
    Rule::Result { field: "fired", is }
}

/// How many tests have been printed.
type Tests = Arc<Mutex<u32>>;

/// What the timer does when it fires.
fn testing(stage: &Stage, most: u32, done: &Tests) -> impl FnOnce() + Send + use<> {
    let (stage, done) = (stage.clone(), done.clone());
    move || {
        for test in 0..most {
            {
                // Counted with the line or not at all, also where the timer is cut off.
                let mut done = done.lock();
                stage.print("timer", "test", test);
                *done += 1;
            }
            stage.sleep(SHORT_MS);
        }
    }
}

fn print_and_pause(stage: &Stage, times: u32, pause_ms: u64) {
    for count in 0..times {
        stage.print("main", "main", count);
        stage.sleep(pause_ms);
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let interval = Duration::from_millis(100 * u64::from(stage.count("interval")));
    let tests = Tests::default();
    let mut outcome = Outcome::none();
    match stage.scene() {
        Scene::First => {
            let timer = Timer::start(interval, testing(stage, TESTS, &tests));
            print_and_pause(stage, 10, LONG_MS);
            outcome = outcome.with("fired", u32::from(timer.join()?.is_some()));
        }
        Scene::Second => {
            let timer = Timer::start(interval / 2, testing(stage, TESTS, &tests));
            print_and_pause(stage, 3, SHORT_MS);
            let in_time = timer.cancel();
            stage.print("main", "cancel", json!({"in_time": in_time}));
            outcome = outcome
                .with("fired", u32::from(timer.join()?.is_some()))
                .with("in_time", u32::from(in_time));
        }
        Scene::Third => {
            let timer = Timer::daemon(interval / 2, testing(stage, MOST_TESTS, &tests));
            print_and_pause(stage, 6, BETWEEN_MS);
            threads::shut_down();
            // What the end has cancelled has not fired.
            outcome = outcome.with("fired", u32::from(!timer.cancel()));
        }
    }
    let tests = *tests.lock();
    stage.print("main", "finish", ());
    Ok(outcome.with("tests", tests))
}
