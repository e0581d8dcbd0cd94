use std::io::{self, Write};
use std::thread;

fn main() {
    let threads: Vec<_> = ["a", "b"]
        .into_iter()
        .map(|name| {
            thread::spawn(move || {
                let mut out = io::stdout().lock();
                writeln!(out, "{name}1").unwrap();
                writeln!(out, "{name}2").unwrap();
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}
