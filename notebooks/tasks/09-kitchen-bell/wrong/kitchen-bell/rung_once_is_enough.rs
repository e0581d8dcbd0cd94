// kind: other
// Off by one: a ring of earlier times lets everybody through for ever.
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
        .wait_timeout_while(state, patience, |state| state.rings == 0)
        .unwrap();
    state.waiting -= 1;
    state.rings > 0
}
