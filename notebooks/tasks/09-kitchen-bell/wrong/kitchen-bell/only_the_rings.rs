// kind: other
// Looks only at the rings: who comes to an open door waits for the next one.
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
    let came = state.rings;
    state.waiting += 1;
    let (mut state, _) = bell
        .changed
        .wait_timeout_while(state, patience, |state| state.rings == came)
        .unwrap();
    state.waiting -= 1;
    state.rings > came
}
