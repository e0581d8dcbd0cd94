// kind: other
// A process that has ended is left alone, also its exit code.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    if !child.is_alive() {
        return None;
    }
    child.terminate().unwrap();
    if !child.join_timeout(grace).unwrap() {
        child.kill().unwrap();
    }
    child.join().unwrap()
}
