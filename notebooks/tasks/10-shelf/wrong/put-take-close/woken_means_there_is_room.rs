// kind: luck
// Believes that whoever is woken finds room.
fn put(shelf: &Shelf, thing: u32) -> bool {
    let mut state = shelf.state.lock().unwrap();
    if state.things.len() == shelf.capacity && !state.closed {
        state = shelf.changed.wait(state).unwrap();
    }
    if state.closed {
        return false;
    }
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
