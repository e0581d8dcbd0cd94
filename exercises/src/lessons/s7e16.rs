//! Several senders on one pipe: whole messages, and an end only when the last sender is gone.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::time::Duration;
use crate::process::{Process, Receiver, Sender, TryGetError, pipe};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e16",
    parameters: &[],
    files: &[],
    always: &[
        ALL_RECEIVED,
        SENT_FIRST,
        SAME_TEXT,
        ORDER_OF_EACH,
        OWN_PROCESSES,
        TWO_ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                BLOCKED_AFTER,
                BLOCKED_LAST,
                received(2),
                sent(2),
                Rule::TimeAtLeast {
                    ms: Amount::Is(PATIENCE_MS as i64),
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[received(4), sent(4)],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::who(&["main"]),
                    words: &[Word::Many("receive"), Word::Once("end")],
                },
                Rule::Last {
                    of: Pick::what(&["end"]),
                },
                received(4),
                sent(4),
            ],
            likely: &[],
        },
    ],
    run,
};

const SENDERS: u32 = 2;
const TEXT: &str = "Hello world";
/// How long main waits for a message that does not come.
const PATIENCE_MS: u64 = 1000;

const SEND: Pick = Pick::what(&["send"]);
const RECEIVE: Pick = Pick::what(&["receive"]);

const fn received(count: i64) -> Rule {
    Rule::Count {
        of: RECEIVE,
        is: Amount::Is(count),
    }
}
const fn sent(count: i64) -> Rule {
    Rule::Count {
        of: SEND,
        is: Amount::Is(count),
    }
}
const BLOCKED_AFTER: Rule = Rule::Within {
    of: Pick::who(&["main"]),
    words: &[Word::Many("receive"), Word::Once("blocked")],
};
const BLOCKED_LAST: Rule = Rule::Last {
    of: Pick::what(&["blocked"]),
};
const ALL_RECEIVED: Rule = Rule::SameValues {
    put: "send",
    take: "receive",
};
const SENT_FIRST: Rule = Rule::PutFirst {
    put: "send",
    take: "receive",
};
const SAME_TEXT: Rule = Rule::Same {
    of: RECEIVE,
    field: "text",
};
const ORDER_OF_EACH: Rule = Rule::RisingBy {
    of: RECEIVE,
    by: "sender",
    field: "number",
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: SEND,
    kind: LaneKind::Process,
};
const TWO_ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(SENDERS as i64),
};

#[derive(Clone, Serialize, Deserialize)]
struct Message {
    sender: u32,
    number: u32,
    text: String,
}

impl Message {
    fn shown(&self) -> Value {
        json!({"sender": self.sender, "number": self.number, "text": self.text})
    }
}

fn start_senders(
    stage: &Stage,
    sender: &Sender<Message>,
    messages: u32,
) -> Result<Vec<Process<'static>>, LessonError> {
    let mut children = Vec::new();
    for number in 1..=SENDERS {
        // Each child gets a sending end of its own, and closes it when it ends.
        let (stage, sender) = (stage.clone(), sender.clone());
        let mut child = Process::new(format!("child {number}"), move || {
            send_messages(&stage, number, &sender, messages)
        });
        child.start()?;
        children.push(child);
    }
    Ok(children)
}

fn send_messages(
    stage: &Stage,
    child: u32,
    sender: &Sender<Message>,
    messages: u32,
) -> Result<(), LessonError> {
    for number in 1..=messages {
        let message = Message {
            sender: child,
            number,
            text: TEXT.to_owned(),
        };
        stage.print(&format!("child {child}"), "send", message.shown());
        sender.send(message)?;
    }
    Ok(())
}

/// Receives so many messages, or up to the end of the pipe; gives how many there were.
fn receive(stage: &Stage, receiver: &Receiver<Message>, most: u32) -> Result<u32, LessonError> {
    let mut count = 0;
    while count < most {
        let Some(message) = receiver.recv()? else {
            stage.print("main", "end", ());
            break;
        };
        stage.print("main", "receive", message.shown());
        count += 1;
    }
    Ok(count)
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let (sender, receiver) = pipe::<Message>()?;
    let received = match stage.scene() {
        Scene::First => {
            let children = start_senders(stage, &sender, 1)?;
            let received = receive(stage, &receiver, 2)?;
            // The children have nothing more to say. They may even have ended.
            for child in &children {
                finish(child)?;
            }
            match receiver.recv_timeout(Duration::from_millis(PATIENCE_MS)) {
                // The sending end of main itself is what keeps the pipe open.
                Err(TryGetError::Empty) => stage.print("main", "blocked", ()),
                Err(TryGetError::Closed) => stage.print("main", "end", ()),
                Err(error) => return Err(error.into()),
                Ok(message) => stage.print("main", "receive", message.shown()),
            }
            received
        }
        Scene::Second => {
            let children = start_senders(stage, &sender, 2)?;
            let received = receive(stage, &receiver, 4)?;
            for child in &children {
                finish(child)?;
            }
            received
        }
        Scene::Third => {
            let children = start_senders(stage, &sender, 2)?;
            drop(sender);
            let received = receive(stage, &receiver, u32::MAX)?;
            for child in &children {
                finish(child)?;
            }
            received
        }
    };
    Ok(Outcome::none().with("received", received))
}
