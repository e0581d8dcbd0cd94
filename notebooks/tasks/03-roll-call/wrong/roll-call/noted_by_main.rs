// kind: other
// The threads only sleep; who they are is noted by the first thread, which is another one.
fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
    let (door, names) = mpsc::channel();
    let begin = Instant::now();
    for guest in guests {
        let door = door.clone();
        let builder = thread::Builder::new().name(guest.name.clone());
        builder.spawn(move || {
            thread::sleep(Duration::from_millis(guest.millis));
            door.send(guest.name).unwrap();
        }).unwrap();
    }
    drop(door);
    names
        .iter()
        .map(|name| Arrival { name, thread: thread::current().id(), elapsed: begin.elapsed() })
        .collect()
}
