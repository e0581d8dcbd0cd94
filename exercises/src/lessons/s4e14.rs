//! Tasks and plain awaiting: when running things side by side saves time, and when it changes nothing.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step, Want};
use serde_json::json;

use crate::green;
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::time::{Duration, Instant};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e14",
    parameters: &[Parameter {
        name: "seconds",
        min: 0,
        max: 10,
        default: 2,
    }],
    files: &[],
    always: &[
        PHRASES,
        ONE_THREAD,
        NOBODY_ELSE,
        ELAPSED_LAST,
        ELAPSED_IS_RESULT,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[Rule::TimeAtLeast { ms: TWO_PAUSES }],
            likely: &[Rule::TimeAtMost { ms: TWO_PAUSES }],
        },
        Scenario {
            guaranteed: &[
                // One pause after the other.
                Rule::TimeAtLeast {
                    ms: Amount::Total("pauses_ms"),
                },
            ],
            likely: &[Rule::TimeAtMost { ms: TWO_PAUSES }],
        },
        Scenario {
            guaranteed: &[Rule::TimeAtLeast { ms: TWO_PAUSES }],
            // Plain awaiting would take three.
            likely: &[Rule::TimeAtMost { ms: TWO_PAUSES }],
        },
    ],
    run,
};

const TWO_PAUSES: Amount = Amount::Times(&Amount::Is(2000), &Amount::Param("seconds"));
const ELAPSED: Pick = Pick::what(&["elapsed"]);

const fn says(who: &'static str, words: &'static [(&'static str, Scalar)]) -> Step {
    Step {
        who,
        what: "say",
        want: Want::Fields(words),
    }
}

const PHRASES: Rule = Rule::Exactly {
    of: Pick::what(&["say"]),
    steps: &[
        says("say 1", &[("text", Scalar::Text("Surrender,"))]),
        says("say 2", &[("text", Scalar::Text("Dorothy!"))]),
        says("say 3", &[("text", Scalar::Text("hello"))]),
        says("say 4", &[("text", Scalar::Text("world"))]),
    ],
};
const ONE_THREAD: Rule = Rule::OneLane { of: Pick::ALL };
const NOBODY_ELSE: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Is(0),
};
const ELAPSED_LAST: Rule = Rule::Last { of: ELAPSED };
const ELAPSED_IS_RESULT: Rule = Rule::ResultIsValue {
    field: "elapsed_ms",
    of: ELAPSED,
};

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_micros() as f64 / 1000.0
}

/// What everybody here knows.
#[derive(Clone)]
struct Theatre {
    stage: Stage,
    begin: Instant,
    /// The pause after the first and the third phrase.
    long: Duration,
    /// The pause after the second and the fourth.
    short: Duration,
}

/// Says something, then waits.
async fn say(theatre: Theatre, number: u32, text: &'static str, pause: Duration) {
    let value = json!({"text": text, "ms": milliseconds(theatre.begin)});
    theatre.stage.print(&format!("say {number}"), "say", value);
    green::sleep(pause).await;
}

/// Two tasks at a time: the second begins when the first waits.
async fn with_tasks(theatre: &Theatre) -> Result<(), LessonError> {
    let Theatre { long, short, .. } = *theatre;
    for (number, texts) in [(1, ["Surrender,", "Dorothy!"]), (3, ["hello", "world"])] {
        let first = green::spawn("first", say(theatre.clone(), number, texts[0], long));
        let second = green::spawn("second", say(theatre.clone(), number + 1, texts[1], short));
        first.await?;
        second.await?;
    }
    Ok(())
}

/// Plain awaiting: the second begins when the first is over.
async fn one_by_one(theatre: &Theatre) {
    let Theatre { long, short, .. } = *theatre;
    say(theatre.clone(), 1, "Surrender,", long).await;
    say(theatre.clone(), 2, "Dorothy!", short).await;
    say(theatre.clone(), 3, "hello", long).await;
    say(theatre.clone(), 4, "world", short).await;
}

/// Two at a time without tasks: one future made of two.
async fn gathered(theatre: &Theatre) {
    let Theatre { long, short, .. } = *theatre;
    green::gather([
        say(theatre.clone(), 1, "Surrender,", long),
        say(theatre.clone(), 2, "Dorothy!", short),
    ])
    .await;
    green::gather([
        say(theatre.clone(), 3, "hello", long),
        say(theatre.clone(), 4, "world", short),
    ])
    .await;
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let seconds = u64::from(stage.count("seconds"));
    let (long_ms, short_ms) = match stage.scene() {
        Scene::First | Scene::Second => (1000 * seconds, 0),
        Scene::Third => (1000 * seconds, 500 * seconds),
    };
    let theatre = Theatre {
        stage: stage.clone(),
        begin: Instant::now(),
        long: Duration::from_millis(long_ms),
        short: Duration::from_millis(short_ms),
    };

    match stage.scene() {
        Scene::First => green::run(with_tasks(&theatre))??,
        Scene::Second => green::run(one_by_one(&theatre))?,
        Scene::Third => green::run(gathered(&theatre))?,
    }
    let elapsed_ms = milliseconds(theatre.begin);
    stage.print("main", "elapsed", elapsed_ms);
    Ok(Outcome::none()
        .with("elapsed_ms", elapsed_ms)
        .with("pauses_ms", vec![long_ms, short_ms, long_ms, short_ms]))
}
