// kind: other
// Who gives up is still counted among those who wait.
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
    let (mut state, result) = bell
        .changed
        .wait_timeout_while(state, patience, |state| !state.open && state.rings == came)
        .unwrap();
    if result.timed_out() {
        return false;
    }
    state.waiting -= 1;
    true
}
