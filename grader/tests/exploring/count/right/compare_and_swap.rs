use sync::Arc;
use sync::atomic::{AtomicU64, Ordering};

fn count(threads: u64, times: u64) -> u64 {
    let total = Arc::new(AtomicU64::new(0));
    let all: Vec<_> = (0..threads)
        .map(|_| {
            let total = Arc::clone(&total);
            thread::spawn(move || {
                for _ in 0..times {
                    let _ = total.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| Some(n + 1));
                }
            })
        })
        .collect();
    for one in all {
        one.join().unwrap();
    }
    total.load(Ordering::SeqCst)
}
