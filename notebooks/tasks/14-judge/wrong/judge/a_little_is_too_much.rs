// A little computing is enough to be called a job that computes.
fn judge(job: &(dyn Fn() + Sync)) -> Kind {
    let one = millis(job);
    let many = millis(|| in_threads(8, job));
    if many < 1.1 * one { Kind::Waits } else { Kind::Computes }
}
