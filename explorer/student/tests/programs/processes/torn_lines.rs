use exercises::process::Process;
use std::io::{Write, stdout};

pub fn main() {
    let mut child = Process::new("child", || {
        let mut out = stdout().lock();
        writeln!(out, "1").unwrap();
        writeln!(out, "2").unwrap();
        let (a, b) = (3, 4);
        writeln!(out, "{a}\n{b}").unwrap();
    });
    child.start().unwrap();
    println!("main");
    println!("5\n6");
    child.join().unwrap();
}
