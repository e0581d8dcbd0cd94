use sync::atomic::{AtomicU64, Ordering};
use sync::Arc;

fn count(threads: u64, times: u64) -> u64 {
    let total = Arc::new(AtomicU64::new(0));
    let all: Vec<_> = (0..threads)
        .map(|_| {
            let total = Arc::clone(&total);
            thread::spawn(move || {
                for _ in 0..times {
                    total.fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    for one in all {
        one.join().unwrap();
    }
    total.load(Ordering::SeqCst)
}
