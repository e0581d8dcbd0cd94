// A signal to a process that has ended does no harm, so nobody need ask whether it lives.
fn stop(child: &Process<'_>, grace: Duration) -> Option<i32> {
    let _ = child.terminate();
    let in_time = child.join_timeout(grace).ok()?;
    if !in_time {
        let _ = child.kill();
    }
    child.join().ok().flatten()
}
