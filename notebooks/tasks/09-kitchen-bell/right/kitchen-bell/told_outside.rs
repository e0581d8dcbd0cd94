// Tells of the ring when the lock is free again, and believes the result of the wait.
fn ring(bell: &Bell) {
    {
        let mut state = bell.state.lock().unwrap();
        (state.open, state.rings) = (true, state.rings + 1);
    }
    bell.changed.notify_all();
}

fn reset(bell: &Bell) {
    bell.state.lock().unwrap().open = false;
}

fn wait(bell: &Bell, patience: Duration) -> bool {
    let mut state = bell.state.lock().unwrap();
    let before = state.rings;
    state.waiting += 1;
    let closed = |state: &mut BellState| state.rings == before && !state.open;
    let (mut state, result) = bell.changed.wait_timeout_while(state, patience, closed).unwrap();
    state.waiting -= 1;
    !result.timed_out()
}
