use std::sync::{Arc, Mutex};
use std::thread;

const COUNT: usize = 3;

fn main() {
    let forks: Vec<_> = (0..COUNT).map(|_| Arc::new(Mutex::new(()))).collect();
    let philosophers: Vec<_> = (0..COUNT)
        .map(|seat| {
            let left = Arc::clone(&forks[seat]);
            let right = Arc::clone(&forks[(seat + 1) % COUNT]);
            thread::spawn(move || {
                let _left = left.lock().unwrap();
                let _right = right.lock().unwrap();
            })
        })
        .collect();
    for philosopher in philosophers {
        philosopher.join().unwrap();
    }
    println!("all have eaten");
}
