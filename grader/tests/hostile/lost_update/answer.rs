use sync::{Arc, Mutex};

// Reads and writes under the lock, but not under the same one.
fn square(n: u64) -> u64 {
    let sum = Arc::new(Mutex::new(0));
    let threads: Vec<_> = (0..n)
        .map(|_| {
            let sum = sum.clone();
            thread::spawn(move || {
                for _ in 0..n {
                    let old = *sum.lock().unwrap();
                    *sum.lock().unwrap() = old + 1;
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let sum = *sum.lock().unwrap();
    sum
}
