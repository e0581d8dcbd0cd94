// verdict: TimeLimit
// kind: deadlock
// The first sender is never dropped: the list of arrivals has no end, and all wait for one more guest.
fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
    let (door, arrivals) = mpsc::channel();
    let begin = Instant::now();
    for guest in guests {
        let door = door.clone();
        let builder = thread::Builder::new().name(guest.name);
        builder.spawn(move || {
            thread::sleep(Duration::from_millis(guest.millis));
            let me = thread::current();
            let name = me.name().unwrap().to_owned();
            door.send(Arrival { name, thread: me.id(), elapsed: begin.elapsed() }).unwrap();
        }).unwrap();
    }
    arrivals.iter().collect()
}
