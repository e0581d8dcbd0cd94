// kind: other
// It never asks: force at once.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    let _ = grace;
    if child.is_alive() {
        child.kill().unwrap();
    }
    child.join().unwrap()
}
