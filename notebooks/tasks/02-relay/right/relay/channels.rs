// Each runner waits at a channel of its own and sends into the next one's.
use std::sync::mpsc::channel;

fn relay(runners: usize, track: Track) {
    let (shot, mut before) = channel();
    let mut threads = Vec::new();
    for runner in 0..runners {
        let (hand_on, next) = channel();
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
