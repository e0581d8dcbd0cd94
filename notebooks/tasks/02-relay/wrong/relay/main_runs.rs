// kind: other
// The threads are there and do nothing: the first thread takes every baton.
fn relay(runners: usize, track: Track) {
    let threads: Vec<_> = (0..runners).map(|_| track.spawn(|| {})).collect();
    for runner in 0..runners {
        track.take_baton(runner);
    }
    for thread in threads {
        thread.join().unwrap();
    }
}
