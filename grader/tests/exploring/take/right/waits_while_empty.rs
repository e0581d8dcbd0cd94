fn take(shelf: &Shelf) -> u32 {
    let items = shelf.items.lock().unwrap();
    let mut items = shelf.filled.wait_while(items, |items| items.is_empty()).unwrap();
    items.pop_front().unwrap()
}
