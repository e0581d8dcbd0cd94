//! The text another program writes.

use recorder::order::{Amount, Pick, Rule, Scalar, Step, Want, Word};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::Subprocess;
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e1",
    parameters: &[],
    files: &[],
    always: &[],
    scenarios: [
        Scenario {
            guaranteed: &[
                ONE_TEXT,
                COMMAND_FIRST,
                WITHOUT_NEWLINE,
                SUCCESS,
                Rule::Programs {
                    count: Amount::Is(1),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                ONE_TEXT,
                COMMAND_FIRST,
                WITHOUT_NEWLINE,
                SUCCESS,
                Rule::Programs {
                    count: Amount::Is(1),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::text("main", "command", "date -u | wc"),
                        Step {
                            who: "main",
                            what: "counts",
                            want: Want::Fields(&[
                                ("lines", Scalar::Number(1)),
                                ("words", Scalar::Number(6)),
                            ]),
                        },
                    ],
                },
                Rule::ResultList {
                    field: "exit_codes",
                    is: &[0, 0],
                },
                Rule::Programs {
                    count: Amount::Is(2),
                },
            ],
            likely: &[Rule::Exactly {
                of: Pick::what(&["counts"]),
                steps: &[Step::fields(
                    "main",
                    "counts",
                    &[("bytes", Scalar::Number(29))],
                )],
            }],
        },
    ],
    run,
};

const OUTPUT: Pick = Pick::what(&["output"]);
const ONE_TEXT: Rule = Rule::Count {
    of: OUTPUT,
    is: Amount::Is(1),
};
const COMMAND_FIRST: Rule = Rule::Within {
    of: Pick::ALL,
    words: &[Word::Once("command"), Word::Once("output")],
};
const WITHOUT_NEWLINE: Rule = Rule::OneLine {
    of: OUTPUT,
    field: "",
};
const SUCCESS: Rule = Rule::ResultList {
    field: "exit_codes",
    is: &[0],
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    match stage.scene() {
        Scene::First => stage.print("main", "command", "date"),
        Scene::Second => stage.print("main", "command", "date -u"),
        Scene::Third => stage.print("main", "command", "date -u | wc"),
    }

    // What date writes depends on the language it is asked for: C is the plainest.
    let date = Subprocess::new("date").env("LC_ALL", "C");
    let output = match stage.scene() {
        Scene::First => date.output()?,
        Scene::Second => date.arg("-u").output()?,
        // The bar of a shell, without the shell.
        Scene::Third => date.arg("-u").pipe(Subprocess::new("wc")).output()?,
    };

    if stage.scene() == Scene::Third {
        let text = output.text();
        let mut counts = text.split_whitespace().map(str::parse::<u64>);
        let mut next = || counts.next().transpose();
        stage.print(
            "main",
            "counts",
            json!({"lines": next()?, "words": next()?, "bytes": next()?}),
        );
    } else {
        stage.print("main", "output", &*output.text());
    }
    Ok(Outcome::none().with("exit_codes", output.codes()))
}
