//! A queue that its maker has no handle on any more ends with the child it was moved into.
use exercises::process::{Process, Queue};
pub fn main() {
    let queue = Queue::<u32>::unbounded().unwrap();
    let mut eater = Process::new("eater", {
        let queue = queue.clone();
        move || {
            while let Some(item) = queue.get().unwrap() {
                println!("eats {item}");
            }
            println!("eater is done");
        }
    });
    eater.start().unwrap();
    let mut cook = Process::new("cook", move || {
        queue.put(1).unwrap();
        println!("cook is done");
    });
    cook.start().unwrap();
    cook.join().unwrap();
    eater.join().unwrap();
}
