//! Programs whose schedules are many: counted exactly by a test, timed by a benchmark.

use explorer::model::sync::{Arc, Condvar, Mutex};
use explorer::model::{println, thread};
use std::collections::VecDeque;

/// Two threads that take a mutex `times` times each.
pub fn two_threads_one_mutex(times: usize) {
    let lock = Arc::new(Mutex::new(0));
    let threads: Vec<_> = (0..2)
        .map(|number| {
            let lock = Arc::clone(&lock);
            thread::spawn(move || {
                for _ in 0..times {
                    *lock.lock().unwrap() += number;
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

/// Two producers of `items` each, one consumer, room for one.
pub fn one_slot_buffer(items: usize) {
    let buffer = Arc::new((Mutex::new(VecDeque::new()), Condvar::new(), Condvar::new()));
    let producers: Vec<_> = (0..2)
        .map(|producer| {
            let buffer = Arc::clone(&buffer);
            thread::spawn(move || {
                for item in 0..items {
                    let (queue, not_full, not_empty) = &*buffer;
                    let mut queue = queue.lock().unwrap();
                    while queue.len() == 1 {
                        queue = not_full.wait(queue).unwrap();
                    }
                    queue.push_back((producer, item));
                    not_empty.notify_one();
                }
            })
        })
        .collect();
    let consumer = thread::spawn(move || {
        for _ in 0..2 * items {
            let (queue, not_full, not_empty) = &*buffer;
            let mut queue = queue.lock().unwrap();
            while queue.is_empty() {
                queue = not_empty.wait(queue).unwrap();
            }
            let (producer, item) = queue.pop_front().unwrap();
            println!("{producer}.{item}");
            not_full.notify_one();
        }
    });
    for thread in producers.into_iter().chain([consumer]) {
        thread.join().unwrap();
    }
}
