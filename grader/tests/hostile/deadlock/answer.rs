use std::sync::Mutex;

fn square(n: u64) -> u64 {
    let lock = Mutex::new(n);
    let first = lock.lock().unwrap();
    let second = lock.lock().unwrap();
    *first * *second
}
