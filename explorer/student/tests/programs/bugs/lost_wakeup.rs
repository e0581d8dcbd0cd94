use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

fn main() {
    let pair = Arc::new((Mutex::new(()), Condvar::new()));
    let other = Arc::clone(&pair);
    let waiter = thread::spawn(move || {
        let guard = other.0.lock().unwrap();
        drop(other.1.wait(guard).unwrap());
    });
    // Long enough, nearly always.
    thread::sleep(Duration::from_millis(200));
    pair.1.notify_one();
    waiter.join().unwrap();
}
