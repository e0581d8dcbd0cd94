// kind: other
// It believes that a job gives everybody the same.
fn judge(job: &(dyn Fn() -> u64 + Sync)) -> (Kind, bool) {
    let threads = 4 * thread::available_parallelism().unwrap().get();
    let fastest = |work: &mut dyn FnMut()| {
        let first = millis(&mut *work);
        first.min(millis(work))
    };
    let (mut alone, mut others) = (0, Vec::new());
    let one = fastest(&mut || alone = job());
    let many = fastest(&mut || {
        thread::scope(|s| {
            let handles: Vec<_> = (0..threads).map(|_| s.spawn(job)).collect();
            others.extend(handles.into_iter().map(|handle| handle.join().unwrap()));
        });
    });
    let kind = if many < 2.5 * one {
        Kind::Waits
    } else {
        Kind::Computes
    };
    let _ = (alone, others);
    (kind, true)
}
