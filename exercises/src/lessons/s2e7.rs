//! A barrier between processes: p1 and p2 meet, p3 and p4 do not.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::{self, Barrier, BarrierError, Process};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s2e7",
    files: &[],
    parameters: &[],
    always: &[
        ARRIVE_THEN_PASS,
        ONLY_PASS,
        TWO_ARRIVE,
        FOUR_PASS,
        OWN_PID,
        DISTINCT_PIDS,
        OWN_PROCESSES,
        ALL_ENDED,
        SLOWER,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[MEET],
            likely: &[Rule::AllBefore {
                first: FREE_PASS,
                then: MEETING_PASS,
            }],
        },
        Scenario {
            guaranteed: &[],
            likely: &[Rule::OrderedBy {
                of: MEETING_PASS,
                list: "durations_ms",
                from: 1,
                names: &[],
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::AllBefore {
                    first: MEETING,
                    then: FREE,
                },
                MEET,
                Rule::AliveTogether {
                    kind: LaneKind::Process,
                    max: 2,
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const MEETING: Pick = Pick::who(&["p1", "p2"]);
const FREE: Pick = Pick::who(&["p3", "p4"]);
const MEETING_PASS: Pick = Pick {
    who: &["p1", "p2"],
    what: &["pass"],
};
const FREE_PASS: Pick = Pick {
    who: &["p3", "p4"],
    what: &["pass"],
};

const MEET: Rule = Rule::AllBefore {
    first: Pick {
        who: &["p1", "p2"],
        what: &["arrive"],
    },
    then: MEETING_PASS,
};
const ARRIVE_THEN_PASS: Rule = Rule::Within {
    of: MEETING,
    words: &[Word::Once("arrive"), Word::Once("pass")],
};
const ONLY_PASS: Rule = Rule::Within {
    of: FREE,
    words: &[Word::Once("pass")],
};
const TWO_ARRIVE: Rule = Rule::Count {
    of: Pick::what(&["arrive"]),
    is: Amount::Is(2),
};
const FOUR_PASS: Rule = Rule::Count {
    of: Pick::what(&["pass"]),
    is: Amount::Is(4),
};
const OWN_PID: Rule = Rule::OwnPid {
    of: Pick::ALL,
    field: "",
};
const DISTINCT_PIDS: Rule = Rule::Distinct {
    of: Pick::ALL,
    field: "",
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Process,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(4),
};
const SLOWER: Rule = Rule::TimeAtLeast {
    ms: Amount::Largest("durations_ms"),
};

fn with_barrier(
    stage: &Stage,
    duration_ms: u64,
    barrier: Option<&Barrier>,
) -> Result<(), BarrierError> {
    let name = process::current_name();
    stage.sleep(duration_ms);
    stage.print(&name, "arrive", process::id());
    if let Some(barrier) = barrier {
        barrier.wait()?;
    }
    stage.print(&name, "pass", process::id());
    Ok(())
}

fn without_barrier(stage: &Stage) {
    stage.print(&process::current_name(), "pass", process::id());
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let mut random = stage.random();
    let durations = [random.u64(50..=300), random.u64(50..=300)];
    let barrier = Barrier::new(2)?;
    let meeting_point = (stage.scene() != Scene::Second).then_some(&barrier);

    let mut started = Vec::new();
    for (name, duration_ms) in ["p1", "p2"].into_iter().zip(durations) {
        let mut process = Process::borrowing(name, move || {
            with_barrier(stage, duration_ms, meeting_point)
        });
        process.start()?;
        started.push(process);
    }
    if stage.scene() == Scene::Third {
        for process in started.drain(..) {
            finish(&process)?;
        }
    }
    for name in ["p3", "p4"] {
        let mut process = Process::borrowing(name, || without_barrier(stage));
        process.start()?;
        started.push(process);
    }
    for process in started {
        finish(&process)?;
    }
    Ok(Outcome::none().with("durations_ms", durations.to_vec()))
}
