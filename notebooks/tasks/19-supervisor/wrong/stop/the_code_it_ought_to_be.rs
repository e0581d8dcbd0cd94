// kind: luck
// It does not look at how the process ended, only at what was done to it.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    if !child.is_alive() {
        return child.exit_code();
    }
    child.terminate().unwrap();
    let polite = child.join_timeout(grace).unwrap();
    if !polite {
        child.kill().unwrap();
    }
    child.join().unwrap();
    Some(if polite { -15 } else { -9 })
}
