//! Thread-local values: each thread sees what it has set itself.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Scalar, Step, Want};
use serde_json::json;

use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::thread;
use crate::stage::Stage;
use crate::sync::{Barrier, Local};

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s6e7",
    parameters: &[],
    files: &[],
    always: &[SET_BEFORE_READ, OWN_THREADS, ENDED],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: THREAD_1,
                    steps: &[
                        step(
                            "thread 1",
                            "set",
                            &[NAMED_VALUE, ("value", Scalar::Number(111))],
                        ),
                        step(
                            "thread 1",
                            "read",
                            &[NAMED_VALUE, ("value", Scalar::Number(111))],
                        ),
                    ],
                },
                Rule::Exactly {
                    of: THREAD_2,
                    steps: &[
                        step(
                            "thread 2",
                            "set",
                            &[NAMED_VALUE, ("value", Scalar::Number(222))],
                        ),
                        step(
                            "thread 2",
                            "read",
                            &[NAMED_VALUE, ("value", Scalar::Number(222))],
                        ),
                    ],
                },
            ],
            likely: &[IN_ORDER],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: THREAD_1,
                    steps: &[
                        step(
                            "thread 1",
                            "set",
                            &[
                                ("name", Scalar::Text("first")),
                                ("value", Scalar::Number(111)),
                            ],
                        ),
                        step(
                            "thread 1",
                            "read",
                            &[
                                ("name", Scalar::Text("first")),
                                ("value", Scalar::Number(111)),
                            ],
                        ),
                        Step::any("thread 1", "missing"),
                    ],
                },
                Rule::Exactly {
                    of: THREAD_2,
                    steps: &[
                        step(
                            "thread 2",
                            "set",
                            &[
                                ("name", Scalar::Text("second")),
                                ("value", Scalar::Number(222)),
                            ],
                        ),
                        Step::any("thread 2", "missing"),
                        step(
                            "thread 2",
                            "read",
                            &[
                                ("name", Scalar::Text("second")),
                                ("value", Scalar::Number(222)),
                            ],
                        ),
                    ],
                },
            ],
            likely: &[IN_ORDER],
        },
        Scenario {
            guaranteed: &[
                Rule::Exactly {
                    of: THREAD_1,
                    steps: &[
                        step(
                            "thread 1",
                            "set",
                            &[
                                ("name", Scalar::Text("dictionary")),
                                ("value", Scalar::Text(DICTIONARY)),
                            ],
                        ),
                        step(
                            "thread 1",
                            "read",
                            &[
                                ("name", Scalar::Text("dictionary")),
                                ("value", Scalar::Text(DICTIONARY)),
                            ],
                        ),
                    ],
                },
                Rule::Exactly {
                    of: THREAD_2,
                    steps: &[
                        step(
                            "thread 2",
                            "set",
                            &[
                                ("name", Scalar::Text("list")),
                                ("value", Scalar::Text(LIST)),
                            ],
                        ),
                        step(
                            "thread 2",
                            "read",
                            &[
                                ("name", Scalar::Text("list")),
                                ("value", Scalar::Text(LIST)),
                            ],
                        ),
                    ],
                },
            ],
            likely: &[IN_ORDER],
        },
    ],
    run,
};

const DICTIONARY: &str = "{one: 111, two: 222}";
const LIST: &str = "[111, 222]";

/// Thread 2 reads a little later, so that the order of the lines is likely.
const LATER_MS: u64 = 50;

const NAMED_VALUE: (&str, Scalar) = ("name", Scalar::Text("value"));
const THREAD_1: Pick = Pick::who(&["thread 1"]);
const THREAD_2: Pick = Pick::who(&["thread 2"]);

const SET_BEFORE_READ: Rule = Rule::AllBefore {
    first: Pick::what(&["set"]),
    then: Pick::what(&["read", "missing"]),
};
const IN_ORDER: Rule = Rule::Exactly {
    of: Pick::what(&["read"]),
    steps: &[Step::any("thread 1", "read"), Step::any("thread 2", "read")],
};
const OWN_THREADS: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Thread,
};
const ENDED: Rule = Rule::AllEnded {
    kind: LaneKind::Thread,
    count: Amount::Is(2),
};

const fn step(
    who: &'static str,
    what: &'static str,
    fields: &'static [(&'static str, Scalar)],
) -> Step {
    Step {
        who,
        what,
        want: Want::Fields(fields),
    }
}

/// Several names in one thread-local value.
#[derive(Clone, Default)]
struct Names {
    first: Option<u32>,
    second: Option<u32>,
}

/// Either of two types: in Rust that is one type with two cases.
#[derive(Clone)]
enum Content {
    Dictionary(Vec<(&'static str, u32)>),
    List(Vec<u32>),
}

impl Content {
    fn kind(&self) -> &'static str {
        match self {
            Content::Dictionary(_) => "dictionary",
            Content::List(_) => "list",
        }
    }

    fn text(&self) -> String {
        match self {
            Content::Dictionary(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(name, number)| format!("{name}: {number}"))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
            Content::List(numbers) => format!("{numbers:?}"),
        }
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    match stage.scene() {
        Scene::First => {
            let value = Local::<u32>::unset();
            two_threads(
                stage,
                |number| {
                    value.set(111 * number);
                    say(stage, "set", "value", 111 * number);
                },
                |_| read_the_value(stage, &value),
            )
        }
        Scene::Second => {
            let names = Local::new(Names::default);
            two_threads(
                stage,
                |number| set_own(stage, &names, number),
                |_| read_both(stage, &names),
            )
        }
        Scene::Third => {
            let content = Local::<Content>::unset();
            two_threads(
                stage,
                |number| {
                    let own = match number {
                        1 => Content::Dictionary(vec![("one", 111), ("two", 222)]),
                        _ => Content::List(vec![111, 222]),
                    };
                    say(stage, "set", own.kind(), own.text());
                    content.set(own);
                },
                |_| {
                    let own = content.get()?;
                    say(stage, "read", own.kind(), own.text());
                    Ok(())
                },
            )
        }
    }?;
    Ok(Outcome::none())
}

fn say(stage: &Stage, what: &str, name: &str, value: impl Into<serde_json::Value>) {
    let value: serde_json::Value = value.into();
    stage.print(
        &thread::current_name(),
        what,
        json!({"name": name, "value": value}),
    );
}

/// The helper function: it is not told who calls it, and finds the right value.
fn read_the_value(stage: &Stage, value: &Local<u32>) -> Result<(), LessonError> {
    say(stage, "read", "value", value.get()?);
    Ok(())
}

fn set_own(stage: &Stage, names: &Local<Names>, number: u32) {
    let (name, own) = match number {
        1 => (
            "first",
            Names {
                first: Some(111),
                second: None,
            },
        ),
        _ => (
            "second",
            Names {
                first: None,
                second: Some(222),
            },
        ),
    };
    names.set(own);
    say(stage, "set", name, 111 * number);
}

fn read_both(stage: &Stage, names: &Local<Names>) -> Result<(), LessonError> {
    let own = names.get()?;
    for (name, value) in [("first", own.first), ("second", own.second)] {
        match value {
            Some(value) => say(stage, "read", name, value),
            None => stage.print(&thread::current_name(), "missing", name),
        }
    }
    Ok(())
}

/// Both threads set before either reads.
fn two_threads(
    stage: &Stage,
    set: impl Fn(u32) + Sync,
    read: impl Fn(u32) -> Result<(), LessonError> + Sync,
) -> Result<(), LessonError> {
    let both_have_set = Barrier::new(2);
    thread::scope(|scope| {
        let threads = [1, 2].map(|number| {
            let (set, read, both_have_set) = (&set, &read, &both_have_set);
            let name = format!("thread {number}");
            scope.spawn(Some(&name), move || {
                set(number);
                both_have_set.wait()?;
                stage.sleep(LATER_MS * u64::from(number - 1));
                read(number)
            })
        });
        for thread in threads {
            thread.join()??;
        }
        Ok(())
    })
}
