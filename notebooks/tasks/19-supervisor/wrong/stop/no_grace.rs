// kind: luck
// It asks and uses force right after: nobody can end so quickly.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    let _ = grace;
    child.terminate().unwrap();
    if child.is_alive() {
        child.kill().unwrap();
    }
    child.join().unwrap()
}
