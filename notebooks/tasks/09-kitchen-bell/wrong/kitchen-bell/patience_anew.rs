// kind: other
// The patience begins anew each time a guest is woken.
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
    while !state.open && state.rings == came {
        let (again, result) = bell.changed.wait_timeout(state, patience).unwrap();
        state = again;
        if result.timed_out() {
            break;
        }
    }
    state.waiting -= 1;
    state.open || state.rings > came
}
