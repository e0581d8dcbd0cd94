// kind: sleeps
// Waits as long as the longest sleep, and takes who has come by then: who oversleeps is forgotten.
fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
    let (door, arrivals) = mpsc::channel();
    let begin = Instant::now();
    let longest = guests.iter().map(|guest| guest.millis).max().unwrap_or(0);
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
    let mut came = Vec::new();
    while let Ok(arrival) = arrivals.recv_timeout(Duration::from_millis(longest).saturating_sub(begin.elapsed())) {
        came.push(arrival);
    }
    came
}
