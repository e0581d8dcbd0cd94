use std::sync::{Arc, Mutex, mpsc};
use std::thread;

struct Told(mpsc::Sender<u32>);

impl Drop for Told {
    fn drop(&mut self) {
        self.0.send(0).expect("somebody listens");
    }
}

fn main() {
    let (to, from) = mpsc::channel();
    let (one, other) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let (first, second) = (Arc::clone(&one), Arc::clone(&other));
    let thread = thread::spawn(move || {
        let _told = Told(to);
        let _second = second.lock().unwrap();
        let _first = first.lock().unwrap();
    });
    {
        let _one = one.lock().unwrap();
        let _other = other.lock().unwrap();
    }
    thread.join().unwrap();
    println!("{}", from.recv().unwrap());
}
