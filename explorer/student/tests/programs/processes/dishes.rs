//! A queue that knows when all its items are done.
use exercises::process::{JoinableQueue, Process, TaskDoneError};

pub fn main() {
    let dishes = JoinableQueue::<String>::unbounded().unwrap();
    let mut dryer = Process::new("dryer", {
        let dishes = dishes.clone();
        move || {
            while let Some(dish) = dishes.get().unwrap() {
                println!("dries {dish}");
                dishes.task_done().unwrap();
            }
        }
    });
    dryer.start().unwrap();
    for dish in ["salad", "bread"] {
        dishes.put(dish.to_owned()).unwrap();
    }
    dishes.join().unwrap();
    println!("dry {} {:?}", dishes.unfinished(), dishes.task_done() == Err(TaskDoneError));
    dishes.close();
    dryer.join().unwrap();
}
