fn pass(door: &Door) {
    let is_open = door.is_open.lock().unwrap();
    drop(door.opened.wait_while(is_open, |is_open| !*is_open).unwrap());
}
