//! Two children count in shared memory, under a lock.
use exercises::process::{Lock, Process, Value};

pub fn main() {
    let lock = Lock::new().unwrap();
    let count = Value::new(0u32).unwrap();
    let children = ["one", "two"].map(|name| {
        let (lock, count) = (lock.clone(), count.clone());
        let mut child = Process::new(name, move || {
            let _held = lock.lock().unwrap();
            count.set(count.get() + 1);
        });
        child.start().unwrap();
        child
    });
    children.iter().for_each(|child| _ = child.join().unwrap());
    println!("{}", count.get());
}
