// kind: sleeps
// Sleeps with the lock in the hand: nobody can ring.
fn ring(bell: &Bell) {
    let mut state = bell.state.lock().unwrap();
    state.open = true;
    state.rings += 1;
    bell.changed.notify_all();
}

fn reset(bell: &Bell) {
    bell.state.lock().unwrap().open = false;
}

fn wait(bell: &Bell, patience: Duration) -> bool {
    let mut state = bell.state.lock().unwrap();
    state.waiting += 1;
    let begin = Instant::now();
    while !state.open && begin.elapsed() < patience {
        thread::sleep(Duration::from_millis(1));
    }
    state.waiting -= 1;
    state.open
}
