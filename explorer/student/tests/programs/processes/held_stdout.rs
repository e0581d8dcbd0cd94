use exercises::process::{Process, pipe};
use std::io::{Write, stdout};

pub fn main() {
    let (sender, receiver) = pipe::<u8>().unwrap();
    let mut child = Process::new("child", move || {
        let mut out = stdout().lock();
        writeln!(out, "1").unwrap();
        receiver.recv().unwrap();
        writeln!(out, "2").unwrap();
    });
    child.start().unwrap();
    println!("main");
    sender.send(1).unwrap();
    child.join().unwrap();
}
