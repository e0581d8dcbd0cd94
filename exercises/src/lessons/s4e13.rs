//! Knock, knock: a server and its clients as green tasks on one thread, over real connections.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io;
use std::rc::Rc;

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use crate::green;
use crate::green::net::{Connection, Listener};
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::time::Duration;
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e13",
    parameters: &[Parameter {
        name: "n_clients",
        min: 0,
        max: 64,
        default: 20,
    }],
    files: &[],
    always: &[EVERY_CLIENT, NOBODY_ELSE, ONE_THREAD],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::ALL,
                    words: &[Word::Once("knock"), Word::Once("blocked")],
                },
                Rule::Result {
                    field: "served",
                    is: Amount::Is(0),
                },
                Rule::TimeAtLeast { ms: ONE_PATIENCE },
            ],
            likely: &[
                Rule::AllBefore {
                    first: Pick::what(&["knock"]),
                    then: Pick::what(&["blocked"]),
                },
                Rule::TimeAtMost { ms: ONE_PATIENCE },
            ],
        },
        Scenario {
            guaranteed: &[
                DIALOGUE,
                Rule::Sequential {
                    of: Pick::ALL,
                    from: 1,
                },
                ALL_SERVED,
                SERVED,
                Rule::TimeAtLeast { ms: ALL_DIALOGUES },
            ],
            likely: &[Rule::TimeAtMost { ms: ALL_DIALOGUES }],
        },
        Scenario {
            guaranteed: &[
                DIALOGUE,
                ALL_SERVED,
                SERVED,
                Rule::TimeAtLeast { ms: ONE_DIALOGUE },
            ],
            likely: &[
                Rule::AllBefore {
                    first: Pick::what(&["knock"]),
                    then: Pick::what(&["echo"]),
                },
                Rule::TimeAtMost { ms: ONE_DIALOGUE },
            ],
        },
    ],
    run,
};

/// How long the server thinks before each of its two answers.
const THINK_MS: u64 = 100;
/// How long a client waits for an answer.
const PATIENCE_MS: u64 = 1000;

const N: Amount = Amount::Param("n_clients");
const ONE_PATIENCE: Amount = Amount::IfAny(&N, &Amount::Is(PATIENCE_MS as i64));
const ONE_DIALOGUE: Amount = Amount::IfAny(&N, &Amount::Is(2 * THINK_MS as i64));
const ALL_DIALOGUES: Amount = Amount::Times(&N, &Amount::Is(2 * THINK_MS as i64));

const DIALOGUE: Rule = Rule::Within {
    of: Pick::ALL,
    words: &[
        Word::Once("knock"),
        Word::Once("ask"),
        Word::Once("name"),
        Word::Once("echo"),
        Word::Once("gone"),
    ],
};
const EVERY_CLIENT: Rule = Rule::Indices {
    of: Pick::what(&["knock"]),
    from: 1,
    count: N,
};
const ONE_THREAD: Rule = Rule::OneLane { of: Pick::ALL };
const NOBODY_ELSE: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Is(0),
};
const ALL_SERVED: Rule = Rule::Result {
    field: "served",
    is: N,
};
const SERVED: Rule = Rule::ResultCounts {
    field: "served",
    of: Pick::what(&["gone"]),
};

const KNOCK: &str = "Knock knock";
const NAME: &str = "Disappearing client";

/// The other side did not keep to the dialogue.
#[derive(Debug, thiserror::Error)]
#[error("expected {expected:?}, got {got:?}")]
struct OutOfTurn {
    expected: &'static str,
    got: Option<String>,
}

/// What client and server share. One thread runs them all, so no lock is needed.
struct House {
    stage: Stage,
    /// Whose connection it is, by the client's port.
    dialogues: RefCell<HashMap<u16, String>>,
    served: Cell<u32>,
}

impl House {
    fn print(&self, who: &str, what: &str) {
        self.stage.print(who, what, ());
    }
}

/// One client's side. It ends when the server has seen that the client is gone.
async fn client(house: Rc<House>, number: u32, port: u16) -> Result<(), LessonError> {
    let who = format!("dialogue {number}");
    let mut server = Connection::open(port).await?;
    house
        .dialogues
        .borrow_mut()
        .insert(server.own_port()?, who.clone());

    house.print(&who, "knock");
    server.send(KNOCK).await?;
    if house.stage.scene() == Scene::First {
        let patience = Duration::from_millis(PATIENCE_MS);
        if green::timeout(patience, server.receive()).await.is_err() {
            house.print(&who, "blocked");
        }
        return Ok(());
    }
    expect("Who's there?", server.receive().await?)?;
    house.print(&who, "name");
    server.send(NAME).await?;
    expect("Disappearing client who?", server.receive().await?)?;
    server.close().await?;
    Ok(())
}

fn expect(expected: &'static str, got: Option<String>) -> Result<(), OutOfTurn> {
    if got.as_deref() == Some(expected) {
        Ok(())
    } else {
        Err(OutOfTurn { expected, got })
    }
}

/// Accepts clients for ever; each is served by a task of its own.
async fn server(house: Rc<House>, listener: Listener) -> io::Result<()> {
    loop {
        let client = listener.accept().await?;
        // A client that breaks off is no reason to stop: its own task sees the error.
        drop(green::spawn("server", serve(house.clone(), client)));
    }
}

async fn serve(house: Rc<House>, mut client: Connection) -> io::Result<()> {
    let think = || green::sleep(Duration::from_millis(THINK_MS));
    let port = client.peer_port()?;
    while let Some(line) = client.receive().await? {
        let who = house.dialogues.borrow().get(&port).cloned();
        let who = who.ok_or_else(|| io::Error::other("a client that nobody knows"))?;
        if house.stage.scene() == Scene::First && line == KNOCK {
            // The mistake: the answer stands in the other branch only.
            continue;
        }
        think().await;
        if line == KNOCK {
            house.print(&who, "ask");
            client.send("Who's there?").await?;
        } else {
            house.print(&who, "echo");
            client.send(&format!("{line} who?")).await?;
        }
    }
    if house.stage.scene() != Scene::First
        && let Some(who) = house.dialogues.borrow_mut().remove(&port)
    {
        house.print(&who, "gone");
        house.served.set(house.served.get() + 1);
    }
    Ok(())
}

async fn evening(stage: &Stage) -> Result<u32, LessonError> {
    let house = Rc::new(House {
        stage: stage.clone(),
        dialogues: RefCell::default(),
        served: Cell::new(0),
    });
    let listener = Listener::bind()?;
    let port = listener.port();
    let server = green::spawn("server", server(house.clone(), listener));
    let visit = |number| {
        let client = client(house.clone(), number, port);
        green::spawn(format!("client {number}"), client)
    };

    let numbers = 1..=stage.count("n_clients");
    if stage.scene() == Scene::Second {
        for number in numbers {
            visit(number).await??;
        }
    } else {
        let visits: Vec<_> = numbers.map(visit).collect();
        for ended in green::join_all(visits).await {
            ended??;
        }
    }
    // It would go on for ever.
    server.cancel();
    Ok(house.served.get())
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let served = green::run(evening(stage))??;
    Ok(Outcome::none().with("served", served))
}
