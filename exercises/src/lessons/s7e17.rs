//! Closing the ends of a pipe: who cannot send any more, who waits in vain, and how a reader ends.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Step, Word};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::time::Duration;
use crate::process::{Process, Receiver, Sender, TryGetError, pipe};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e17",
    parameters: &[Parameter {
        default: 5,
        ..Parameter::count("items")
    }],
    files: &[],
    always: &[OWN_PROCESSES, TWO_ENDED],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::who(&["child"]),
                    words: &[Word::Once("closed")],
                },
                Rule::Indices {
                    of: Pick::what(&["closed"]),
                    from: 1,
                    count: Amount::Is(2),
                },
                Rule::Count {
                    of: RECEIVE,
                    is: Amount::Is(0),
                },
                BLOCKED_LAST,
                exit_codes(&[1, 1]),
                PATIENCE,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::what(&["closed"]),
                    steps: &[Step::any("child 1", "closed")],
                },
                Rule::Exactly {
                    of: Pick::what(&["send", "receive", "blocked"]),
                    steps: &[
                        Step::number("child 2", "send", 2),
                        Step::number("main", "receive", 2),
                        Step::any("main", "blocked"),
                    ],
                },
                BLOCKED_LAST,
                exit_codes(&[1, 0]),
                PATIENCE,
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::who(&["setter"]),
                    words: &[Word::Many("send")],
                },
                Rule::Within {
                    of: Pick::who(&["getter"]),
                    words: &[Word::Many("receive"), Word::Once("end")],
                },
                Rule::Last {
                    of: Pick::what(&["end"]),
                },
                Rule::Consecutive {
                    of: SEND,
                    field: "",
                    from: 1,
                },
                Rule::Consecutive {
                    of: RECEIVE,
                    field: "",
                    from: 1,
                },
                Rule::Count { of: SEND, is: N },
                Rule::Count { of: RECEIVE, is: N },
                Rule::PutFirst {
                    put: "send",
                    take: "receive",
                },
                exit_codes(&[0, 0]),
                Rule::TimeAtLeast {
                    ms: Amount::Times(&Amount::Is(PAUSE_MS as i64), &N),
                },
            ],
            likely: &[Rule::Alternating {
                a: "send",
                b: "receive",
            }],
        },
    ],
    run,
};

/// The pause after each item.
const PAUSE_MS: u64 = 200;
/// How long main waits for an item that does not come.
const PATIENCE_MS: u64 = 1000;

const N: Amount = Amount::Param("items");
const SEND: Pick = Pick::what(&["send"]);
const RECEIVE: Pick = Pick::what(&["receive"]);

const fn exit_codes(is: &'static [i64]) -> Rule {
    Rule::ResultList {
        field: "exit_codes",
        is,
    }
}
const BLOCKED_LAST: Rule = Rule::Last {
    of: Pick::what(&["blocked"]),
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: Pick::who(&["child", "setter", "getter"]),
    kind: LaneKind::Process,
};
const TWO_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(2),
};
const PATIENCE: Rule = Rule::TimeAtLeast {
    ms: Amount::Is(PATIENCE_MS as i64),
};

/// A child that has an end to send into, or has closed it. Gives its exit code.
fn child(stage: &Stage, number: u32, end: Option<Sender<u32>>) -> Result<i32, LessonError> {
    let who = format!("child {number}");
    // Closing is dropping. An end that was dropped cannot be used: without the Option the compiler would say so.
    let Some(end) = end else {
        stage.print(&who, "closed", ());
        return Ok(1);
    };
    stage.print(&who, "send", number);
    end.send(number)?;
    Ok(0)
}

/// Two children with a copy of the sending end each; those in `closing` give it up before they would send.
fn two_children(
    stage: &Stage,
    sender: &Sender<u32>,
    closing: &'static [u32],
) -> Result<Vec<Process<'static>>, LessonError> {
    let mut children = Vec::new();
    for number in 1..=2 {
        let (stage, sender) = (stage.clone(), sender.clone());
        let mut process = Process::new(format!("child {number}"), move || {
            let mut end = Some(sender);
            if closing.contains(&number) {
                drop(end.take());
            }
            child(&stage, number, end)
        });
        process.start()?;
        children.push(process);
    }
    Ok(children)
}

/// One more receive, with a bound: main's own sending end keeps the pipe open.
fn one_more(stage: &Stage, receiver: &Receiver<u32>) -> Result<(), LessonError> {
    match receiver.recv_timeout(Duration::from_millis(PATIENCE_MS)) {
        Err(TryGetError::Empty) => stage.print("main", "blocked", ()),
        Err(error) => return Err(error.into()),
        Ok(item) => stage.print("main", "receive", item),
    }
    Ok(())
}

fn exit_codes_of(children: &[Process<'_>]) -> Result<Vec<Option<i32>>, LessonError> {
    let codes = children.iter().map(Process::join);
    Ok(codes.collect::<Result<_, _>>()?)
}

fn setter_and_getter(stage: &Stage) -> Result<Vec<Option<i32>>, LessonError> {
    let (sender, receiver) = pipe::<u32>()?;
    let (setters_stage, getters_stage) = (stage.clone(), stage.clone());
    // Both ends are moved: main keeps none, and neither child has the other's.
    let mut setter = Process::new("setter", move || {
        for item in 1..=setters_stage.count("items") {
            setters_stage.print("setter", "send", item);
            sender.send(item)?;
            setters_stage.sleep(PAUSE_MS);
        }
        Ok::<(), LessonError>(())
    });
    let mut getter = Process::new("getter", move || {
        while let Some(item) = receiver.recv()? {
            getters_stage.print("getter", "receive", item);
        }
        getters_stage.print("getter", "end", ());
        Ok::<(), LessonError>(())
    });
    setter.start()?;
    getter.start()?;
    finish(&setter)?;
    finish(&getter)?;
    Ok(vec![setter.exit_code(), getter.exit_code()])
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let exit_codes = match stage.scene() {
        Scene::First => {
            let (sender, receiver) = pipe()?;
            let children = two_children(stage, &sender, &[1, 2])?;
            let codes = exit_codes_of(&children)?;
            one_more(stage, &receiver)?;
            codes
        }
        Scene::Second => {
            let (sender, receiver) = pipe()?;
            let children = two_children(stage, &sender, &[1])?;
            if let Some(item) = receiver.recv()? {
                stage.print("main", "receive", item);
            }
            let codes = exit_codes_of(&children)?;
            one_more(stage, &receiver)?;
            codes
        }
        Scene::Third => setter_and_getter(stage)?,
    };
    Ok(Outcome::none().with("exit_codes", exit_codes))
}
