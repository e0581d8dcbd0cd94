// Whoever finds the door open does not even begin to wait; the others wait for the next ring.
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
    if state.open {
        return true;
    }
    let my_ring = state.rings + 1;
    state.waiting += 1;
    let begin = Instant::now();
    while state.rings < my_ring && begin.elapsed() < patience {
        let left = patience.saturating_sub(begin.elapsed());
        (state, _) = bell.changed.wait_timeout(state, left).unwrap();
    }
    state.waiting -= 1;
    state.rings >= my_ring
}
