// kind: sleeps
// It sleeps all of the grace, although the process may end at once.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    if child.is_alive() {
        child.terminate().unwrap();
        thread::sleep(grace);
        if child.is_alive() {
            child.kill().unwrap();
        }
    }
    child.join().unwrap()
}
