use parking_lot::{Condvar, Mutex, RwLock};
use std::sync::Arc;
use std::thread;

fn main() {
    let shared = Arc::new((Mutex::new(2), Condvar::new(), RwLock::new(String::new())));
    for name in ["a", "b"] {
        let shared = Arc::clone(&shared);
        thread::spawn(move || {
            let (left, changed, text) = &*shared;
            text.write().push_str(name);
            println!("{name} {}", text.read());
            *left.lock() -= 1;
            changed.notify_one();
        });
    }
    let (left, changed, text) = &*shared;
    let mut left = left.lock();
    while *left > 0 {
        changed.wait(&mut left);
    }
    println!("{}", text.read());
}
