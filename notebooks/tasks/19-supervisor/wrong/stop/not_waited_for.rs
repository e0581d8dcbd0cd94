// kind: leaks
// The process is killed, but nobody waits for it: a zombie is left.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    if child.is_alive() {
        child.terminate().unwrap();
        let mut patience = grace;
        let step = Duration::from_millis(2);
        while child.is_alive() && patience > Duration::ZERO {
            thread::sleep(step);
            patience = patience.saturating_sub(step);
        }
        if child.is_alive() {
            child.kill().unwrap();
            return Some(-9);
        }
    }
    child.exit_code()
}
