use std::sync::{Arc, Condvar, Mutex, RwLock};
use std::thread;

fn main() {
    let shared = Arc::new((Mutex::new(2), Condvar::new(), RwLock::new(String::new())));
    for name in ["a", "b"] {
        let shared = Arc::clone(&shared);
        thread::spawn(move || {
            let (left, changed, text) = &*shared;
            text.write().unwrap().push_str(name);
            println!("{name} {}", text.read().unwrap());
            *left.lock().unwrap() -= 1;
            changed.notify_one();
        });
    }
    let (left, changed, text) = &*shared;
    let mut left = left.lock().unwrap();
    while *left > 0 {
        left = changed.wait(left).unwrap();
    }
    println!("{}", text.read().unwrap());
}
