//! UptimeSquirrel's tools: one check, what it may find, and how the owner hears of it.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step, Want};

use super::round::{down, tell};
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::time::Duration;
use crate::squirrel::{Log, Notify, Patient, Settings, Site, TestServer, Verdict, Webhook};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s3e3",
    files: &[],
    parameters: &[],
    always: &[SERVER_ENDED],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[found("up", UP), found("up", UP_BY_GET)],
                }, // The second site is asked twice.
                HEADS_2,
                GETS_1,
                Rule::Result {
                    field: "notified",
                    is: Amount::Is(0),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        found("down", MISSING),
                        found("notify", MISSING),
                        found("down", NOT_ALLOWED),
                        found("notify", NOT_ALLOWED),
                        found("down", BROKEN),
                        found("notify", BROKEN),
                    ],
                },
                HEADS_3,
                GETS_1, // As the owner's server counts them.
                THREE_NOTIFIED,
                THREE_PAUSES,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        found("down", SLOW),
                        found("notify", SLOW),
                        found("down", REFUSED),
                        found("notify", REFUSED),
                        found("down", UNKNOWN),
                        found("notify", UNKNOWN),
                    ],
                },
                THREE_NOTIFIED,
                Rule::TimeAtLeast {
                    ms: Amount::Is((TIMEOUT_MS + 3 * NOTIFY_MS) as i64),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

/// How long an answer is waited for.
const TIMEOUT_MS: u64 = 2000;
/// How long it takes to tell an owner.
const NOTIFY_MS: u64 = 500;

type Fields = &'static [(&'static str, Scalar)];

const fn found(what: &'static str, fields: Fields) -> Step {
    Step {
        who: "main",
        what,
        want: Want::Fields(fields),
    }
}

const UP: Fields = &[("site", Scalar::Number(0)), ("status", Scalar::Number(200))];
const UP_BY_GET: Fields = &[("site", Scalar::Number(1)), ("status", Scalar::Number(200))];
const MISSING: Fields = &[("site", Scalar::Number(0)), ("why", Scalar::Text("404"))];
const NOT_ALLOWED: Fields = &[("site", Scalar::Number(1)), ("why", Scalar::Text("405"))];
const BROKEN: Fields = &[("site", Scalar::Number(2)), ("why", Scalar::Text("500"))];
const SLOW: Fields = &[
    ("site", Scalar::Number(0)),
    ("why", Scalar::Text("timed-out")),
];
const REFUSED: Fields = &[
    ("site", Scalar::Number(1)),
    ("why", Scalar::Text("refused")),
];
const UNKNOWN: Fields = &[
    ("site", Scalar::Number(2)),
    ("why", Scalar::Text("bad-name")),
];

const HEADS_2: Rule = Rule::Result {
    field: "heads",
    is: Amount::Is(2),
};
const HEADS_3: Rule = Rule::Result {
    field: "heads",
    is: Amount::Is(3),
};
const GETS_1: Rule = Rule::Result {
    field: "gets",
    is: Amount::Is(1),
};
const THREE_NOTIFIED: Rule = Rule::Result {
    field: "notified",
    is: Amount::Is(3),
};
const THREE_PAUSES: Rule = Rule::TimeAtLeast {
    ms: Amount::Is(3 * NOTIFY_MS as i64),
};
const SERVER_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(1),
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let server = TestServer::start(Duration::ZERO)?;
    let settings = Settings {
        timeout: match stage.scene() {
            Scene::First | Scene::Second => Duration::from_secs(20),
            Scene::Third => Settings::scaled(Duration::from_millis(TIMEOUT_MS)),
        },
        proxy: false,
    };
    let addresses = match stage.scene() {
        Scene::First => vec![server.up(0), server.no_head(1)],
        Scene::Second => vec![
            server.status(404, 0),
            server.status(405, 1),
            server.status(500, 2),
        ],
        Scene::Third => vec![server.slow(0), server.refused(1), server.unknown(2)],
    };

    // In scenario 2 the owner has an address of his own, else there is a log.
    let webhook = Webhook::new(server.hook(), settings)?;
    let told = std::cell::Cell::new(0);
    let log = Log(|_: &Site, _: &Verdict| told.set(told.get() + 1));
    let owner: &dyn Notify = match stage.scene() {
        Scene::Second => &webhook,
        Scene::First | Scene::Third => &log,
    };

    let client = Patient::new(settings)?;
    for (number, address) in (0..).zip(addresses) {
        let site = Site { number, address };
        let verdict = client.check(&site.address)?;
        tell(stage, "main", &site, &verdict);
        if !verdict.is_up() {
            stage.sleep(NOTIFY_MS);
            owner.notify(&site, &verdict)?;
            stage.print("main", "notify", down(&site, &verdict));
        }
    }

    let counts = server.counts()?;
    server.stop()?;
    Ok(Outcome::none()
        .with("heads", counts.heads)
        .with("gets", counts.gets)
        .with("notified", counts.notified + told.get()))
}
