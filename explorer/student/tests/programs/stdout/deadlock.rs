use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let lock = Arc::new(Mutex::new(()));
    let other = Arc::clone(&lock);
    let thread = thread::spawn(move || {
        let _guard = other.lock().unwrap();
        println!("inside");
    });
    let mut out = io::stdout().lock();
    let _guard = lock.lock().unwrap();
    writeln!(out, "main").unwrap();
    drop((out, _guard));
    thread.join().unwrap();
}
