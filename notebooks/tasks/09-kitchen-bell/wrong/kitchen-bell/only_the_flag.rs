// kind: racy
// Who wakes up looks only at the door: rung and reset, and it is shut again.
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
    let (mut state, _) = bell
        .changed
        .wait_timeout_while(state, patience, |state| !state.open)
        .unwrap();
    state.waiting -= 1;
    state.open
}
