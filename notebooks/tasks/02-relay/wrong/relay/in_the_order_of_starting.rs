// kind: luck
// Believes that threads run in the order in which they were started.
fn relay(runners: usize, track: Track) {
    let mut threads = Vec::new();
    for runner in 0..runners {
        let mine = track.clone();
        threads.push(track.spawn(move || mine.take_baton(runner)));
    }
    for thread in threads {
        thread.join().unwrap();
    }
}
