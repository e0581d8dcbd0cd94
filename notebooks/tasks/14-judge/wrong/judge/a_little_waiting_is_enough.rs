// A little waiting is enough to be called a job that waits.
fn judge(job: &(dyn Fn() + Sync)) -> Kind {
    let one = millis(job);
    let many = millis(|| in_threads(8, job));
    if many < 3.9 * one { Kind::Waits } else { Kind::Computes }
}
