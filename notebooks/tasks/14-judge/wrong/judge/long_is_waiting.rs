// Believes that a job that takes long waits.
fn judge(job: &(dyn Fn() + Sync)) -> Kind {
    if millis(job) > 10.0 { Kind::Waits } else { Kind::Computes }
}
