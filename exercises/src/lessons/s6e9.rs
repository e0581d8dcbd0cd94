//! A bounded semaphore: at most so many inside, and no release too many.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::atomic::{AtomicU32, Ordering};
use crate::primitive::thread;
use crate::stage::Stage;
use crate::sync::BoundedSemaphore;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s6e9",
    parameters: &[
        Parameter::count("n_threads"),
        Parameter {
            name: "n_permits",
            min: 1,
            max: 64,
            default: 5,
        },
    ],
    files: &[],
    always: &[AT_MOST_INSIDE, ALL_BACK, REFUSED, REFUSED_LAST, OWN_THREADS],
    scenarios: [
        Scenario {
            guaranteed: &[
                stays(N),
                Rule::DistinctWho {
                    of: ENTER,
                    max: Amount::Is(1),
                },
                ended(Amount::Is(1)),
                Rule::TimeAtLeast {
                    ms: Amount::Times(&Amount::Is(ALONE_MS as i64), &N),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                stays(N),
                Rule::Indices {
                    of: ENTER,
                    from: 0,
                    count: N,
                },
                ended(N),
                Rule::TimeAtLeast {
                    ms: Amount::Times(&Amount::Is(LONG_MS as i64), &waves(&N_ROUNDED)),
                },
            ],
            likely: &[
                IN_WAVES,
                Rule::Result {
                    field: "max_inside",
                    is: Amount::Min(&N, &PERMITS),
                },
            ],
        },
        Scenario {
            guaranteed: &[
                stays(TWICE),
                Rule::Indices {
                    of: ENTER,
                    from: 0,
                    count: TWICE,
                },
                ended(TWICE),
                Rule::TimeAtLeast {
                    ms: Amount::Times(&Amount::Is(SHORT_MS as i64), &waves(&TWICE_ROUNDED)),
                },
            ],
            likely: &[
                IN_WAVES,
                Rule::Result {
                    field: "max_inside",
                    is: Amount::Min(&TWICE, &PERMITS),
                },
            ],
        },
    ],
    run,
};

/// From one start to the next, so that they come in the order of their numbers, most likely.
const START_MS: u64 = 5;
const ALONE_MS: u64 = 100;
const LONG_MS: u64 = 360;
const SHORT_MS: u64 = 300;

const N: Amount = Amount::Param("n_threads");
const TWICE: Amount = Amount::Times(&Amount::Is(2), &N);
const PERMITS: Amount = Amount::Param("n_permits");
const N_ROUNDED: Amount = Amount::Plus(&N, &Amount::Minus(&PERMITS, &Amount::Is(1)));
const TWICE_ROUNDED: Amount = Amount::Plus(&TWICE, &Amount::Minus(&PERMITS, &Amount::Is(1)));
const ENTER: Pick = Pick::what(&["enter"]);

const AT_MOST_INSIDE: Rule = Rule::InsideUpTo {
    enter: "enter",
    leave: "leave",
    max: PERMITS,
};
const ALL_BACK: Rule = Rule::Result {
    field: "permits_left",
    is: PERMITS,
};
const REFUSED: Rule = Rule::ResultIsValue {
    field: "permits_left",
    of: Pick::what(&["refused"]),
};
const REFUSED_LAST: Rule = Rule::Last {
    of: Pick::what(&["refused"]),
};
const IN_WAVES: Rule = Rule::Sequential { of: ENTER, from: 0 };
const OWN_THREADS: Rule = Rule::OwnLane {
    of: Pick::who(&["thread"]),
    kind: LaneKind::Thread,
};

/// How often all permits are taken, one after another: the number divided by the permits, rounded up.
const fn waves(rounded: &'static Amount) -> Amount {
    Amount::Over(rounded, &PERMITS)
}

const fn stays(count: Amount) -> Rule {
    Rule::Count {
        of: ENTER,
        is: count,
    }
}

const fn ended(count: Amount) -> Rule {
    Rule::AllEnded {
        kind: LaneKind::Thread,
        count,
    }
}

struct Room<'a> {
    stage: &'a Stage,
    places: &'a BoundedSemaphore,
    inside: AtomicU32,
    most: AtomicU32,
}

impl Room<'_> {
    fn visit(&self, who: &str, stay_ms: u64) {
        let _permit = self.places.permit();
        self.stage.print(who, "enter", ());
        let inside = self.inside.fetch_add(1, Ordering::Relaxed) + 1;
        self.most.fetch_max(inside, Ordering::Relaxed);
        self.stage.sleep(stay_ms);
        self.inside.fetch_sub(1, Ordering::Relaxed);
        // Said before the permit goes back, so that nobody seems to come too early.
        self.stage.print(who, "leave", ());
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let n = stage.count("n_threads");
    let (threads, visits, stay_ms) = match stage.scene() {
        Scene::First => (1, n, ALONE_MS),
        Scene::Second => (n, 1, LONG_MS),
        Scene::Third => (2 * n, 1, SHORT_MS),
    };
    let places = BoundedSemaphore::new(stage.count("n_permits") as usize);
    let room = Room {
        stage,
        places: &places,
        inside: AtomicU32::new(0),
        most: AtomicU32::new(0),
    };
    let room = &room;
    thread::scope(|scope| {
        let mut handles = Vec::new();
        for i in 0..threads {
            let name = format!("thread {i}");
            handles.push(scope.spawn(Some(&name), move || {
                for _ in 0..visits {
                    room.visit(&thread::current_name(), stay_ms);
                }
            }));
            stage.sleep(START_MS);
        }
        handles.into_iter().try_for_each(|handle| handle.join())
    })?;
    if let Err(too_many) = places.release() {
        stage.print("main", "refused", too_many.permits);
    }
    Ok(Outcome::none()
        .with("max_inside", room.most.load(Ordering::Relaxed))
        .with("permits_left", places.permits()))
}
