use std::convert::TryFrom;
use std::sync::mpsc;
use std::thread;

fn main() {
    let async_name = u8::try_from(300i32).is_err();
    let (sender, receiver) = mpsc::channel();
    let other = sender.clone();
    thread::spawn(move || sender.send(1).unwrap());
    thread::spawn(move || other.send(2).unwrap());
    let got: Vec<i32> = receiver.iter().collect();
    println!("{} {:?}", async_name, got);
}
