// kind: other
// One thread sleeps for all guests, in the order of their pauses: the sum is right, and nobody has a thread.
fn roll_call(mut guests: Vec<Guest>) -> Vec<Arrival> {
    guests.sort_by_key(|guest| guest.millis);
    let begin = Instant::now();
    thread::spawn(move || {
        let mut arrivals = Vec::new();
        for guest in guests {
            thread::sleep(Duration::from_millis(guest.millis).saturating_sub(begin.elapsed()));
            let thread = thread::current().id();
            arrivals.push(Arrival { name: guest.name, thread, elapsed: begin.elapsed() });
        }
        arrivals
    })
    .join()
    .unwrap()
}
