//! A task that is taken and never done: who waits for all of them waits for ever.
use exercises::process::{JoinableQueue, Process};
fn main() {
    let work = JoinableQueue::<u8>::unbounded().unwrap();
    let mut worker = Process::new("worker", {
        let work = work.clone();
        move || {
            while let Some(one) = work.get().unwrap() {
                if one != 2 {
                    work.task_done().unwrap();
                }
            }
        }
    });
    worker.start().unwrap();
    for one in 1..=2 { work.put(one).unwrap(); }
    work.join().unwrap();
    println!("done");
    work.close();
    worker.join().unwrap();
}
