// One number says whose turn it is; who is not meant waits on.
use std::sync::{Arc, Condvar, Mutex};

fn relay(runners: usize, track: Track) {
    // Nobody's turn before all are started.
    let turn = Arc::new((Mutex::new(None), Condvar::new()));
    let threads: Vec<_> = (0..runners)
        .map(|runner| {
            let (turn, mine) = (turn.clone(), track.clone());
            track.spawn(move || {
                let (now, changed) = &*turn;
                let mut now = changed
                    .wait_while(now.lock().unwrap(), |now| *now != Some(runner))
                    .unwrap();
                mine.take_baton(runner);
                *now = Some(runner + 1);
                changed.notify_all();
            })
        })
        .collect();
    *turn.0.lock().unwrap() = Some(0);
    turn.1.notify_all();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}
