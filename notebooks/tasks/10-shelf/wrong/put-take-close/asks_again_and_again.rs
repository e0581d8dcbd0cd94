// kind: other
// Asks again and again, as fast as it can, and never waits.
fn put(shelf: &Shelf, thing: u32) -> bool {
    let state = shelf.state.lock().unwrap();
    let mut state = shelf
        .changed
        .wait_while(state, |state| {
            state.things.len() == shelf.capacity && !state.closed
        })
        .unwrap();
    if state.closed {
        return false;
    }
    state.push(thing);
    shelf.changed.notify_all();
    true
}

fn take(shelf: &Shelf) -> Option<u32> {
    loop {
        let mut state = shelf.state.lock().unwrap();
        if let Some(thing) = state.pop() {
            shelf.changed.notify_all();
            return Some(thing);
        }
        if state.closed {
            return None;
        }
        drop(state);
        thread::yield_now();
    }
}

fn close(shelf: &Shelf) {
    shelf.state.lock().unwrap().closed = true;
    shelf.changed.notify_all();
}
