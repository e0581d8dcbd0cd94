// kind: racy
// Tells the guests first, and opens the door afterwards: who was quick found it shut, and sleeps again.
fn ring(bell: &Bell) {
    bell.changed.notify_all();
    let mut state = bell.state.lock().unwrap();
    state.open = true;
    state.rings += 1;
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
        .wait_timeout_while(state, patience, |state| !state.open && state.rings == came)
        .unwrap();
    state.waiting -= 1;
    state.open || state.rings > came
}
