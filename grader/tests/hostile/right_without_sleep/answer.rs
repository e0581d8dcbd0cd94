use std::sync::{Condvar, Mutex};
use std::time::Duration;

// Waiting with a limit is no sleep.
fn square(n: u64) -> u64 {
    let (lock, nobody) = (Mutex::new(()), Condvar::new());
    let _ = nobody.wait_timeout(lock.lock().unwrap(), Duration::from_millis(5)).unwrap();
    n * n
}
