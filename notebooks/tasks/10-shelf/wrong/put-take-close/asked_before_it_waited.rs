// kind: racy
// Looks whether the shelf is closed before it waits, and not afterwards.
fn put(shelf: &Shelf, thing: u32) -> bool {
    let state = shelf.state.lock().unwrap();
    if state.closed {
        return false;
    }
    let mut state = shelf
        .changed
        .wait_while(state, |state| {
            state.things.len() == shelf.capacity && !state.closed
        })
        .unwrap();
    state.push(thing);
    shelf.changed.notify_all();
    true
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
