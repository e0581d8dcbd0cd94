//! The first thing a teacher tries: a child counts on, its parent does not see it.
use exercises::process::Process;
use std::sync::atomic::{AtomicU32, Ordering};

static COUNTER: AtomicU32 = AtomicU32::new(0);

pub fn main() {
    COUNTER.fetch_add(1, Ordering::SeqCst);
    let mut child = Process::new("child", || {
        COUNTER.fetch_add(10, Ordering::SeqCst);
        println!("child {}", COUNTER.load(Ordering::SeqCst));
    });
    child.start().unwrap();
    COUNTER.fetch_add(100, Ordering::SeqCst);
    println!("exit code {:?}", child.join().unwrap());
    println!("parent {}", COUNTER.load(Ordering::SeqCst));
}
