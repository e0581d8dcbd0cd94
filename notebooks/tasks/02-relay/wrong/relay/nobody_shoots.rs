// verdict: TimeLimit
// kind: deadlock
// The sender of the shot lives until the end and never sends: the first runner and all others wait for ever.
fn relay(runners: usize, track: Track) {
    let (_shot, mut before) = mpsc::channel::<()>();
    let mut threads = Vec::new();
    for runner in 0..runners {
        let (hand_on, next) = mpsc::channel();
        let wait = std::mem::replace(&mut before, next);
        let mine = track.clone();
        threads.push(track.spawn(move || {
            wait.recv().unwrap();
            mine.take_baton(runner);
            hand_on.send(()).unwrap();
        }));
    }
    for thread in threads {
        thread.join().unwrap();
    }
}
