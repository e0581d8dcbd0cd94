use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread;

fn main() {
    let permits = Arc::new(AtomicI32::new(1));
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let permits = Arc::clone(&permits);
            thread::spawn(move || {
                if permits.load(Ordering::SeqCst) > 0 {
                    permits.fetch_sub(1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert!(permits.load(Ordering::SeqCst) >= 0, "one permit, two holders");
}
