//! Three ways to call a program: for its bytes, for its exit code and text, for its exit code alone.

use recorder::order::{Amount, Pick, Rule, Scalar, Step, Word};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::Subprocess;
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e2",
    parameters: &[],
    files: &[],
    always: &[SUCCESS, ONE_PROGRAM],
    scenarios: [
        Scenario {
            guaranteed: &[Rule::Exactly {
                of: Pick::ALL,
                steps: &[
                    COMMAND,
                    // The newline is there.
                    Step::fields("main", "bytes", &[("last", Scalar::Number(10))]),
                ],
            }],
            likely: &[Rule::Exactly {
                of: Pick::what(&["bytes"]),
                steps: &[Step::fields(
                    "main",
                    "bytes",
                    &[("count", Scalar::Number(29))],
                )],
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        COMMAND,
                        Step::fields("main", "answer", &[("code", Scalar::Number(0))]),
                    ],
                },
                Rule::OneLine {
                    of: Pick::what(&["answer"]),
                    field: "text",
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::ALL,
                    words: &[
                        Word::Once("command"),
                        Word::Once("screen"),
                        Word::Once("code"),
                    ],
                },
                Rule::AllBefore {
                    first: Pick::what(&["screen"]),
                    then: Pick::what(&["code"]),
                },
                Rule::OneLine {
                    of: Pick::what(&["screen"]),
                    field: "",
                },
                Rule::ResultIsValue {
                    field: "exit_code",
                    of: Pick::what(&["code"]),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const COMMAND: Step = Step::text("main", "command", "date -u");
const SUCCESS: Rule = Rule::Result {
    field: "exit_code",
    is: Amount::Is(0),
};
const ONE_PROGRAM: Rule = Rule::Programs {
    count: Amount::Is(1),
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    stage.print("main", "command", "date -u");
    let date = Subprocess::new("date").arg("-u").env("LC_ALL", "C");

    let code = match stage.scene() {
        Scene::First => {
            let output = date.output()?;
            let (count, last) = (output.bytes.len(), output.bytes.last());
            stage.print("main", "bytes", json!({"count": count, "last": last}));
            output.code()
        }
        Scene::Second => {
            let output = date.output()?;
            let (code, text) = (output.code(), output.text());
            stage.print("main", "answer", json!({"code": code, "text": text}));
            code
        }
        Scene::Third => {
            // The screen of an exercise is its list of lines.
            let output = date.each_line(|line| stage.print("main", "screen", line))?;
            stage.print("main", "code", output.code());
            output.code()
        }
    };
    Ok(Outcome::none().with("exit_code", code))
}
