fn square(n: u64) -> u64 {
    let done = sync::Arc::new(sync::Barrier::new(2 * n as usize + 1));
    let lock = sync::Arc::new((sync::Mutex::new(0), sync::Condvar::new()));
    let mut all = Vec::new();
    for k in 0..n {
        let (done, lock) = (done.clone(), lock.clone());
        all.push(thread::spawn(move || {
            let mut now = lock.0.lock().unwrap();
            while *now != k {
                now = lock.1.wait(now).unwrap();
            }
            say(format!("runner {k}"), "take", k);
            *now += 1;
            lock.1.notify_all();
            drop(now);
            done.wait();
        }));
    }
    let idle: Vec<_> = (0..n)
        .map(|_| {
            let done = done.clone();
            std::thread::spawn(move || drop(done.wait()))
        })
        .collect();
    done.wait();
    all.into_iter().for_each(|runner| runner.join().unwrap());
    idle.into_iter().for_each(|thread| thread.join().unwrap());
    n
}
