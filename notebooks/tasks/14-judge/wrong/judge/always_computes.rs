// kind: other
// Does not measure at all.
fn judge(job: &(dyn Fn() -> u64 + Sync)) -> (Kind, bool) {
    (Kind::Computes, same(job))
}

fn same(job: &(dyn Fn() -> u64 + Sync)) -> bool {
    let alone = job();
    thread::scope(|s| {
        let handles: Vec<_> = (0..8).map(|_| s.spawn(job)).collect();
        handles.into_iter().all(|handle| handle.join().unwrap() == alone)
    })
}
