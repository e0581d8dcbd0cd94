use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let one = Arc::new(Mutex::new(()));
    let other = Arc::new(Mutex::new(()));
    let (one2, other2) = (Arc::clone(&one), Arc::clone(&other));
    let first = thread::spawn(move || {
        let _one = one.lock().unwrap();
        let _other = other.lock().unwrap();
    });
    let second = thread::spawn(move || {
        let _other = other2.lock().unwrap();
        let _one = one2.lock().unwrap();
    });
    first.join().unwrap();
    second.join().unwrap();
}
