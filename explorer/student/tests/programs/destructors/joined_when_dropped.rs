use std::sync::{Arc, Mutex};
use std::thread;

struct Joined(Option<thread::JoinHandle<()>>);

impl Drop for Joined {
    fn drop(&mut self) {
        self.0.take().unwrap().join().unwrap();
    }
}

fn main() {
    let (one, other) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let (first, second) = (Arc::clone(&one), Arc::clone(&other));
    let _thread = Joined(Some(thread::spawn(move || {
        let _second = second.lock().unwrap();
        let _first = first.lock().unwrap();
    })));
    let _one = one.lock().unwrap();
    let _other = other.lock().unwrap();
    println!("done");
}
