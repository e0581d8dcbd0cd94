// kind: leaks
// Counts the guests from 1: does not wait for the last one.
fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
    let (door, arrivals) = mpsc::channel();
    let begin = Instant::now();
    let count = guests.len();
    for guest in guests {
        let door = door.clone();
        let builder = thread::Builder::new().name(guest.name);
        builder.spawn(move || {
            thread::sleep(Duration::from_millis(guest.millis));
            let me = thread::current();
            let name = me.name().unwrap().to_owned();
            let _ = door.send(Arrival { name, thread: me.id(), elapsed: begin.elapsed() });
        }).unwrap();
    }
    (1..count).filter_map(|_| arrivals.recv().ok()).collect()
}
