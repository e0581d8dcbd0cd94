use sync::{Arc, Mutex};

fn count(threads: u64, times: u64) -> u64 {
    let total = Arc::new(Mutex::new(0));
    let all: Vec<_> = (0..threads)
        .map(|k| {
            let total = Arc::clone(&total);
            thread::spawn(move || {
                for _ in 0..times {
                    *total.lock().unwrap() += 1;
                }
                say(k, "done", times);
            })
        })
        .collect();
    for one in all {
        one.join().unwrap();
    }
    *total.lock().unwrap()
}
