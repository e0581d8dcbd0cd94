// kind: other
// Opens the door and tells nobody: they find it open only when their patience is over.
fn ring(bell: &Bell) {
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
