//! Messages one way and both ways, and the end.
use exercises::process::{Process, PutError, duplex, pipe};

pub fn main() {
    let (sender, receiver) = pipe::<(u32, String)>().unwrap();
    let mut child = Process::new("sender", move || {
        sender.send((1, "one".to_owned())).unwrap();
        sender.send((2, "two".to_owned())).unwrap();
    });
    child.start().unwrap();
    while let Some((number, word)) = receiver.recv().unwrap() {
        println!("{number} {word}");
    }
    child.join().unwrap();
    let (ours, theirs) = duplex::<u32>().unwrap();
    let mut doubler = Process::new("doubler", move || {
        while let Some(number) = theirs.recv().unwrap() {
            theirs.send(2 * number).unwrap();
        }
    });
    doubler.start().unwrap();
    ours.send(21).unwrap();
    println!("{:?}", ours.recv().unwrap());
    drop(ours);
    println!("{:?}", doubler.join().unwrap());
    let (sender, receiver) = pipe::<u8>().unwrap();
    drop(receiver);
    println!("{}", matches!(sender.send(1), Err(PutError::NobodyTakes)));
}
