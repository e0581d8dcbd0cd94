//! Condition and event: what remembers, and what forgets.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Step};

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::atomic::{AtomicBool, Ordering};
use crate::primitive::thread;
use crate::primitive::time::Duration;
use crate::stage::Stage;
use crate::sync::{Condition, Event, Semaphore};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s6e12",
    parameters: &[Parameter {
        name: "n_counts",
        min: 0,
        max: 100,
        default: 100,
    }],
    files: &[],
    always: &[OWN_THREADS],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Balance {
                    less: "event",
                    more: "notify",
                },
                Rule::Count {
                    of: NOTIFY,
                    is: TENS,
                },
                Rule::Count {
                    of: EVENT,
                    is: TENS,
                }, // Counts and notices together, none left out.
                Rule::Consecutive {
                    of: Pick::who(&["counter"]),
                    field: "",
                    from: 0,
                },
                Rule::Count {
                    of: Pick::who(&["counter"]),
                    is: N,
                },
                EVENTS_COUNT,
                EVENTS_SAID,
                ended(Amount::Is(2)),
                COUNTING_TIME,
            ],
            likely: &[Rule::Alternating {
                a: "notify",
                b: "event",
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::AllBefore {
                    first: SET,
                    then: EVENT,
                },
                Rule::Count {
                    of: SET,
                    is: Amount::Min(&Amount::Is(1), &N),
                },
                Rule::Consecutive {
                    of: COUNT,
                    field: "",
                    from: 1,
                },
                Rule::Count {
                    of: COUNT,
                    is: Amount::Max(&Amount::Is(0), &Amount::Minus(&N, &Amount::Is(1))),
                },
                Rule::AtMost {
                    of: EVENT,
                    max: Amount::Is(MOST_EVENTS as i64),
                },
                EVENTS_COUNT,
                EVENTS_SAID,
                ended(Amount::Is(2)),
                COUNTING_TIME,
            ],
            likely: &[Rule::ResultBetween {
                field: "events",
                min: 2,
                max: MOST_EVENTS as i64,
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::what(&["notify", "set", "lost", "passed", "notify_all"]),
                    steps: &[
                        Step::any("main", "notify"),
                        Step::any("main", "set"),
                        Step::any("waiter", "lost"),
                        Step::any("waiter", "passed"),
                        Step::any("main", "notify_all"),
                    ],
                },
                Rule::AllBefore {
                    first: Pick::what(&["notify_all"]),
                    then: WOKEN,
                },
                Rule::Count {
                    of: WOKEN,
                    is: TENS,
                },
                Rule::Indices {
                    of: WOKEN,
                    from: 0,
                    count: TENS,
                },
                Rule::ResultCounts {
                    field: "events",
                    of: WOKEN,
                },
                ended(Amount::Plus(&Amount::Is(1), &TENS)),
                Rule::TimeAtLeast {
                    ms: Amount::Is(PATIENCE_MS as i64),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const COUNT_MS: u64 = 20;
const EVENT_MS: u64 = 150;
const PATIENCE_MS: u64 = 500;
/// The event is never cleared, so the waiter would go on as long as the counter does.
const MOST_EVENTS: u32 = 50;

const N: Amount = Amount::Param("n_counts");
const TENS: Amount = Amount::Over(&Amount::Plus(&N, &Amount::Is(9)), &Amount::Is(10));
const COUNT: Pick = Pick::what(&["count"]);
const NOTIFY: Pick = Pick::what(&["notify"]);
const EVENT: Pick = Pick::what(&["event"]);
const SET: Pick = Pick::what(&["set"]);
const WOKEN: Pick = Pick::what(&["woken"]);

const EVENTS_COUNT: Rule = Rule::Consecutive {
    of: EVENT,
    field: "",
    from: 1,
};
const EVENTS_SAID: Rule = Rule::ResultCounts {
    field: "events",
    of: EVENT,
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: Pick::who(&["counter", "waiter"]),
    kind: LaneKind::Thread,
};
const COUNTING_TIME: Rule = Rule::TimeAtLeast {
    ms: Amount::Times(&Amount::Is(COUNT_MS as i64), &N),
};

const fn ended(count: Amount) -> Rule {
    Rule::AllEnded {
        kind: LaneKind::Thread,
        count,
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let events = match stage.scene() {
        Scene::First => condition(stage)?,
        Scene::Second => event(stage)?,
        Scene::Third => lost_and_for_all(stage)?,
    };
    Ok(Outcome::none().with("events", events))
}

/// What the counter tells the waiter. The condition itself remembers nothing; this does.
#[derive(Default)]
struct Notices {
    unseen: u32,
    no_more: bool,
}

fn condition(stage: &Stage) -> Result<u32, LessonError> {
    let notices = Condition::new(Notices::default());
    thread::scope(|scope| {
        let waiter = scope.spawn(Some("waiter"), || {
            let mut events = 0;
            loop {
                let mut notices = notices.lock();
                notices.wait_while(|notices| notices.unseen == 0 && !notices.no_more);
                if notices.unseen == 0 {
                    return events;
                }
                notices.unseen -= 1;
                events += 1;
                stage.print("waiter", "event", events);
            }
        });
        let counter = scope.spawn(Some("counter"), || {
            for count in 0..stage.count("n_counts") {
                if count % 10 == 0 {
                    let mut notices = notices.lock();
                    stage.print("counter", "notify", count);
                    notices.unseen += 1;
                    notices.notify_one();
                } else {
                    stage.print("counter", "count", count);
                }
                stage.sleep(COUNT_MS);
            }
            let mut notices = notices.lock();
            notices.no_more = true;
            notices.notify_one();
        });
        counter.join()?;
        Ok(waiter.join()?)
    })
}

fn event(stage: &Stage) -> Result<u32, LessonError> {
    let (event, over) = (Event::new(), AtomicBool::new(false));
    thread::scope(|scope| {
        let waiter = scope.spawn(Some("waiter"), || {
            for events in 0..MOST_EVENTS {
                event.wait();
                if over.load(Ordering::Relaxed) {
                    return events;
                }
                stage.print("waiter", "event", events + 1);
                stage.sleep(EVENT_MS);
            }
            MOST_EVENTS
        });
        let counter = scope.spawn(Some("counter"), || {
            for count in 0..stage.count("n_counts") {
                if count == 0 {
                    stage.print("counter", "set", ());
                    event.set();
                } else {
                    stage.print("counter", "count", count);
                }
                stage.sleep(COUNT_MS);
            }
            over.store(true, Ordering::Relaxed);
            // Where nothing was counted, the waiter still waits.
            event.set();
        });
        counter.join()?;
        Ok(waiter.join()?)
    })
}

fn lost_and_for_all(stage: &Stage) -> Result<u32, LessonError> {
    let (may_go, event) = (Condition::new(false), Event::new());
    let patience = Duration::from_millis(PATIENCE_MS);

    stage.print("main", "notify", 0);
    may_go.lock().notify_one();
    stage.print("main", "set", ());
    event.set();
    thread::scope(|scope| {
        let late = scope.spawn(Some("waiter"), || {
            if may_go
                .lock()
                .wait_timeout_while(patience, |may_go| !*may_go)
            {
                stage.print("waiter", "lost", ());
            }
            if event.wait_timeout(patience) {
                stage.print("waiter", "passed", ());
            }
        });
        late.join()?;
        Ok::<(), LessonError>(())
    })?;

    let waiters = stage.count("n_counts").div_ceil(10);
    let waiting = Semaphore::new(0);
    let (may_go, waiting) = (&may_go, &waiting);
    thread::scope(|scope| {
        let mut threads = Vec::new();
        for i in 0..waiters {
            let name = format!("waiter {i}");
            threads.push(scope.spawn(Some(&name), move || {
                let mut may_go = may_go.lock();
                waiting.release();
                may_go.wait_while(|may_go| !*may_go);
                stage.print(&thread::current_name(), "woken", ());
            }));
        }
        // Each says so under the lock and gives the lock back only by waiting: now all of them wait.
        (0..waiters).for_each(|_| waiting.acquire());
        let mut guard = may_go.lock();
        stage.print("main", "notify_all", ());
        *guard = true;
        guard.notify_all();
        drop(guard);
        for thread in threads {
            thread.join()?;
        }
        Ok(waiters)
    })
}
