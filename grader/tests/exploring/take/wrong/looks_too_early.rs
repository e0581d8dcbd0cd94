// found: deadlock lost-wakeup
fn take(shelf: &Shelf) -> u32 {
    while shelf.items.lock().unwrap().is_empty() {
        let items = shelf.items.lock().unwrap();
        drop(shelf.filled.wait(items).unwrap());
    }
    shelf.items.lock().unwrap().pop_front().unwrap_or_default()
}
