// kind: luck
// As many threads as cores: both kinds take the time of one.
fn judge(job: &(dyn Fn() -> u64 + Sync)) -> (Kind, bool) {
    let cores = thread::available_parallelism().unwrap().get();
    let one = millis(|| _ = job());
    let many = millis(|| in_threads(cores, || _ = job()));
    let kind = if many < 1.5 * one { Kind::Waits } else { Kind::Computes };
    (kind, same(job))
}

fn same(job: &(dyn Fn() -> u64 + Sync)) -> bool {
    let alone = job();
    thread::scope(|s| {
        let handles: Vec<_> = (0..8).map(|_| s.spawn(job)).collect();
        handles.into_iter().all(|handle| handle.join().unwrap() == alone)
    })
}
