//! Pool: `map` over values, `starmap` over tuples.

use recorder::order::{Amount, Rule};

use super::pooled::{
    ALL_TUPLES, AT_MOST, ENDED, IN_CHUNKS, LAST, OWN_PIDS, OWN_PROCESSES, TUPLES, nothing,
    print_result, print_tuple, print_value, values,
};
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{Datum, Pool};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e7",
    parameters: &[Parameter {
        default: 0,
        ..Parameter::count("n_workers")
    }],
    files: &[],
    always: &[AT_MOST, OWN_PIDS, OWN_PROCESSES, LAST, ENDED],
    scenarios: [
        Scenario {
            guaranteed: &[values(5), IN_CHUNKS, nothing(5)],
            likely: &[],
        },
        Scenario {
            guaranteed: &[values(100), IN_CHUNKS, nothing(100)],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                ALL_TUPLES, // As many tasks as tuples, whatever the number of workers.
                Rule::Result {
                    field: "tasks",
                    is: Amount::Is(TUPLES.len() as i64),
                },
                nothing(TUPLES.len() as i64),
            ],
            likely: &[],
        },
    ],
    run,
};

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let workers = stage.count("n_workers") as usize;
    let (outputs, workers, tasks) = if stage.scene() == Scene::Third {
        let pool = Pool::of_arguments(workers, {
            let stage = stage.clone();
            move |a: &u32, b: &u32, c: &u32| print_tuple(&stage, (*a, *b, *c))
        })?;
        let outputs = pool.starmap(&TUPLES)?;
        pool.close();
        pool.join()?;
        (outputs, pool.workers(), TUPLES.len())
    } else {
        let pool = Pool::new(workers, {
            let stage = stage.clone();
            move |value: &u32| print_value(&stage, *value)
        })?;
        let count = if stage.scene() == Scene::First {
            5
        } else {
            100
        };
        let outputs = pool.map(&(0..count).collect::<Vec<u32>>())?;
        pool.close();
        pool.join()?;
        (outputs, pool.workers(), count as usize)
    };
    // The function gave nothing back: `()` in Rust, None in Python.
    let outputs = Datum::from(outputs);
    print_result(stage, &outputs);
    Ok(Outcome::none()
        .with("outputs", outputs.to_json())
        .with("tasks", tasks)
        .with("workers", workers)
        .with("chunk", Pool::chunk_size(workers, tasks)))
}
