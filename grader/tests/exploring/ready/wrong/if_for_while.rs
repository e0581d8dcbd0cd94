// found: woken 5
fn pass(door: &Door) {
    let is_open = door.is_open.lock().unwrap();
    if !*is_open {
        drop(door.opened.wait(is_open).unwrap());
    }
}
