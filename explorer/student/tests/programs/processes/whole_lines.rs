use exercises::process::{Process, pipe};
use std::io::Write;

pub fn main() {
    let (sender, receiver) = pipe::<u8>().unwrap();
    let mut child = Process::new("child", move || {
        print!("working... ");
        sender.send(1).unwrap();
        println!("done");
        print!("at the end");
    });
    child.start().unwrap();
    receiver.recv().unwrap();
    print!("ma");
    std::io::stdout().flush().unwrap();
    println!("in");
    child.join().unwrap();
    println!();
}
