// kind: other
// Counts the runners from 1.
fn relay(runners: usize, track: Track) {
    let (shot, mut before) = mpsc::channel();
    let mut threads = Vec::new();
    for runner in 1..=runners {
        let (hand_on, next) = mpsc::channel();
        let wait = std::mem::replace(&mut before, next);
        let mine = track.clone();
        threads.push(track.spawn(move || {
            wait.recv().unwrap();
            mine.take_baton(runner);
            hand_on.send(()).unwrap();
        }));
    }
    shot.send(()).unwrap();
    for thread in threads {
        thread.join().unwrap();
    }
}
