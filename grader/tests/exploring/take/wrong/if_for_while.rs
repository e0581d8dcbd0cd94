// found: panic
fn take(shelf: &Shelf) -> u32 {
    let mut items = shelf.items.lock().unwrap();
    if items.is_empty() {
        items = shelf.filled.wait(items).unwrap();
    }
    items.pop_front().expect("somebody brought something")
}
