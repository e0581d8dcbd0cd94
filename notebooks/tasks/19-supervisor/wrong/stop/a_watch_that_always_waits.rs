// kind: over-synchronised
// The scope waits for the watch, and the watch sleeps all of the grace.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    thread::scope(|s| {
        child.terminate().unwrap();
        s.spawn(|| {
            thread::sleep(grace);
            child.kill().unwrap();
        });
        child.join().unwrap()
    })
}
