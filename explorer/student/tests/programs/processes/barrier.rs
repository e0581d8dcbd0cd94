//! Nobody passes before all have arrived.
use exercises::process::{Barrier, Process};

pub fn main() {
    let barrier = Barrier::new(2).unwrap();
    let mut other = Process::new("other", {
        let barrier = barrier.clone();
        move || {
            println!("other arrives");
            barrier.wait().unwrap();
        }
    });
    other.start().unwrap();
    barrier.wait().unwrap();
    println!("main is through");
    other.join().unwrap();
}
