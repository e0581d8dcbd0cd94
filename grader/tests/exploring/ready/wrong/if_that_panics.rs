// found: woken 5
fn pass(door: &Door) {
    let mut is_open = door.is_open.lock().unwrap();
    if !*is_open {
        is_open = door.opened.wait(is_open).unwrap();
        assert!(*is_open, "the door is open now");
    }
}
