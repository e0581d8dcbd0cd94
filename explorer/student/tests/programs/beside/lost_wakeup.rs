use parking_lot::{Condvar, Mutex};
use std::thread;

fn main() {
    static READY: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());
    let other = thread::spawn(|| {
        *READY.0.lock() = true;
        READY.1.notify_one();
    });
    let mut ready = READY.0.lock();
    READY.1.wait(&mut ready);
    println!("{ready}");
    drop(ready);
    other.join().unwrap();
}
