// kind: luck
// Joins the guests in the order in which they were invited, and takes that for the order of arrival.
fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
    let begin = Instant::now();
    let mut handles = Vec::new();
    for guest in guests {
        let builder = thread::Builder::new().name(guest.name);
        handles.push(builder.spawn(move || {
            thread::sleep(Duration::from_millis(guest.millis));
            let me = thread::current();
            Arrival { name: me.name().unwrap().to_owned(), thread: me.id(), elapsed: begin.elapsed() }
        }).unwrap());
    }
    handles.into_iter().map(|handle| handle.join().unwrap()).collect()
}
