// kind: leaks
// Waits until the last baton is taken, not until the threads have ended.
fn relay(runners: usize, track: Track) {
    let (shot, mut before) = mpsc::channel();
    for runner in 0..runners {
        let (hand_on, next) = mpsc::channel();
        let wait = std::mem::replace(&mut before, next);
        let mine = track.clone();
        track.spawn(move || {
            wait.recv().unwrap();
            mine.take_baton(runner);
            hand_on.send(()).unwrap();
        });
    }
    shot.send(()).unwrap();
    before.recv().unwrap();
}
