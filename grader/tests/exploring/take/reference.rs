fn take(shelf: &Shelf) -> u32 {
    let mut items = shelf.items.lock().unwrap();
    loop {
        if let Some(item) = items.pop_front() {
            return item;
        }
        items = shelf.filled.wait(items).unwrap();
    }
}
