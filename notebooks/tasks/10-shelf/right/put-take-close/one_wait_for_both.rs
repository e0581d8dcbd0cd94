// One function waits for both; who is woken passes it on.
fn wait_until<R>(shelf: &Shelf, mut ready: impl FnMut(&mut ShelfState) -> Option<R>) -> R {
    let mut state = shelf.state.lock().unwrap();
    loop {
        if let Some(result) = ready(&mut state) {
            shelf.changed.notify_all();
            return result;
        }
        state = shelf.changed.wait(state).unwrap();
    }
}

fn put(shelf: &Shelf, thing: u32) -> bool {
    wait_until(shelf, |state| match (state.closed, state.things.len() < shelf.capacity) {
        (true, _) => Some(false),
        (false, true) => {
            state.push(thing);
            Some(true)
        }
        (false, false) => None,
    })
}

fn take(shelf: &Shelf) -> Option<u32> {
    wait_until(shelf, |state| match state.pop() {
        Some(thing) => Some(Some(thing)),
        None => state.closed.then_some(None),
    })
}

fn close(shelf: &Shelf) {
    wait_until(shelf, |state| {
        state.closed = true;
        Some(())
    });
}
