//! Bytes from a child, up to the end of the file.
use exercises::process::{Process, byte_pipe};
use std::io::{Read, Write};

pub fn main() {
    let (mut sender, mut receiver) = byte_pipe().unwrap();
    let mut child = Process::new("child", move || {
        sender.write_all(b"good ").unwrap();
        sender.write_all(b"bye").unwrap();
    });
    child.start().unwrap();
    let mut text = String::new();
    receiver.read_to_string(&mut text).unwrap();
    println!("{text}");
    child.join().unwrap();
    let (mut sender, receiver) = byte_pipe().unwrap();
    drop(receiver);
    println!("{:?}", sender.write(b"x").map_err(|error| error.kind()));
}
