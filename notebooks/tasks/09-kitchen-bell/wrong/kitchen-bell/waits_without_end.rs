// verdict: TimeLimit
// kind: deadlock
// Waits without an end where it should have patience for a while.
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
    let _ = patience;
    let mut state = bell.state.lock().unwrap();
    let came = state.rings;
    state.waiting += 1;
    let mut state = bell
        .changed
        .wait_while(state, |state| !state.open && state.rings == came)
        .unwrap();
    state.waiting -= 1;
    true
}
