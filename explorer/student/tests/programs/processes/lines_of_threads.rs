use exercises::process::Process;
use std::thread;

pub fn main() {
    let mut child = Process::new("child", || {
        thread::scope(|scope| {
            scope.spawn(|| print!("a"));
            scope.spawn(|| println!("b"));
        });
    });
    child.start().unwrap();
    println!("main");
    child.join().unwrap();
}
