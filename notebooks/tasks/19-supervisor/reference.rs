fn stop(child: &Process, grace: Duration) -> Option<i32> {
    if child.is_alive() {
        child.terminate().unwrap();
        if !child.join_timeout(grace).unwrap() {
            child.kill().unwrap();
        }
    }
    child.join().unwrap()
}
