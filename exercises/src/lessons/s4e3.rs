//! One text that a shell takes apart, or a list of arguments that arrive as they are.

use recorder::order::{Amount, Pick, Rule, Scalar, Step};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::{Subprocess, SubprocessError};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e3",
    parameters: &[],
    files: &[],
    always: &[],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[ran(&[
                        ("by", Scalar::Text("shell")),
                        ("code", Scalar::Number(0)),
                        ("output", Scalar::Text("hello world")),
                    ])],
                },
                Rule::ResultList {
                    field: "exit_codes",
                    is: &[0],
                },
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
                    steps: &[ran(&[
                        ("by", Scalar::Text("list")),
                        ("code", Scalar::Number(0)),
                        ("output", Scalar::Text("hello world")),
                    ])],
                },
                Rule::ResultList {
                    field: "exit_codes",
                    is: &[0],
                },
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
                        ran(&[
                            ("command", Scalar::Text("exit 3")),
                            ("code", Scalar::Number(3)),
                        ]),
                        ran(&[
                            ("command", Scalar::Text("kill -9 $$")),
                            ("code", Scalar::Number(-9)),
                        ]),
                        ran(&[
                            ("by", Scalar::Text("list")),
                            ("code", Scalar::Number(0)),
                            ("output", Scalar::Text("a; exit 7")),
                        ]),
                        ran(&[
                            ("by", Scalar::Text("shell")),
                            ("code", Scalar::Number(7)),
                            ("output", Scalar::Text("a")),
                        ]),
                        Step::text("main", "missing", NO_PROGRAM),
                    ],
                },
                Rule::ResultList {
                    field: "exit_codes",
                    is: &[3, -9, 0, 7],
                },
                Rule::Programs {
                    count: Amount::Is(4),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const NO_PROGRAM: &str = "no-such-program";

const fn ran(fields: &'static [(&'static str, Scalar)]) -> Step {
    Step::fields("main", "run", fields)
}

/// Runs a program, tells about it and gives its exit code.
fn tell(
    stage: &Stage,
    by: &str,
    command: &str,
    program: Subprocess,
) -> Result<Option<i32>, LessonError> {
    let output = program.output()?;
    let (code, text) = (output.code(), output.text());
    stage.print(
        "main",
        "run",
        json!({"by": by, "command": command, "code": code, "output": text}),
    );
    Ok(code)
}

fn by_shell(stage: &Stage, script: &str) -> Result<Option<i32>, LessonError> {
    tell(stage, "shell", script, Subprocess::shell(script))
}

fn by_list(stage: &Stage, program: &str, arguments: &[&str]) -> Result<Option<i32>, LessonError> {
    let shown = format!("{program} {arguments:?}");
    tell(
        stage,
        "list",
        &shown,
        Subprocess::new(program).args(arguments),
    )
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let exit_codes = match stage.scene() {
        Scene::First => vec![by_shell(stage, "echo hello world")?],
        Scene::Second => vec![by_list(stage, "echo", &["hello", "world"])?],
        Scene::Third => {
            let exit_codes = vec![
                by_shell(stage, "exit 3")?,
                by_shell(stage, "kill -9 $$")?,
                // The same letters: one argument here ...
                by_list(stage, "echo", &["a; exit 7"])?,
                // ... and two commands there.
                by_shell(stage, "echo a; exit 7")?,
            ];
            match Subprocess::new(NO_PROGRAM).output() {
                Err(SubprocessError::NotFound(name)) => stage.print("main", "missing", name),
                Err(other) => return Err(other.into()),
                Ok(output) => stage.print("main", "run", output.code()),
            }
            exit_codes
        }
    };
    Ok(Outcome::none().with("exit_codes", exit_codes))
}
