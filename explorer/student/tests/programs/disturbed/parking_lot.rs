use parking_lot::{Condvar, Mutex};
use std::sync::Arc;
use std::thread;

fn main() {
    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let other = Arc::clone(&pair);
    let waiter = thread::spawn(move || {
        let mut ready = other.0.lock();
        if !*ready {
            other.1.wait(&mut ready);
        }
        println!("ready: {}", *ready);
    });
    *pair.0.lock() = true;
    pair.1.notify_one();
    waiter.join().unwrap();
}
