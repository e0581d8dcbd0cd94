//! Green threads: lookups of many hosts on one thread, and what a blocking call does to them.
//!
//! The names are answered by a small name server on a thread of its own; it needs 200 ms for each, and serves all
//! at once. Nothing leaves this machine.

use std::collections::HashMap;
use std::io;

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use crate::green::net::{Connection, Listener, Port};
use crate::green::{self, TaskError, Watchdog};
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::primitive::time::Duration;
use crate::primitive::{Arc, net, thread};
use crate::stage::Stage;
use crate::sync::{Event, JobError, ThreadPool};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s4e12",
    parameters: &[Parameter {
        name: "n_hosts",
        min: 0,
        max: 64,
        default: 3,
    }],
    files: &[],
    always: &[
        ANSWERS_IN_ORDER,
        EVERY_HOST,
        ONE_ANSWER_EACH,
        ADDRESSES,
        COUNTED,
        ONE_THREAD,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::ALL,
                    words: &[
                        Word::Once("ask"),
                        Word::Optional("found"),
                        Word::Optional("missing"),
                    ],
                }, // The last host never answers.
                Rule::AtMost {
                    of: FOUND,
                    max: ALL_BUT_ONE,
                },
                Rule::AllEnded {
                    kind: LaneKind::Thread,
                    count: Amount::Is(1),
                },
                Rule::TimeAtLeast { ms: ONE_PATIENCE },
            ],
            likely: &[
                Rule::Count {
                    of: FOUND,
                    is: ALL_BUT_ONE,
                },
                Rule::TimeAtMost { ms: ONE_PATIENCE },
            ],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::ALL,
                    words: &[Word::Once("ask"), Word::Once("found")],
                },
                Rule::AllEnded {
                    kind: LaneKind::Thread,
                    count: Amount::Is(1 + HELPERS as i64),
                },
                Rule::TimeAtLeast { ms: HELPED },
            ],
            likely: &[Rule::TimeAtMost { ms: HELPED }],
        },
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::ALL,
                    words: &[
                        Word::Once("ask"),
                        Word::Once("stalled"),
                        Word::Once("found"),
                    ],
                }, // One lookup after the other.
                Rule::Sequential {
                    of: Pick::what(&["ask", "stalled"]),
                    from: 1,
                }, // The watchdog cannot be a task: it would be stopped as well.
                Rule::AllEnded {
                    kind: LaneKind::Thread,
                    count: Amount::Is(2),
                },
                Rule::TimeAtLeast { ms: ALL_LOOKUPS },
            ],
            likely: &[Rule::TimeAtMost { ms: ALL_LOOKUPS }],
        },
    ],
    run,
};

/// What the name server needs for an answer.
const LOOKUP_MS: u64 = 200;
/// How long a task waits for an answer.
const PATIENCE_MS: u64 = 1000;
/// A turn that lasts longer than this is a stall.
const TURN_MS: u64 = 50;
const HELPERS: usize = 4;

const N: Amount = Amount::Param("n_hosts");
const LOOKUP: Amount = Amount::Is(LOOKUP_MS as i64);
const ALL_BUT_ONE: Amount = Amount::Minus(&N, &Amount::Min(&N, &Amount::Is(1)));
const ONE_PATIENCE: Amount = Amount::IfAny(&N, &Amount::Is(PATIENCE_MS as i64));
const HELPED: Amount = Amount::Times(
    &LOOKUP,
    &Amount::Over(
        &Amount::Plus(&N, &Amount::Is(HELPERS as i64 - 1)),
        &Amount::Is(HELPERS as i64),
    ),
);
const ALL_LOOKUPS: Amount = Amount::Times(&LOOKUP, &N);

const FOUND: Pick = Pick::what(&["found"]);
const ANSWERS: Pick = Pick::what(&["found", "missing"]);
const ANSWERS_IN_ORDER: Rule = Rule::Sequential {
    of: ANSWERS,
    from: 1,
};
const EVERY_HOST: Rule = Rule::Indices {
    of: ANSWERS,
    from: 1,
    count: N,
};
const ONE_ANSWER_EACH: Rule = Rule::Count { of: ANSWERS, is: N };
const ADDRESSES: Rule = Rule::Named {
    of: FOUND,
    field: "",
    is: "127.0.0.#",
};
const COUNTED: Rule = Rule::ResultCounts {
    field: "found",
    of: FOUND,
};
const ONE_THREAD: Rule = Rule::OneLane {
    of: Pick::what(&["ask", "found", "missing"]),
};

/// A lookup could not be made.
#[derive(Debug, thiserror::Error)]
enum LookupError {
    #[error(transparent)]
    Task(#[from] TaskError),
    #[error(transparent)]
    Job(#[from] JobError),
    #[error("the name server cannot be asked")]
    Network(#[from] io::Error),
}

/// The address that came as an answer, if one came in time.
type Address = Option<String>;

/// What the name server was told to do with a host.
enum Answer {
    Address(u32),
    Silence,
}

fn answer_of(host: &str, silent: Option<u32>) -> Option<Answer> {
    let number = host.strip_prefix("host ")?.parse().ok()?;
    Some(if silent == Some(number) {
        Answer::Silence
    } else {
        Answer::Address(number)
    })
}

/// Answers each question in a task of its own, until it is told to stop.
async fn serve_names(port: Port, silent: Option<u32>) -> io::Result<()> {
    let listener = Listener::on(port)?;
    loop {
        let mut client = listener.accept().await?;
        let Some(question) = client.receive().await? else {
            continue;
        };
        if question == "stop" {
            return Ok(());
        }
        // Its error is the client's business, who sees the connection closed.
        drop(green::spawn(question.clone(), async move {
            match answer_of(&question, silent) {
                Some(Answer::Address(number)) => {
                    green::sleep(Duration::from_millis(LOOKUP_MS)).await;
                    client.send(&format!("127.0.0.{number}")).await
                }
                Some(Answer::Silence) => std::future::pending().await,
                None => Ok(()),
            }
        }));
    }
}

/// Asks and gives way until the answer is there, or the patience is over.
async fn look_up(port: u16, host: &str) -> io::Result<Address> {
    let lookup = async {
        let mut server = Connection::open(port).await?;
        server.send(host).await?;
        server.receive().await
    };
    green::timeout(Duration::from_millis(PATIENCE_MS), lookup)
        .await
        .unwrap_or(Ok(None))
}

/// Scenario 1: every task gives way while it waits.
async fn cooperative(
    stage: &Stage,
    hosts: &[String],
    port: u16,
) -> Result<Vec<Address>, LookupError> {
    let tasks = hosts.iter().map(|host| {
        let (stage, name) = (stage.clone(), host.clone());
        green::spawn(host, async move {
            stage.print(&name, "ask", ());
            look_up(port, &name).await
        })
    });
    let tasks: Vec<_> = tasks.collect();
    let mut addresses = Vec::new();
    for ended in green::join_all(tasks).await {
        addresses.push(ended??);
    }
    Ok(addresses)
}

/// Scenario 2: the call blocks, so a helper thread makes it.
async fn helped(
    stage: &Stage,
    hosts: &[String],
    port: u16,
    helpers: Arc<ThreadPool>,
) -> Result<Vec<Address>, LookupError> {
    let tasks = hosts.iter().map(|host| {
        let (stage, name, helpers) = (stage.clone(), host.clone(), helpers.clone());
        green::spawn(host, async move {
            stage.print(&name, "ask", ());
            green::wait_for(helpers.submit(move || net::request(port, &name))).await
        })
    });
    let tasks: Vec<_> = tasks.collect();
    let mut addresses = Vec::new();
    for ended in green::join_all(tasks).await {
        addresses.push(ended???);
    }
    Ok(addresses)
}

/// What the watchdog and a task that blocks know of each other.
#[derive(Default)]
struct Call {
    begun: Event,
    noticed: Event,
}

/// Scenario 3: the call blocks, and with it the thread and all tasks.
async fn blocking(stage: &Stage, hosts: &[String], port: u16) -> Result<Vec<Address>, LookupError> {
    let calls: Arc<HashMap<String, Call>> = Arc::new(
        hosts
            .iter()
            .map(|host| (host.clone(), Call::default()))
            .collect(),
    );
    let watchdog = Watchdog::start(Duration::from_millis(TURN_MS), {
        let (stage, calls) = (stage.clone(), calls.clone());
        move |stall| {
            if let Some(call) = calls.get(&stall.task)
                && call.begun.is_set()
                && !call.noticed.is_set()
            {
                stage.print(&stall.task, "stalled", stall.lasted.as_millis() as u64);
                call.noticed.set();
            }
        }
    })
    .map_err(io::Error::other)?;
    let tasks = hosts.iter().map(|host| {
        let (stage, name, calls) = (stage.clone(), host.clone(), calls.clone());
        green::spawn(host, async move {
            stage.print(&name, "ask", ());
            let call = calls.get(&name);
            call.inspect(|call| call.begun.set());
            let address = net::request(port, &name);
            // The lookup takes long enough to be noticed; this makes it certain on any machine.
            call.inspect(|call| call.noticed.wait());
            address
        })
    });
    let tasks: Vec<_> = tasks.collect();
    let mut addresses = Vec::new();
    for ended in green::join_all(tasks).await {
        addresses.push(ended??);
    }
    drop(watchdog);
    Ok(addresses)
}

fn look_up_all(stage: &Stage, hosts: &[String], port: u16) -> Result<Vec<Address>, LessonError> {
    Ok(match stage.scene() {
        Scene::First => green::run(cooperative(stage, hosts, port))??,
        Scene::Second => {
            let helpers = Arc::new(ThreadPool::named("helper", HELPERS)?);
            green::run(helped(stage, hosts, port, helpers))??
        }
        Scene::Third => green::run(blocking(stage, hosts, port))??,
    })
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let n = stage.count("n_hosts");
    let hosts: Vec<String> = (1..=n).map(|number| format!("host {number}")).collect();
    let silent = (stage.scene() == Scene::First).then_some(n);
    let port = Port::open()?;
    let number = port.number();

    let addresses = thread::scope(|scope| {
        let server = scope.spawn(Some("name server"), move || {
            green::run(serve_names(port, silent))
        });
        let addresses = look_up_all(stage, &hosts, number);
        net::request(number, "stop")?;
        server.join()???;
        addresses
    })?;
    for (host, address) in hosts.iter().zip(&addresses) {
        match address {
            Some(address) => stage.print(host, "found", address.as_str()),
            None => stage.print(host, "missing", ()),
        }
    }
    Ok(Outcome::none().with("found", addresses.iter().flatten().count()))
}
