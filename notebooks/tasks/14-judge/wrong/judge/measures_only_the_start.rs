// kind: other
// Stops the clock when the threads are started, not when they have ended.
fn judge(job: &(dyn Fn() -> u64 + Sync)) -> (Kind, bool) {
    let one = millis(|| _ = job());
    let mut many = 0.0;
    thread::scope(|s| {
        many = millis(|| {
            for _ in 0..8 {
                s.spawn(job);
            }
        });
    });
    let kind = if many < 2.5 * one { Kind::Waits } else { Kind::Computes };
    (kind, same(job))
}

fn same(job: &(dyn Fn() -> u64 + Sync)) -> bool {
    let alone = job();
    thread::scope(|s| {
        let handles: Vec<_> = (0..8).map(|_| s.spawn(job)).collect();
        handles.into_iter().all(|handle| handle.join().unwrap() == alone)
    })
}
