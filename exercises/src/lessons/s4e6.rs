//! Functions as commands: called by a name that is looked up when the program runs.

use std::collections::HashMap;

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::{CommandError, Commands, Subprocess};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e6",
    parameters: &[],
    files: &[],
    always: &[TWO_COMMANDS],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::text("main", "call", "mytime"),
                        Step::text("mytime", "missing", "timestr"),
                        Step::number("main", "ended", 1),
                    ],
                },
                OWN_PROCESS,
                COMMAND_AND_DATE,
                ONE_PROGRAM,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::text("main", "call", "mytime"),
                        Step::any("mytime", "time"),
                        Step::number("main", "ended", 0),
                    ],
                },
                Rule::OneLine {
                    of: Pick::what(&["time"]),
                    field: "",
                },
                OWN_PROCESS,
                COMMAND_AND_DATE,
                ONE_PROGRAM,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::text("main", "list", "mytime"),
                        Step::text("main", "list", "whoami"),
                        Step::text("main", "call", "mytimes"),
                        Step::fields(
                            "main",
                            "unknown",
                            &[
                                ("name", Scalar::Text("mytimes")),
                                ("near", Scalar::Text("mytime")),
                            ],
                        ),
                    ],
                },
                Rule::AllEnded {
                    kind: LaneKind::Process,
                    count: Amount::Is(0),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const TWO_COMMANDS: Rule = Rule::Result {
    field: "commands",
    is: Amount::Is(2),
};
const OWN_PROCESS: Rule = Rule::OwnLane {
    of: Pick::who(&["mytime"]),
    kind: LaneKind::Process,
};
/// The process of the command, and the program that it asks for the time.
const COMMAND_AND_DATE: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(2),
};
const ONE_PROGRAM: Rule = Rule::Programs {
    count: Amount::Is(1),
};

/// Shows the time. The names of its variables stand in a table and are searched when the line runs: what Python
/// does with every variable, and what Rust does with none.
fn mytime(stage: &Stage) -> Result<i32, LessonError> {
    let mut variables = HashMap::new();
    let time = Subprocess::new("date").args(["-u", "+%H:%M:%S"]).text()?;
    variables.insert("time_str", time);

    let asked = match stage.scene() {
        Scene::First => "timestr",
        Scene::Second | Scene::Third => "time_str",
    };
    match variables.get(asked) {
        Some(time) => stage.print("mytime", "time", time.as_str()),
        None => {
            stage.print("mytime", "missing", asked);
            return Ok(1);
        }
    }
    Ok(0)
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let mut commands = Commands::new();
    commands.register("mytime", |_| mytime(stage))?;
    commands.register("whoami", |_| Ok::<i32, LessonError>(0))?;

    let name = match stage.scene() {
        Scene::First | Scene::Second => "mytime",
        Scene::Third => {
            for name in commands.names() {
                stage.print("main", "list", name);
            }
            "mytimes"
        }
    };
    stage.print("main", "call", name);
    match commands.call(name, &[]) {
        Ok(code) => stage.print("main", "ended", code),
        Err(CommandError::Unknown { name, near }) => {
            stage.print("main", "unknown", json!({"name": name, "near": near}));
        }
        Err(other) => return Err(other.into()),
    }
    Ok(Outcome::none().with("commands", commands.names().count()))
}
