// kind: other
// It waits for the grace, but never says that it wants the process to end.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    if !child.join_timeout(grace).unwrap() {
        child.kill().unwrap();
    }
    child.join().unwrap()
}
