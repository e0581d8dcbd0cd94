// kind: over-synchronised
// Joins each guest before the next one starts: they come one after the other.
fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
    let begin = Instant::now();
    let mut arrivals = Vec::new();
    for guest in guests {
        let builder = thread::Builder::new().name(guest.name);
        let handle = builder.spawn(move || {
            thread::sleep(Duration::from_millis(guest.millis));
            let me = thread::current();
            Arrival { name: me.name().unwrap().to_owned(), thread: me.id(), elapsed: begin.elapsed() }
        });
        arrivals.push(handle.unwrap().join().unwrap());
    }
    arrivals
}
