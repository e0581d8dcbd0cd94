//! Washing and drying with threads: a queue between one washer and several dryers, and how they learn that the work
//! is over.
//!
//! The times are a tenth of the original's: half a second to wash, a second to dry.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::thread;
use crate::stage::Stage;
use crate::sync::Queue;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e9",
    files: &[],
    parameters: &[
        Parameter {
            name: "dishes",
            min: 0,
            // One dryer needs a second for each, and no run takes longer than a minute.
            max: 50,
            default: 4,
        },
        Parameter {
            name: "dryers",
            min: 1,
            max: 16,
            default: 2,
        },
    ],
    always: &[
        IN_ORDER,
        WASHED_FIRST,
        EACH_ONCE,
        DRY_THEN_LEAVE,
        OWN_THREADS,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Count {
                    of: BLOCKED,
                    is: Amount::Is(1),
                },
                Rule::Carries {
                    of: BLOCKED,
                    field: "",
                    is: DRYERS,
                },
                Rule::AllBefore {
                    first: Pick::what(&["wash", "dry"]),
                    then: BLOCKED,
                },
                Rule::AllBefore {
                    first: BLOCKED,
                    then: LEAVE,
                },
                EVERY_DRYER,
                ALL_ENDED,
                Rule::TimeAtLeast {
                    ms: Amount::Plus(&WORK, &Amount::Is(LOOK_MS as i64)),
                },
            ],
            likely: &[
                OUT_IN_ORDER,
                Rule::TimeAtMost {
                    ms: Amount::Plus(&WORK, &Amount::Is(LOOK_MS as i64)),
                },
            ],
        },
        Scenario {
            guaranteed: &[EVERY_DRYER, ALL_ENDED, Rule::TimeAtLeast { ms: WORK }],
            likely: &[OUT_IN_ORDER, Rule::TimeAtMost { ms: WORK }],
        },
        Scenario {
            guaranteed: &[
                OUT_IN_ORDER,
                Rule::Indices {
                    of: LEAVE,
                    from: 1,
                    count: Amount::Is(1),
                },
                Rule::AllEnded {
                    kind: LaneKind::Thread,
                    count: Amount::Is(1),
                },
                Rule::TimeAtLeast { ms: ALONE },
            ],
            likely: &[Rule::TimeAtMost { ms: ALONE }],
        },
    ],
    run,
};

const WASH_MS: u64 = 500;
const DRY_MS: u64 = 1000;
/// How long main looks whether the dryers end by themselves.
const LOOK_MS: u64 = 500;

const MENU: [&str; 4] = ["salad", "bread", "entree", "dessert"];

const N: Amount = Amount::Param("dishes");
const DRYERS: Amount = Amount::Param("dryers");
const WASH: Amount = Amount::Is(WASH_MS as i64);
const DRY: Amount = Amount::Is(DRY_MS as i64);
const BLOCKED: Pick = Pick::what(&["blocked"]);
const LEAVE: Pick = Pick::what(&["leave"]);

/// All washing and then the last drying; or, where the dryers are too slow, the first washing and then all the
/// drying, shared by the dryers.
const WORK: Amount = Amount::IfAny(
    &N,
    &Amount::Max(
        &Amount::Plus(&Amount::Times(&WASH, &N), &DRY),
        &Amount::Plus(&WASH, &Amount::Times(&DRY, &ROUNDS)),
    ),
);
const ROUNDS: Amount = Amount::Over(
    &Amount::Plus(&N, &Amount::Minus(&DRYERS, &Amount::Is(1))),
    &DRYERS,
);
const ALONE: Amount = Amount::IfAny(&N, &Amount::Plus(&WASH, &Amount::Times(&DRY, &N)));

const IN_ORDER: Rule = Rule::ResultLists {
    field: "dishes",
    of: Pick::what(&["wash"]),
};
const WASHED_FIRST: Rule = Rule::FollowsSame {
    first: "wash",
    then: "dry",
};
const EACH_ONCE: Rule = Rule::SameValues {
    put: "wash",
    take: "dry",
};
const OUT_IN_ORDER: Rule = Rule::Fifo {
    put: "wash",
    take: "dry",
};
const DRY_THEN_LEAVE: Rule = Rule::Within {
    of: Pick::who(&["dryer"]),
    words: &[Word::Many("dry"), Word::Once("leave")],
};
const EVERY_DRYER: Rule = Rule::Indices {
    of: LEAVE,
    from: 1,
    count: DRYERS,
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: Pick::who(&["dryer"]),
    kind: LaneKind::Thread,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: DRYERS,
};

/// salad, bread, entree, dessert, salad 2, ...
fn menu(dishes: u32) -> Vec<String> {
    (0..dishes as usize)
        .map(|i| match i / MENU.len() {
            0 => MENU[i].to_owned(),
            course => format!("{} {}", MENU[i % MENU.len()], course + 1),
        })
        .collect()
}

fn wash(stage: &Stage, dishes: &[String], rack: &Queue<String>) -> Result<(), LessonError> {
    for dish in dishes {
        stage.print("washer", "wash", dish.as_str());
        stage.sleep(WASH_MS);
        rack.put(dish.clone())?;
    }
    Ok(())
}

fn dry(stage: &Stage, who: &str, rack: &Queue<String>) {
    // Ends when the queue is closed and empty. In an endless loop around `get` it would wait for ever.
    for dish in rack {
        stage.print(who, "dry", dish);
        stage.sleep(DRY_MS);
        rack.task_done();
    }
    stage.print(who, "leave", ());
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let dishes = menu(stage.count("dishes"));
    let dryers = match stage.scene() {
        Scene::First | Scene::Second => stage.count("dryers"),
        Scene::Third => 1,
    };
    let rack = Queue::unbounded();
    let rack = &rack;

    thread::scope(|scope| {
        let mut threads = Vec::new();
        for number in 1..=dryers {
            let who = format!("dryer {number}");
            threads.push(scope.spawn(Some(&who.clone()), move || dry(stage, &who, rack)));
        }
        let washed = wash(stage, &dishes, rack);
        if stage.scene() == Scene::First {
            rack.join(); // until every dish is dry
            stage.sleep(LOOK_MS);
            let waiting = threads.iter().filter(|dryer| !dryer.is_finished()).count();
            stage.print("main", "blocked", waiting);
        }
        rack.close();
        for dryer in threads {
            dryer.join()?;
        }
        washed
    })?;
    Ok(Outcome::none().with("dishes", dishes))
}
