//! A process as a type of one's own, with a method `run`.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::process::{self, Process};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e3",
    parameters: &[],
    files: &[],
    always: &[OWN_PID, OWN_PROCESSES],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Within {
                    of: Pick::ALL,
                    words: &[Word::Once("work")],
                },
                ended(&Amount::Is(1)),
                Rule::ResultReads {
                    field: "exit_codes",
                    json: "[0]",
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                WORK_THEN_DATA,
                OWN_DATA,
                ended(&Amount::Is(1)),
                Rule::ResultReads {
                    field: "exit_codes",
                    json: "[0]",
                },
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                WORK_THEN_DATA,
                OWN_DATA,
                Rule::Indices {
                    of: Pick::ALL,
                    from: 1,
                    count: Amount::Is(MANY as i64),
                },
                Rule::Distinct {
                    of: Pick::what(&["work"]),
                    field: "",
                },
                ended(&Amount::Is(MANY as i64)),
                Rule::ResultReads {
                    field: "exit_codes",
                    json: "[0, 0, 0, 0, 0, 0, 0, 0]",
                },
            ],
            likely: &[],
        },
    ],
    run,
};

const MANY: u32 = 8;

const WORK_THEN_DATA: Rule = Rule::Within {
    of: Pick::ALL,
    words: &[Word::Once("work"), Word::Once("data")],
};
const OWN_DATA: Rule = Rule::FromList {
    of: Pick::what(&["data"]),
    list: "data",
    from: 1,
};
const OWN_PID: Rule = Rule::OwnPid {
    of: Pick::what(&["work"]),
    field: "",
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Process,
};

const fn ended(count: &'static Amount) -> Rule {
    Rule::AllEnded {
        kind: LaneKind::Process,
        count: *count,
    }
}

/// What belongs to the process, beside its number.
struct MyProcess<'a> {
    stage: &'a Stage,
    data: Option<u32>,
}

impl MyProcess<'_> {
    fn run(&self) {
        let name = process::current_name();
        self.stage.print(&name, "work", process::id());
        if let Some(data) = self.data {
            self.stage.print(&name, "data", data);
        }
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let mut random = stage.random();
    let how_many = if stage.scene() == Scene::Third {
        MANY
    } else {
        1
    };
    let data: Vec<u32> = (0..how_many).map(|_| random.u32(1..=1000)).collect();

    let mut processes = Vec::new();
    for (number, data) in (1..).zip(&data) {
        let mine = MyProcess {
            stage,
            data: (stage.scene() != Scene::First).then_some(*data),
        };
        processes.push(Process::borrowing(
            format!("MyProcess-{number}"),
            move || mine.run(),
        ));
    }
    for process in &mut processes {
        process.start()?;
    }
    for process in &processes {
        finish(process)?;
    }
    let exit_codes: Vec<Option<i32>> = processes.iter().map(Process::exit_code).collect();
    Ok(Outcome::none()
        .with("data", data)
        .with("exit_codes", exit_codes))
}
