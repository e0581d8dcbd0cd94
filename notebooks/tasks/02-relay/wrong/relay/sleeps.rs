// verdict: Forbidden
// kind: sleeps
// Waits by the clock in place of waiting for the runner before.
fn relay(runners: usize, track: Track) {
    let mut threads = Vec::new();
    for runner in 0..runners {
        let mine = track.clone();
        threads.push(track.spawn(move || {
            thread::sleep(Duration::from_millis(50 * runner as u64 + 50));
            mine.take_baton(runner);
        }));
    }
    for thread in threads {
        thread.join().unwrap();
    }
}
