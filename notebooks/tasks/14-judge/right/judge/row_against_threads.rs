// Compares a row of jobs with as many threads: does the work of the threads go as if there were enough cores?
fn judge(job: &(dyn Fn() -> u64 + Sync)) -> (Kind, bool) {
    let many = 16;
    let (mut alone, mut others) = (Vec::new(), Vec::new());
    let row = millis(|| alone = (0..many).map(|_| job()).collect());
    let threads = millis(|| {
        thread::scope(|s| {
            let handles: Vec<_> = (0..many).map(|_| s.spawn(job)).collect();
            for handle in handles {
                others.push(handle.join().unwrap());
            }
        });
    });
    // Alone waiting: a sixteenth. Alone computing: all cores, but no more.
    let cores = thread::available_parallelism().unwrap().get() as f64;
    let (least, most) = (1.0 / many as f64, 1.0 / cores);
    let kind = if threads / row < (least + most) / 2.0 {
        Kind::Waits
    } else {
        Kind::Computes
    };
    (kind, alone == others)
}
