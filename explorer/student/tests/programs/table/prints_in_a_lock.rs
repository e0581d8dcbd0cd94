use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let lock = Arc::new(Mutex::new(()));
    let threads: Vec<_> = ["a", "b"]
        .into_iter()
        .map(|name| {
            let lock = Arc::clone(&lock);
            thread::spawn(move || {
                for number in 0..3 {
                    let _guard = lock.lock().unwrap();
                    println!("{name}{number}");
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}
