// kind: over-synchronised
// Joins each thread before the next starts: all jobs take their time one after the other.
fn judge(job: &(dyn Fn() -> u64 + Sync)) -> (Kind, bool) {
    let one = millis(|| _ = job());
    let many = millis(|| {
        for _ in 0..8 {
            thread::scope(|s| {
                s.spawn(job).join().unwrap();
            });
        }
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
