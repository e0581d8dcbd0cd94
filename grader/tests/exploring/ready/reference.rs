fn pass(door: &Door) {
    let mut is_open = door.is_open.lock().unwrap();
    while !*is_open {
        is_open = door.opened.wait(is_open).unwrap();
    }
}
