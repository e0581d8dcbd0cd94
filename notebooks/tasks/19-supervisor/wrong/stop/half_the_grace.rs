// kind: other
// The grace is over too early.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    if child.is_alive() {
        child.terminate().unwrap();
        if !child.join_timeout(grace / 2).unwrap() {
            child.kill().unwrap();
        }
    }
    child.join().unwrap()
}
