// kind: racy
// Right after a signal the process has not ended yet, so there is no exit code.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    if child.is_alive() {
        child.terminate().unwrap();
        if !child.join_timeout(grace).unwrap() {
            child.kill().unwrap();
            return child.exit_code();
        }
    }
    let code = child.exit_code();
    let _ = child.join();
    code.filter(|code| *code != -9)
}
