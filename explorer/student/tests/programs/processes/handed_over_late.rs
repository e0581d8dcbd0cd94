//! The same, where the child may be through before its parent has handed the queue over: dropping what else was moved is
//! a step of its own.
use exercises::process::{self, Lock, Process, Queue};

struct Door(Lock);

impl Drop for Door {
    fn drop(&mut self) {
        println!("door in {}", process::current_name());
        drop(self.0.lock().unwrap());
    }
}

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
    let door = Door(Lock::new().unwrap());
    let mut cook = Process::new("cook", move || {
        drop(door);
        queue.put(1).unwrap();
    });
    cook.start().unwrap();
    cook.join().unwrap();
    eater.join().unwrap();
}
