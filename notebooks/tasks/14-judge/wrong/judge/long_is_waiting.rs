// kind: other
// Believes that a job that takes long waits.
fn judge(job: &(dyn Fn() -> u64 + Sync)) -> (Kind, bool) {
    let kind = if millis(|| _ = job()) > 10.0 { Kind::Waits } else { Kind::Computes };
    (kind, same(job))
}

fn same(job: &(dyn Fn() -> u64 + Sync)) -> bool {
    let alone = job();
    thread::scope(|s| {
        let handles: Vec<_> = (0..8).map(|_| s.spawn(job)).collect();
        handles.into_iter().all(|handle| handle.join().unwrap() == alone)
    })
}
