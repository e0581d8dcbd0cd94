use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

fn main() {
    let shared = Arc::new((Mutex::new(VecDeque::new()), Condvar::new()));
    let takers: Vec<_> = (0..2)
        .map(|_| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let (queue, filled) = &*shared;
                let mut queue = queue.lock().unwrap();
                if queue.is_empty() {
                    queue = filled.wait(queue).unwrap();
                }
                queue.pop_front().expect("somebody put an item in");
            })
        })
        .collect();
    for item in 0..2 {
        let (queue, filled) = &*shared;
        queue.lock().unwrap().push_back(item);
        filled.notify_all();
    }
    for taker in takers {
        let _ = taker.join();
    }
}
