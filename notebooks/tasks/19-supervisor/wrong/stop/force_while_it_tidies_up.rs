// kind: other
// It takes silence for stubbornness: force after a tenth of a second, whatever the grace is.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    if child.is_alive() {
        child.terminate().unwrap();
        if !child.join_timeout(grace.min(Duration::from_millis(100))).unwrap() {
            child.kill().unwrap();
        }
    }
    child.join().unwrap()
}
