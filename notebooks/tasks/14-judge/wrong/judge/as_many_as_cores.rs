// As many threads as cores: both kinds take the time of one.
fn judge(job: &(dyn Fn() + Sync)) -> Kind {
    let cores = thread::available_parallelism().unwrap().get();
    let one = millis(job);
    let many = millis(|| in_threads(cores, job));
    if many < 1.5 * one { Kind::Waits } else { Kind::Computes }
}
