//! A pipe: messages from one end to the other, and its end.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step};
use serde_json::{Value, json};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::{Connection, Process, duplex, pipe};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e15",
    parameters: &[],
    files: &[],
    always: &[ONE_MESSAGE],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::fields("a", "send", MESSAGE),
                        Step::fields("b", "receive", MESSAGE),
                        Step::any("b", "end"),
                    ],
                },
                Rule::AllEnded {
                    kind: LaneKind::Process,
                    count: Amount::Is(0),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::fields("b", "send", MESSAGE),
                        Step::fields("a", "receive", MESSAGE),
                        Step::any("a", "end"),
                    ],
                },
                Rule::AllEnded {
                    kind: LaneKind::Process,
                    count: Amount::Is(0),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::text("child", "say", HELLO),
                        Step::text("main", "data", HELLO),
                        Step::any("main", "end"),
                    ],
                },
                Rule::OwnLane {
                    of: Pick::who(&["child"]),
                    kind: LaneKind::Process,
                },
                Rule::AllEnded {
                    kind: LaneKind::Process,
                    count: Amount::Is(1),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const HELLO: &str = "Hello world";
const MESSAGE: &[(&str, Scalar)] = &[
    ("number", Scalar::Number(1)),
    ("word", Scalar::Text("Hello")),
];
const ONE_MESSAGE: Rule = Rule::Result {
    field: "received",
    is: Amount::Is(1),
};

/// A message may be anything that can be written down: here a number and a word.
type Message = (u32, String);

fn shown((number, word): &Message) -> Value {
    json!({"number": number, "word": word})
}

/// Sends one message from one end to the other, closes the sending end, and receives what there is.
fn across(
    stage: &Stage,
    (from_name, from): (&str, Connection<Message>),
    (to_name, to): (&str, Connection<Message>),
) -> Result<u32, LessonError> {
    let message = (1, "Hello".to_owned());
    stage.print(from_name, "send", shown(&message));
    from.send(message)?;
    drop(from);

    let mut received = 0;
    while let Some(message) = to.recv()? {
        stage.print(to_name, "receive", shown(&message));
        received += 1;
    }
    stage.print(to_name, "end", ());
    Ok(received)
}

fn from_child(stage: &Stage) -> Result<u32, LessonError> {
    let (sender, receiver) = pipe::<String>()?;
    let childs_stage = stage.clone();
    // The sending end is moved into the child, so nobody else has one.
    let mut child = Process::new("child", move || {
        childs_stage.print("child", "say", HELLO);
        sender.send(HELLO.to_owned())
    });
    child.start()?;

    let mut received = 0;
    while let Some(data) = receiver.recv()? {
        stage.print("main", "data", data);
        received += 1;
    }
    stage.print("main", "end", ());
    finish(&child)?;
    Ok(received)
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let received = match stage.scene() {
        Scene::First => {
            let (a, b) = duplex()?;
            across(stage, ("a", a), ("b", b))?
        }
        Scene::Second => {
            let (a, b) = duplex()?;
            across(stage, ("b", b), ("a", a))?
        }
        Scene::Third => from_child(stage)?,
    };
    Ok(Outcome::none().with("received", received))
}
