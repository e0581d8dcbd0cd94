//! Dishwashers: main washes, other processes dry, and report each dish.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule};

use super::dishwashers::{
    ALL_DRIED, DRIED_IN_ORDER, DRY, WASH, WASHED_FIRST, WASHED_IN_ORDER, dish,
};
use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::time::Duration;
use crate::process::{Process, Receiver, Sender, pipe};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e7",
    parameters: &[Parameter {
        default: 4,
        ..Parameter::count("dishes")
    }],
    files: &[],
    always: &[
        WASHED_IN_ORDER,
        WASHED_FIRST,
        ALL_DRIED,
        ALL_WASHED,
        OWN_PROCESS,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                DONE_LAST,
                DRIED_IN_ORDER,
                ALL_REPORTED,
                ONE_ENDED,
                Rule::TimeAtLeast {
                    ms: ONE_AFTER_THE_OTHER,
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                DONE_LAST,
                Rule::Rising {
                    of: Pick::who(&["dryer 1"]),
                    field: "number",
                },
                Rule::Rising {
                    of: Pick::who(&["dryer 2"]),
                    field: "number",
                },
                ALL_REPORTED,
                Rule::AllEnded {
                    kind: LaneKind::Process,
                    count: Amount::Is(2),
                },
                Rule::TimeAtLeast {
                    ms: Amount::Plus(
                        &Amount::Times(&Amount::Is(WASH_MS as i64), &N),
                        &Amount::IfAny(&N, &Amount::Is(DRY_MS as i64)),
                    ),
                },
            ],
            likely: &[DRIED_IN_ORDER],
        },
        Scenario {
            guaranteed: &[
                DRIED_IN_ORDER,
                Rule::Count {
                    of: Pick::what(&["blocked"]),
                    is: Amount::IfAny(&N, &Amount::Is(1)),
                }, // How many came before main lost patience is a matter of time; one never came.
                Rule::AtMost {
                    of: Pick::what(&["done"]),
                    max: Amount::Minus(&Amount::Is(1), &Amount::IfAny(&N, &Amount::Is(1))),
                },
                Rule::ResultBetween {
                    field: "reports",
                    min: 0,
                    max: 63,
                },
                ONE_ENDED,
                Rule::TimeAtLeast {
                    ms: Amount::IfAny(&N, &Amount::Is(PATIENCE_MS as i64)),
                },
            ],
            likely: &[Rule::Result {
                field: "reports",
                is: Amount::Max(&Amount::Is(0), &Amount::Minus(&N, &Amount::Is(1))),
            }],
        },
    ],
    run,
};

const WASH_MS: u64 = 100;
const DRY_MS: u64 = 200;
/// How long main waits for one report.
const PATIENCE_MS: u64 = 1000;

const N: Amount = Amount::Param("dishes");
/// Each dish is dried by the only dryer, and the first one is washed before that.
const ONE_AFTER_THE_OTHER: Amount = Amount::Plus(
    &Amount::IfAny(&N, &Amount::Is(WASH_MS as i64)),
    &Amount::Times(&Amount::Is(DRY_MS as i64), &N),
);
const DONE_LAST: Rule = Rule::Last {
    of: Pick::what(&["done"]),
};
const ALL_WASHED: Rule = Rule::Count { of: WASH, is: N };
const ALL_REPORTED: Rule = Rule::Result {
    field: "reports",
    is: N,
};
const OWN_PROCESS: Rule = Rule::OwnLane {
    of: DRY,
    kind: LaneKind::Process,
};
const ONE_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(1),
};

/// Dries until the pipe ends, and reports each dish.
fn dryer(
    stage: &Stage,
    who: &str,
    dishes: &Receiver<u32>,
    reports: &Sender<u32>,
) -> Result<(), LessonError> {
    while let Some(number) = dishes.recv()? {
        stage.print(who, "dry", dish(number));
        stage.sleep(DRY_MS);
        let is_last = number == stage.count("dishes");
        if stage.scene() == Scene::Third && is_last {
            // The mistake: one way through the loop that reports nothing.
            continue;
        }
        reports.send(number)?;
    }
    Ok(())
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let dryers = if stage.scene() == Scene::Second { 2 } else { 1 };
    let n = stage.count("dishes");
    let (to_dry, washed) = pipe::<u32>()?;
    let (report, reports) = pipe::<u32>()?;

    let mut children = Vec::new();
    for number in 1..=dryers {
        let who = format!("dryer {number}");
        let (stage, dishes, report) = (stage.clone(), washed.clone(), report.clone());
        let mut child = Process::new(who.clone(), move || dryer(&stage, &who, &dishes, &report));
        child.start()?;
        children.push(child);
    }
    // These ends are for the dryers only.
    drop((washed, report));

    for number in 1..=n {
        stage.sleep(WASH_MS);
        // Said before anybody can dry it.
        stage.print("washer", "wash", dish(number));
        to_dry.send(number)?;
    }

    let mut reported = 0;
    while reported < n {
        let report = match stage.scene() {
            Scene::First | Scene::Second => reports.recv()?,
            // What is forgotten never comes: without a bound this would be for ever.
            Scene::Third => reports
                .recv_timeout(Duration::from_millis(PATIENCE_MS))
                .ok(),
        };
        if report.is_none() {
            break;
        }
        reported += 1;
    }
    match n - reported {
        0 => stage.print("main", "done", reported),
        missing => stage.print("main", "blocked", missing),
    }
    // The end of the pipe: the dryers go home.
    drop(to_dry);
    for child in &children {
        finish(child)?;
    }
    Ok(Outcome::none().with("reports", reported))
}
