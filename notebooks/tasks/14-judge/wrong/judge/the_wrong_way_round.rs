// Has it the wrong way round: what takes longer in threads is said to wait.
fn judge(job: &(dyn Fn() + Sync)) -> Kind {
    let one = millis(job);
    let many = millis(|| in_threads(8, job));
    if many > 2.5 * one { Kind::Waits } else { Kind::Computes }
}
