// kind: sleeps
// A sleep by another name: whoever waits for a message that never comes waits by the clock. Delays break it.
fn relay(runners: usize, track: Track) {
    let mut threads = Vec::new();
    for runner in 0..runners {
        let mine = track.clone();
        threads.push(track.spawn(move || {
            let (_nobody, silence) = mpsc::channel::<()>();
            let _ = silence.recv_timeout(Duration::from_micros(100 * runner as u64 + 300));
            mine.take_baton(runner);
        }));
    }
    for thread in threads {
        thread.join().unwrap();
    }
}
