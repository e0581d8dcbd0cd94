// kind: deadlock
// A stubborn process is asked, and waited for without end.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    let _ = grace;
    child.terminate().unwrap();
    child.join().unwrap()
}
