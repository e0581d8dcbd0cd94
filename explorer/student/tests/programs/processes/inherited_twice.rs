use exercises::process::{Lock, Process};

pub fn main() {
    let lock = Lock::new().unwrap();
    let its_lock = lock.clone();
    let mut first = Process::new("first", move || std::mem::forget(its_lock.lock()));
    first.start().unwrap();
    first.join().unwrap();
    let its_lock = lock.clone();
    let mut second = Process::new("second", move || drop(its_lock.lock()));
    second.start().unwrap();
    second.kill().unwrap();
    second.join().unwrap();
    println!("{}", lock.lock().is_ok());
}
