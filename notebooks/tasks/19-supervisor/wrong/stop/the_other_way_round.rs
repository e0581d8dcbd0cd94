// kind: other
// True means that it has ended: here those are killed that have, and the others are waited for without end.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    if child.is_alive() {
        child.terminate().unwrap();
        if child.join_timeout(grace).unwrap() {
            child.kill().unwrap();
        }
    }
    child.join().unwrap()
}
