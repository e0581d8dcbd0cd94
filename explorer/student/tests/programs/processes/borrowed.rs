use exercises::process::{Process, Value};
use std::cell::Cell;

pub fn main() {
    let shared = Value::new(1).unwrap();
    let own = Cell::new(1);
    let mut numbers = vec![1, 2, 3];
    let mut child = Process::borrowing("child", || {
        own.set(own.get() + 41);
        numbers.push(4);
        shared.set(own.get());
        println!("child: {} {numbers:?}", own.get());
    });
    child.start().unwrap();
    own.set(own.get() + 1);
    child.join().unwrap();
    drop(child);
    println!("shared: {}, not shared: {} {numbers:?}", shared.get(), own.get());
}
