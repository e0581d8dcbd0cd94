// Joins each thread before the next starts: all jobs take their time one after the other.
fn judge(job: &(dyn Fn() + Sync)) -> Kind {
    let one = millis(job);
    let many = millis(|| {
        for _ in 0..8 {
            thread::scope(|s| {
                s.spawn(job).join().unwrap();
            });
        }
    });
    if many < 2.5 * one { Kind::Waits } else { Kind::Computes }
}
