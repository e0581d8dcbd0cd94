// verdict: Forbidden
// kind: sleeps
// Looks again after a sleep by the clock.
fn put(shelf: &Shelf, thing: u32) -> bool {
    loop {
        let mut state = shelf.state.lock().unwrap();
        if state.closed {
            return false;
        }
        if state.things.len() < shelf.capacity {
            state.push(thing);
            shelf.changed.notify_all();
            return true;
        }
        drop(state);
        thread::sleep(Duration::from_millis(1));
    }
}

fn take(shelf: &Shelf) -> Option<u32> {
    let state = shelf.state.lock().unwrap();
    let mut state = shelf
        .changed
        .wait_while(state, |state| state.things.is_empty() && !state.closed)
        .unwrap();
    shelf.changed.notify_all();
    state.pop()
}

fn close(shelf: &Shelf) {
    shelf.state.lock().unwrap().closed = true;
    shelf.changed.notify_all();
}
