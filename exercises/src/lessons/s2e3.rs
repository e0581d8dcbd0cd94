//! A background process: one that nobody waits for, and that is ended when its time is over.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Step};

use super::counting::Counting;
use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::Semaphore;
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s2e3",
    files: &[],
    parameters: &[],
    always: &[NORMAL_WHOLE, OWN_PROCESSES, ALL_ENDED],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::ProperPrefix {
                    of: BACKGROUND,
                    steps: BACKGROUND_STEPS,
                },
                Rule::Result {
                    field: "background_exit_code",
                    is: Amount::Is(-15),
                },
                ONE_TURN_TIME,
            ],
            likely: &[
                Rule::AtMost {
                    of: Pick {
                        who: &["background"],
                        what: &["number"],
                    },
                    max: Amount::Is(3),
                },
                Rule::Last {
                    of: Pick {
                        who: &["normal"],
                        what: &["exit"],
                    },
                },
            ],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: BACKGROUND,
                    steps: BACKGROUND_STEPS,
                },
                ENDED_WELL,
                ONE_TURN_TIME,
            ],
            likely: &[
                Rule::Rising {
                    of: Pick::what(&["number"]),
                    field: "",
                },
                Rule::TimeAtMost {
                    ms: Amount::Is(1200),
                },
            ],
        },
        Scenario {
            guaranteed: &[
                Rule::AllBefore {
                    first: BACKGROUND,
                    then: NORMAL,
                },
                Rule::Exactly {
                    of: BACKGROUND,
                    steps: BACKGROUND_STEPS,
                },
                ENDED_WELL,
                Rule::AliveTogether {
                    kind: LaneKind::Process,
                    max: 1,
                },
                Rule::TimeAtLeast {
                    ms: Amount::Is(2400),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const BACKGROUND: Pick = Pick::who(&["background"]);
const NORMAL: Pick = Pick::who(&["normal"]);
const BACKGROUND_STEPS: &[Step] = &[
    Step::any("background", "start"),
    Step::number("background", "number", 0),
    Step::number("background", "number", 2),
    Step::number("background", "number", 4),
    Step::number("background", "number", 6),
    Step::number("background", "number", 8),
    Step::any("background", "exit"),
];
const NORMAL_WHOLE: Rule = Rule::Exactly {
    of: NORMAL,
    steps: &[
        Step::any("normal", "start"),
        Step::number("normal", "number", 1),
        Step::number("normal", "number", 3),
        Step::number("normal", "number", 5),
        Step::number("normal", "number", 7),
        Step::number("normal", "number", 9),
        Step::any("normal", "exit"),
    ],
};
const ENDED_WELL: Rule = Rule::Result {
    field: "background_exit_code",
    is: Amount::Is(0),
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Process,
};
const ALL_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(2),
};
const ONE_TURN_TIME: Rule = Rule::TimeAtLeast {
    ms: Amount::Is(1200),
};

const PAUSE_MS: u64 = 200;

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    // In scenario 1 the background process has work for longer than anybody waits: it takes its time, and then it
    // waits for more. So it is not luck that it never comes to its exit line.
    let more_work = Semaphore::new(0)?;
    let endless = stage.scene() == Scene::First;
    let counting = |who, from, pause_ms| Counting {
        stage,
        who,
        numbers: (from..10).step_by(2),
        pause_ms,
        pause_first: true,
        last: "exit",
        waits_for: None,
    };
    let background_pause = if endless { 2 * PAUSE_MS } else { PAUSE_MS };
    let mut background = Counting {
        waits_for: endless.then_some(&more_work),
        ..counting("background", 0, background_pause)
    }
    .into_process()
    .daemon(endless);
    let mut normal = counting("normal", 1, PAUSE_MS).into_process();

    background.start()?;
    if stage.scene() == Scene::Third {
        background.join()?;
    }
    normal.start()?;
    finish(&normal)?;
    if endless {
        background.terminate()?;
    }
    if stage.scene() != Scene::Third {
        background.join()?;
    }
    Ok(Outcome::none().with("background_exit_code", background.exit_code()))
}
