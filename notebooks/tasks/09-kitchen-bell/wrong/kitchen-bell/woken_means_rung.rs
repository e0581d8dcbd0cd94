// kind: luck
// Believes that whoever is woken was rung for.
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
    state.waiting += 1;
    let (mut state, result) = bell.changed.wait_timeout(state, patience).unwrap();
    state.waiting -= 1;
    !result.timed_out()
}
