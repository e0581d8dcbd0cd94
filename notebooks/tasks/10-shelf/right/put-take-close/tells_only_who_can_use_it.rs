// Tells the others only where somebody may have waited: when the shelf was empty, or full.
fn put(shelf: &Shelf, thing: u32) -> bool {
    let full = |state: &mut ShelfState| !state.closed && state.things.len() >= shelf.capacity;
    let mut state = shelf.changed.wait_while(shelf.state.lock().unwrap(), full).unwrap();
    let open = !state.closed;
    if open {
        if state.things.is_empty() {
            shelf.changed.notify_all();
        }
        state.push(thing);
    }
    open
}

fn take(shelf: &Shelf) -> Option<u32> {
    let nothing = |state: &mut ShelfState| !state.closed && state.things.is_empty();
    let mut state = shelf.changed.wait_while(shelf.state.lock().unwrap(), nothing).unwrap();
    if state.things.len() == shelf.capacity {
        shelf.changed.notify_all();
    }
    state.pop()
}

fn close(shelf: &Shelf) {
    shelf.state.lock().unwrap().closed = true;
    shelf.changed.notify_all();
}
