// Calls the job and gives the threads nothing to do.
fn judge(job: &(dyn Fn() + Sync)) -> Kind {
    let one = millis(job);
    let many = millis(|| {
        for _ in 0..8 {
            let result = job();
            in_threads(1, || result);
        }
    });
    if many < 2.5 * one { Kind::Waits } else { Kind::Computes }
}
