//! A lock of a file: whoever ends with it leaves it free, and nobody is told.
use exercises::process::{FileLock, Process};

pub fn main() {
    let lock = FileLock::new().unwrap();
    let careless = |how: fn()| {
        let lock = lock.clone();
        move || {
            std::mem::forget(lock.lock().unwrap());
            println!("careless");
            how();
        }
    };
    for how in [|| (), || std::process::exit(1), || panic!("no")] as [fn(); 3] {
        let mut child = Process::new("careless", careless(how));
        child.start().unwrap();
        let held = lock.lock().unwrap();
        println!("main");
        drop(held);
        child.join().unwrap();
        assert!(lock.try_lock().unwrap().is_some());
    }
    // Whoever is forked while it is held has it, too.
    let held = lock.lock().unwrap();
    let mut heir = Process::new("heir", || println!("heir"));
    heir.start().unwrap();
    drop(held);
    drop(lock.lock().unwrap());
    println!("free");
    heir.join().unwrap();
}
