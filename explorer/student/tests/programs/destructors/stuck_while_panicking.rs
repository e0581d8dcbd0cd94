use std::sync::{Arc, Mutex};
use std::thread;

struct Joined(Option<thread::JoinHandle<()>>);

impl Drop for Joined {
    fn drop(&mut self) {
        self.0.take().unwrap().join().unwrap();
    }
}

fn main() {
    let lock = Arc::new(Mutex::new(()));
    let mine = lock.lock();
    let other = Arc::clone(&lock);
    let _thread = Joined(Some(thread::spawn(move || drop(other.lock()))));
    if mine.is_ok() {
        panic!("with the lock");
    }
}
