//! A remote manager: functions that run in a server process, for clients who know its key.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step, Want};
use serde_json::json;

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::time;
use crate::process::{self, Datum, ManagerError, Process, Registry, RemoteClient, pipe};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e14",
    parameters: &[],
    files: &[],
    always: &[
        IN_THE_SERVER,
        CLIENT_PID,
        CLIENT_PROCESS,
        served(1),
        EXIT,
        PORT_FREE,
        ENDED,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[Rule::Exactly {
                of: Pick::ALL,
                steps: &[SERVE, ASK, CONNECT, answer(TIME), STOP],
            }],
            likely: &[],
        },
        Scenario {
            guaranteed: &[Rule::Exactly {
                of: Pick::ALL,
                steps: &[
                    SERVE,
                    ASK,
                    Step::any("client", "refuse"),
                    CONNECT,
                    answer(TIME),
                    STOP,
                ],
            }],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[SERVE, ASK, CONNECT, answer(WHERE), STOP],
                }, // What the function itself says of its process agrees.
                Rule::Result {
                    field: "said_pid",
                    is: Amount::Result("server"),
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const KEY: &[u8] = b"abc";
const SERVE: Step = Step::any("server", "serve");
const ASK: Step = Step::any("client", "ask");
const CONNECT: Step = Step::any("client", "connect");
const STOP: Step = Step::any("main", "stop");
const TIME: &[(&str, Scalar)] = &[("function", Scalar::Text("time"))];
const WHERE: &[(&str, Scalar)] = &[("function", Scalar::Text("where"))];

const fn answer(fields: &'static [(&'static str, Scalar)]) -> Step {
    Step {
        who: "client",
        what: "answer",
        want: Want::Fields(fields),
    }
}

/// The process that answers is the one that serves.
const IN_THE_SERVER: Rule = Rule::Same {
    of: Pick::what(&["serve", "answer"]),
    field: "pid",
};
const CLIENT_PID: Rule = Rule::OwnPid {
    of: Pick::what(&["ask"]),
    field: "pid",
};
const CLIENT_PROCESS: Rule = Rule::OwnLane {
    of: Pick::who(&["client"]),
    kind: LaneKind::Process,
};
const EXIT: Rule = Rule::Result {
    field: "server_exit_code",
    is: Amount::Is(0),
};
const PORT_FREE: Rule = Rule::Result {
    field: "bound_again",
    is: Amount::Is(1),
};
/// The server, the client, and the server that takes the port afterwards.
const ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Process,
    count: Amount::Is(3),
};

const fn served(commands: i64) -> Rule {
    Rule::Result {
        field: "served",
        is: Amount::Is(commands),
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let server = Registry::new()
        .register("time", |_| Ok(Datum::Float(time::since_epoch())))
        .register("where", |_| Ok(Datum::Int(process::id().into())))
        .serve(0, KEY)?;
    // The listener was there before the process: whoever comes now is served.
    stage.print("server", "serve", json!({"pid": server.pid()}));

    let (report, reported) = pipe::<(i64, u64)>()?;
    let address = server.address();
    let mut client = Process::new("client", {
        let stage = stage.clone();
        move || {
            stage.print("client", "ask", json!({"pid": process::id()}));
            if stage.scene() == Scene::Second {
                match RemoteClient::connect(address, b"cba") {
                    Err(ManagerError::WrongKey) => stage.print("client", "refuse", ()),
                    Err(error) => return Err(error),
                    // Not printed: the contract asks for the refusal.
                    Ok(client) => client.disconnect(),
                }
            }
            let client = RemoteClient::connect(address, KEY)?;
            stage.print("client", "connect", ());
            let function = match stage.scene() {
                Scene::Third => "where",
                Scene::First | Scene::Second => "time",
            };
            let answer = client.call(function, [0; 0])?;
            stage.print(
                "client",
                "answer",
                json!({"function": function, "result": answer.value.to_json(), "pid": answer.pid}),
            );
            let served = client.stop_server()?;
            let said = answer.value.as_int().unwrap_or(0);
            report
                .send((said, served))
                .map_err(|error| ManagerError::Unsendable(error.to_string()))
        }
    });
    client.start()?;
    finish(&client)?;
    let (said_pid, served) = reported.recv()?.unwrap_or_default();
    let status = server.join()?;
    // Somebody else can have the port now.
    let next = Registry::new().serve(address.port(), KEY);
    let bound_again = u32::from(next.is_ok());
    drop(next);
    stage.print("main", "stop", ());
    Ok(Outcome::none()
        .with("served", served)
        .with("server", server.pid())
        .with("said_pid", said_pid)
        .with("server_exit_code", status.as_python())
        .with("bound_again", bound_again))
}
