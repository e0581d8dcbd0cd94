// Asks in a loop after each wait, and tells the others when the lock is free.
fn put(shelf: &Shelf, thing: u32) -> bool {
    let mut state = shelf.state.lock().unwrap();
    loop {
        if state.closed {
            return false;
        }
        if state.things.len() < shelf.capacity {
            break;
        }
        state = shelf.changed.wait(state).unwrap();
    }
    state.push(thing);
    drop(state);
    shelf.changed.notify_all();
    true
}

fn take(shelf: &Shelf) -> Option<u32> {
    let mut state = shelf.state.lock().unwrap();
    while state.things.is_empty() {
        if state.closed {
            return None;
        }
        state = shelf.changed.wait(state).unwrap();
    }
    let thing = state.pop();
    drop(state);
    shelf.changed.notify_all();
    thing
}

fn close(shelf: &Shelf) {
    let mut state = shelf.state.lock().unwrap();
    state.closed = true;
    drop(state);
    shelf.changed.notify_all();
}
