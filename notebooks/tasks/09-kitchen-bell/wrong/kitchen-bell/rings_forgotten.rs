// kind: other
// The reset forgets how often it was rung: who had not woken up yet has heard nothing.
fn ring(bell: &Bell) {
    let mut state = bell.state.lock().unwrap();
    state.open = true;
    state.rings += 1;
    bell.changed.notify_all();
}

fn reset(bell: &Bell) {
    let mut state = bell.state.lock().unwrap();
    state.open = false;
    state.rings = 0;
}

fn wait(bell: &Bell, patience: Duration) -> bool {
    let mut state = bell.state.lock().unwrap();
    let came = state.rings;
    state.waiting += 1;
    let (mut state, _) = bell
        .changed
        .wait_timeout_while(state, patience, |state| !state.open && state.rings == came)
        .unwrap();
    state.waiting -= 1;
    state.open || state.rings > came
}
