// A Mutex in a comment is no word.
fn square(n: u64) -> u64 {
    let lock = std::sync::Mutex::new(n);
    *lock.lock().unwrap() * n
}
