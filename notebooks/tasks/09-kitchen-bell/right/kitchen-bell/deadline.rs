// Counts down to a deadline by hand.
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
    let deadline = Instant::now() + patience;
    let mut state = bell.state.lock().unwrap();
    let came = state.rings;
    state.waiting += 1;
    let passed = loop {
        if state.open || state.rings != came {
            break true;
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break false;
        }
        state = bell.changed.wait_timeout(state, left).unwrap().0;
    };
    state.waiting -= 1;
    passed
}
