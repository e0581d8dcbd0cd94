use exercises::sync::Semaphore;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread;

pub fn main() {
    let ready = Semaphore::new(0);
    let shelf = Mutex::new(VecDeque::new());
    thread::scope(|s| {
        for i in 1..=2 {
            let (ready, shelf) = (&ready, &shelf);
            s.spawn(move || {
                ready.acquire_noting(|| println!("{i} waits"));
                let item: Option<u8> = shelf.lock().unwrap().pop_front();
                println!("{i} has {}", item.unwrap());
            });
        }
        for item in [7, 8] {
            shelf.lock().unwrap().push_back(item);
            ready.release();
        }
    });
    println!("left: {}", ready.permits());
}
