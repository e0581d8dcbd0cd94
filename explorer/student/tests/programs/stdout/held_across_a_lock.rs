use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let count = Arc::new(Mutex::new(0));
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let count = Arc::clone(&count);
            thread::spawn(move || {
                let mut out = io::stdout().lock();
                writeln!(out, "begin").unwrap();
                *count.lock().unwrap() += 1;
                writeln!(out, "end {}", count.lock().unwrap()).unwrap();
            })
        })
        .collect();
    println!("main");
    for thread in threads {
        thread.join().unwrap();
    }
}
