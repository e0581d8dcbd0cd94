fn judge(job: &(dyn Fn() + Sync)) -> Kind {
    let threads = 4 * thread::available_parallelism().unwrap().get();
    let fastest = |work: &dyn Fn()| {
        let first = millis(work);
        first.min(millis(work))
    };
    let one = fastest(&|| job());
    let many = fastest(&|| in_threads(threads, job));
    if many < 2.5 * one {
        Kind::Waits
    } else {
        Kind::Computes
    }
}
