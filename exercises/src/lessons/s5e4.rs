//! A manager: a dictionary and a list in a server process, changed by children and read by main.

use recorder::LaneKind;
use recorder::order::{Amount, Exact, Pick, Rule, Scalar, Step, Want};
use serde_json::json;

use super::finish;
use super::managed::{change_nested, content, print_change};
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{Datum, Dict, Manager, ManagerError, Process};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s5e4",
    parameters: &[Parameter::count("length")],
    files: &[],
    always: &[],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::any("child", "change"),
                        Step {
                            who: "main",
                            what: "dict",
                            want: Want::Fields(&[(
                                "content",
                                Scalar::Text("{1: '1', '2': 2, 0.25: None}"),
                            )]),
                        },
                        Step::any("main", "list"),
                    ],
                },
                Rule::ResultIs {
                    field: "dict",
                    is: Exact::Fields(&[
                        ("1", Exact::Text("1")),
                        ("2", Exact::Number(Amount::Is(2))),
                        ("0.25", Exact::Null),
                    ]),
                },
                Rule::ResultIs {
                    field: "list",
                    is: Exact::Steps {
                        from: Amount::Minus(&N, &Amount::Is(1)),
                        step: -1,
                        count: N,
                    },
                },
                Rule::OwnPid {
                    of: CHANGE,
                    field: "pid",
                },
                Rule::OwnLane {
                    of: CHANGE,
                    kind: LaneKind::Process,
                },
                ended(2),
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::any("child", "copy"),
                        Step::any("child", "assign"),
                        Step::any("child", "proxy"),
                        Step::any("main", "dict"),
                    ],
                },
                Rule::ResultIs {
                    field: "list",
                    is: Exact::Steps {
                        from: Amount::Is(0),
                        step: 1,
                        count: Amount::Plus(&N, &Amount::Is(2)),
                    },
                }, // The child's copy had one item more; the server's list had not.
                Rule::Result {
                    field: "after_copy",
                    is: N,
                },
                ended(2),
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Values {
                    of: APPEND,
                    field: "",
                    from: 0,
                    count: BOTH,
                },
                Rule::Rising {
                    of: Pick::who(&["child 1"]),
                    field: "",
                },
                Rule::Rising {
                    of: Pick::who(&["child 2"]),
                    field: "",
                },
                Rule::ResultIs {
                    field: "list",
                    is: Exact::AnyOrder {
                        from: 0,
                        count: BOTH,
                    },
                },
                Rule::ResultIs {
                    field: "dict",
                    is: Exact::Fields(&[
                        ("child 1", Exact::Number(N)),
                        ("child 2", Exact::Number(N)),
                        ("total", Exact::Number(BOTH)),
                    ]),
                },
                Rule::AllBefore {
                    first: APPEND,
                    then: Pick::who(&["main"]),
                },
                Rule::OwnLane {
                    of: APPEND,
                    kind: LaneKind::Process,
                },
                ended(3),
            ],
            likely: &[],
        },
    ],
    run,
};

const N: Amount = Amount::Param("length");
const BOTH: Amount = Amount::Times(&Amount::Is(2), &N);
const CHANGE: Pick = Pick::what(&["change"]);
const APPEND: Pick = Pick::what(&["append"]);

/// The server is one of the processes.
const fn ended(processes: i64) -> Rule {
    Rule::AllEnded {
        kind: LaneKind::Process,
        count: Amount::Is(processes),
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let manager = Manager::new()?;
    let outcome = match stage.scene() {
        Scene::First => one_child(stage, &manager)?,
        Scene::Second => nested(stage, &manager)?,
        Scene::Third => two_children(stage, &manager)?,
    };
    manager.shutdown()?;
    Ok(outcome)
}

fn one_child(stage: &Stage, manager: &Manager) -> Result<Outcome, LessonError> {
    let dict = manager.dict()?;
    let list = manager.list_from(0..stage.count("length"))?;
    let mut child = Process::new("child", {
        let (stage, dict, list, server) =
            (stage.clone(), dict.clone(), list.clone(), manager.pid());
        move || {
            print_change(&stage, "child", server);
            dict.set(1, "1")?;
            dict.set("2", 2)?;
            dict.set(0.25, Datum::None)?;
            list.reverse()
        }
    });
    child.start()?;
    finish(&child)?;
    let (dict, list) = (Datum::from(dict.snapshot()?), Datum::List(list.snapshot()?));
    stage.print("main", "dict", content(&dict));
    stage.print("main", "list", content(&list));
    // In JSON all keys are text: `Key::Int(1)` and `Key::Str("2")` look alike there.
    Ok(Outcome::none()
        .with("dict", dict.to_json())
        .with("list", list.to_json()))
}

fn nested(stage: &Stage, manager: &Manager) -> Result<Outcome, LessonError> {
    let length = stage.count("length");
    let numbers: Vec<u32> = (0..length).collect();
    let dict = manager.dict_from(Dict::from_iter([("numbers", numbers)]))?;
    let after_copy = change_nested(
        stage,
        manager,
        &dict,
        "numbers",
        [length.into(), (length + 1).into()],
    )?;
    let list = dict.list_at("numbers")?.snapshot()?;
    let dict = Datum::from(dict.snapshot()?);
    stage.print("main", "dict", content(&dict));
    Ok(Outcome::none()
        .with("after_copy", after_copy)
        .with("list", Datum::List(list).to_json()))
}

fn two_children(stage: &Stage, manager: &Manager) -> Result<Outcome, LessonError> {
    let counts = ["child 1", "child 2", "total"].map(|name| (name, 0));
    let dict = manager.dict_from(Dict::from_iter(counts))?;
    let list = manager.list()?;
    let mut children: Vec<Process<'static>> = (1..=2)
        .map(|number| {
            let (stage, dict, list) = (stage.clone(), dict.clone(), list.clone());
            Process::new(format!("child {number}"), move || {
                let name = format!("child {number}");
                for turn in 0..stage.count("length") {
                    // The one has the even numbers, the other one the odd ones.
                    let item = 2 * turn + number - 1;
                    list.push(item)?;
                    dict.add(name.as_str(), 1)?;
                    dict.add("total", 1)?;
                    stage.print(&name, "append", json!(item));
                }
                Ok::<(), ManagerError>(())
            })
        })
        .collect();
    for child in &mut children {
        child.start()?;
    }
    for child in &children {
        finish(child)?;
    }
    let (dict, list) = (Datum::from(dict.snapshot()?), Datum::List(list.snapshot()?));
    stage.print("main", "dict", content(&dict));
    stage.print("main", "list", content(&list));
    Ok(Outcome::none()
        .with("dict", dict.to_json())
        .with("list", list.to_json()))
}
