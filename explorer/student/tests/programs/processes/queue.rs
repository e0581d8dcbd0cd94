//! Two producers, and who takes until both have gone.
use exercises::process::{Process, Queue};

pub fn main() {
    let queue = Queue::<String>::unbounded().unwrap();
    let children = ["a", "b"].map(|name| {
        let queue = queue.clone();
        let mut child = Process::new(name, move || {
            queue.put(format!("from {name}")).unwrap();
        });
        child.start().unwrap();
        child
    });
    let all: Vec<String> = queue.iter().map(Result::unwrap).collect();
    println!("{}", all.join(", "));
    children.iter().for_each(|child| _ = child.join().unwrap());
}
