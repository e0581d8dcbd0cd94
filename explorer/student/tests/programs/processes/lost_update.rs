use exercises::process::{Process, Value};

pub fn main() {
    let count = Value::new(0u32).unwrap();
    let children = ["one", "two"].map(|name| {
        let count = count.clone();
        let mut child = Process::new(name, move || {
            let before = count.get();
            count.set(before + 1);
        });
        child.start().unwrap();
        child
    });
    children.iter().for_each(|child| _ = child.join().unwrap());
    println!("{}", count.get());
}
