// kind: other
// Has it the wrong way round: what takes longer in threads is said to wait.
fn judge(job: &(dyn Fn() -> u64 + Sync)) -> (Kind, bool) {
    let one = millis(|| _ = job());
    let many = millis(|| in_threads(8, || _ = job()));
    let kind = if many > 2.5 * one { Kind::Waits } else { Kind::Computes };
    (kind, same(job))
}

fn same(job: &(dyn Fn() -> u64 + Sync)) -> bool {
    let alone = job();
    thread::scope(|s| {
        let handles: Vec<_> = (0..8).map(|_| s.spawn(job)).collect();
        handles.into_iter().all(|handle| handle.join().unwrap() == alone)
    })
}
