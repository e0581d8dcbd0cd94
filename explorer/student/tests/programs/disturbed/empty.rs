use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

fn main() {
    let queue = Arc::new((Mutex::new(VecDeque::new()), Condvar::new()));
    let other = Arc::clone(&queue);
    let consumer = thread::spawn(move || {
        let mut items = other.0.lock().unwrap();
        if items.is_empty() {
            items = other.1.wait(items).unwrap();
        }
        let item: u32 = items.pop_front().expect("an item");
        println!("{item}");
    });
    queue.0.lock().unwrap().push_back(7);
    queue.1.notify_one();
    consumer.join().unwrap();
}
