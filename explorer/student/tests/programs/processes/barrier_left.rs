//! One of three never comes: whoever waits is told when the others have ended.
use exercises::process::{Barrier, BarrierError, Process};

pub fn main() {
    let barrier = Barrier::new(3).unwrap();
    let mut early = Process::new("early", {
        let barrier = barrier.clone();
        move || {
            println!("{}", barrier.parties());
        }
    });
    early.start().unwrap();
    let mut waits = Process::new("waits", move || {
        println!("{}", matches!(barrier.wait(), Err(BarrierError::TooFew)));
    });
    waits.start().unwrap();
    waits.join().unwrap();
    early.join().unwrap();
}
