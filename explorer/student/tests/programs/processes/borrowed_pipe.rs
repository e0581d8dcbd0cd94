use exercises::process::{Process, pipe};

pub fn main() {
    let (sender, receiver) = pipe::<u32>().unwrap();
    let mut reader = Process::borrowing("reader", || {
        while let Some(number) = receiver.recv().unwrap() {
            println!("received {number}");
        }
        println!("nobody is left");
    });
    reader.start().unwrap();
    sender.send(1).unwrap();
    sender.send(2).unwrap();
    drop(sender);
    reader.join().unwrap();
    println!("main is done");
}
