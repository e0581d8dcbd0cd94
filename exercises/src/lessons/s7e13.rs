//! Manager: a dictionary and a list that all processes change.

use recorder::LaneKind;
use recorder::order::{Amount, Exact, Pick, Rule, Scalar, Step, Want};

use super::finish;
use super::managed::{change_nested, content, print_change};
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::{Datum, Dict, Manager, Process};
use crate::stage::Stage;

/// A line with this content: known, because nothing in it is luck.
macro_rules! says {
    ($who:literal, $what:literal, $content:literal $(,)?) => {
        Step {
            who: $who,
            what: $what,
            want: Want::Fields(&[("content", Scalar::Text($content))]),
        }
    };
}

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e13",
    parameters: &[],
    files: &[],
    always: &[],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        Step::any("child", "change"),
                        says!("main", "dict", "{'name': 'test', 'version': '1.0'}"),
                        says!("main", "list", "[1, 2]"),
                    ],
                },
                Rule::ResultIs {
                    field: "dict",
                    is: Exact::Fields(&[
                        ("name", Exact::Text("test")),
                        ("version", Exact::Text("1.0")),
                    ]),
                },
                Rule::ResultIs {
                    field: "list",
                    is: Exact::List(&[Exact::Number(Amount::Is(1)), Exact::Number(Amount::Is(2))]),
                },
                OWN_PID,
                OWN_PROCESS,
                ended(2),
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: Pick::ALL,
                    steps: &[
                        says!("child", "copy", "['first']"),
                        says!("child", "assign", "['first', 'by copy']"),
                        says!("child", "proxy", "['first', 'by copy', 'in place']"),
                        says!(
                            "main",
                            "dict",
                            "{'name': 'test', 'authors': ['first', 'by copy', 'in place']}",
                        ),
                    ],
                },
                ended(2),
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::Indices {
                    of: CHANGE,
                    from: 1,
                    count: Amount::Is(CHILDREN),
                },
                OWN_PID,
                OWN_PROCESS,
                Rule::Same {
                    of: CHANGE,
                    field: "server",
                },
                Rule::ResultIs {
                    field: "list",
                    is: Exact::AnyOrder {
                        from: 1,
                        count: Amount::Is(CHILDREN),
                    },
                },
                Rule::Result {
                    field: "keys",
                    is: Amount::Is(CHILDREN),
                },
                Rule::AllBefore {
                    first: CHANGE,
                    then: Pick::who(&["main"]),
                },
                ended(1 + CHILDREN),
            ],
            likely: &[],
        },
    ],
    run,
};

const CHILDREN: i64 = 4;
const CHANGE: Pick = Pick::what(&["change"]);
const OWN_PID: Rule = Rule::OwnPid {
    of: CHANGE,
    field: "pid",
};
const OWN_PROCESS: Rule = Rule::OwnLane {
    of: CHANGE,
    kind: LaneKind::Process,
};

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
        Scene::Third => several_children(stage, &manager)?,
    };
    manager.shutdown()?;
    Ok(outcome)
}

fn one_child(stage: &Stage, manager: &Manager) -> Result<Outcome, LessonError> {
    let (dict, list) = (manager.dict()?, manager.list()?);
    let mut child = Process::new("child", {
        let (stage, dict, list, server) =
            (stage.clone(), dict.clone(), list.clone(), manager.pid());
        move || {
            print_change(&stage, "child", server);
            dict.set("name", "test")?;
            dict.set("version", "1.0")?;
            list.push(1)?;
            list.push(2)
        }
    });
    child.start()?;
    finish(&child)?;
    let (dict, list) = (Datum::from(dict.snapshot()?), Datum::List(list.snapshot()?));
    stage.print("main", "dict", content(&dict));
    stage.print("main", "list", content(&list));
    Ok(Outcome::none()
        .with("dict", dict.to_json())
        .with("list", list.to_json()))
}

fn nested(stage: &Stage, manager: &Manager) -> Result<Outcome, LessonError> {
    let mut start = Dict::new();
    start.insert("name", "test");
    start.insert("authors", vec!["first"]);
    let dict = manager.dict_from(start)?;
    let items = ["by copy".into(), "in place".into()];
    change_nested(stage, manager, &dict, "authors", items)?;
    let dict = Datum::from(dict.snapshot()?);
    stage.print("main", "dict", content(&dict));
    Ok(Outcome::none().with("dict", dict.to_json()))
}

fn several_children(stage: &Stage, manager: &Manager) -> Result<Outcome, LessonError> {
    let (dict, list) = (manager.dict()?, manager.list()?);
    let mut children: Vec<Process<'static>> = (1..=CHILDREN)
        .map(|number| {
            let (stage, dict, list) = (stage.clone(), dict.clone(), list.clone());
            let server = manager.pid();
            Process::new(format!("child {number}"), move || {
                let name = format!("child {number}");
                print_change(&stage, &name, server);
                dict.set(name.as_str(), number)?;
                list.push(number)
            })
        })
        .collect();
    for child in &mut children {
        child.start()?;
    }
    for child in &children {
        finish(child)?;
    }
    let keys = dict.len()? as u64;
    let (dict, list) = (Datum::from(dict.snapshot()?), Datum::List(list.snapshot()?));
    stage.print("main", "dict", content(&dict));
    stage.print("main", "list", content(&list));
    Ok(Outcome::none()
        .with("dict", dict.to_json())
        .with("keys", keys)
        .with("list", list.to_json()))
}
