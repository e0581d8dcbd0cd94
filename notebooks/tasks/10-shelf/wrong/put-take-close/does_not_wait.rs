// kind: other
// Nothing there is an answer too: takers go home before the shelf is closed.
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
    shelf.changed.notify_all();
    shelf.state.lock().unwrap().pop()
}

fn close(shelf: &Shelf) {
    shelf.state.lock().unwrap().closed = true;
    shelf.changed.notify_all();
}
