// Stops the clock when the threads are started, not when they have ended.
fn judge(job: &(dyn Fn() + Sync)) -> Kind {
    let one = millis(job);
    let mut many = 0.0;
    thread::scope(|s| {
        many = millis(|| {
            for _ in 0..8 {
                s.spawn(job);
            }
        });
    });
    if many < 2.5 * one { Kind::Waits } else { Kind::Computes }
}
