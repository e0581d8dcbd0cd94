// kind: leaks
// Nobody waits for the last runner: the relay returns before it is over.
fn relay(runners: usize, track: Track) {
    let (shot, mut before) = mpsc::channel();
    for runner in 0..runners {
        let (hand_on, next) = mpsc::channel();
        let wait = std::mem::replace(&mut before, next);
        let mine = track.clone();
        track.spawn(move || {
            wait.recv().unwrap();
            mine.take_baton(runner);
            let _ = hand_on.send(());
        });
    }
    shot.send(()).unwrap();
}
