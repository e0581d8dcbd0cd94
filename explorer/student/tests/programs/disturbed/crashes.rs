use std::sync::{Arc, Condvar, Mutex};
use std::thread;

fn without_end(depth: u64) -> u64 {
    std::hint::black_box(without_end(depth + 1)) + depth
}

fn main() {
    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let other = Arc::clone(&pair);
    let waiter = thread::spawn(move || {
        let mut ready = other.0.lock().unwrap();
        if !*ready {
            ready = other.1.wait(ready).unwrap();
        }
        if !*ready {
            without_end(0);
        }
    });
    *pair.0.lock().unwrap() = true;
    pair.1.notify_one();
    waiter.join().unwrap();
}
