//! A child that keeps its handle on a barrier and never comes: also where it has ended before it is handed over.
use exercises::process::{Barrier, BarrierError, Lock, Process};

struct Door(Lock);

impl Drop for Door {
    fn drop(&mut self) {
        drop(self.0.lock().unwrap());
    }
}

pub fn main() {
    let barrier = Barrier::new(2).unwrap();
    let own = barrier.clone();
    let door = Door(Lock::new().unwrap());
    let mut child = Process::new("child", move || {
        drop(door);
        std::mem::forget(barrier);
    });
    child.start().unwrap();
    println!("{}", matches!(own.wait(), Err(BarrierError::TooFew)));
    child.join().unwrap();
}
