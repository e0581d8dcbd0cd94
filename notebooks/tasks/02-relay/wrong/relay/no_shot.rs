// kind: racy
// The chain is right, and nobody waits for the shot: the baton is taken while threads are still being started.
fn relay(runners: usize, track: Track) {
    let mut before: Option<JoinHandle<()>> = None;
    for runner in 0..runners {
        let (mine, previous) = (track.clone(), before.take());
        before = Some(track.spawn(move || {
            if let Some(previous) = previous {
                previous.join().unwrap();
            }
            mine.take_baton(runner);
        }));
    }
    if let Some(last) = before {
        last.join().unwrap();
    }
}
