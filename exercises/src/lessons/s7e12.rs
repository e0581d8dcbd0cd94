//! A barrier between processes, which lets them through in groups.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{Barrier, BarrierError, Process};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e12",
    parameters: &[Parameter {
        name: "parties",
        min: 0,
        // The third scenario starts twice as many.
        max: 32,
        default: 5,
    }],
    files: &[],
    always: &[IN_GROUPS, ARRIVE_THEN_PASS, OWN_PROCESSES],
    scenarios: [
        Scenario {
            guaranteed: &[ALL_ARRIVE_FIRST, everybody(&PARTIES), all_ended(&PARTIES)],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                ALL_ARRIVE_FIRST,
                SLEPT,
                everybody(&PARTIES),
                all_ended(&PARTIES),
                LONGEST,
            ],
            likely: &[SHORTEST_FIRST, NO_LONGER],
        },
        Scenario {
            guaranteed: &[SLEPT, everybody(&TWICE), all_ended(&TWICE), LONGEST],
            likely: &[SHORTEST_FIRST, NO_LONGER],
        },
    ],
    run,
};

const PARTIES: Amount = Amount::Param("parties");
const TWICE: Amount = Amount::Times(&Amount::Is(2), &PARTIES);
const ARRIVE: Pick = Pick::what(&["arrive"]);

const ALL_ARRIVE_FIRST: Rule = Rule::AllBefore {
    first: ARRIVE,
    then: Pick::what(&["pass"]),
};
const IN_GROUPS: Rule = Rule::Groups {
    arrive: "arrive",
    pass: "pass",
    members: PARTIES,
};
const ARRIVE_THEN_PASS: Rule = Rule::Within {
    of: Pick::ALL,
    words: &[Word::Once("arrive"), Word::Once("pass")],
};
const SLEPT: Rule = Rule::FromList {
    of: ARRIVE,
    list: "durations_ms",
    from: 0,
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Process,
};
const LONGEST: Rule = Rule::TimeAtLeast {
    ms: Amount::Largest("durations_ms"),
};
const NO_LONGER: Rule = Rule::TimeAtMost {
    ms: Amount::Largest("durations_ms"),
};
const SHORTEST_FIRST: Rule = Rule::OrderedBy {
    of: ARRIVE,
    list: "durations_ms",
    from: 0,
    names: &[],
};

const fn everybody(count: &'static Amount) -> Rule {
    Rule::Indices {
        of: Pick::ALL,
        from: 0,
        count: *count,
    }
}

const fn all_ended(count: &'static Amount) -> Rule {
    Rule::AllEnded {
        kind: LaneKind::Process,
        count: *count,
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let parties = stage.count("parties") as usize;
    let processes = if stage.scene() == Scene::Third {
        2 * parties
    } else {
        parties
    };
    let mut random = stage.random();
    let durations: Vec<u64> = (0..processes)
        .map(|_| match stage.scene() {
            Scene::First => 0,
            Scene::Second | Scene::Third => random.u64(100..=1000),
        })
        .collect();

    let barrier = Barrier::new(parties)?;
    let mut started = Vec::new();
    for (number, duration_ms) in durations.iter().copied().enumerate() {
        let barrier = &barrier;
        let who = format!("process {number}");
        let mut process = Process::borrowing(who.clone(), move || {
            stage.sleep(duration_ms);
            stage.print(&who, "arrive", duration_ms);
            let arrival = barrier.wait()?;
            stage.print(&who, "pass", arrival.round());
            Ok::<(), BarrierError>(())
        });
        process.start()?;
        started.push(process);
    }
    for process in &started {
        finish(process)?;
    }
    Ok(Outcome::none().with("durations_ms", durations))
}
