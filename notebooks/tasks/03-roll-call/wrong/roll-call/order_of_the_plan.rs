// kind: luck
// Sorts by how long they meant to sleep: who oversleeps is in the wrong place.
fn roll_call(mut guests: Vec<Guest>) -> Vec<Arrival> {
    guests.sort_by_key(|guest| guest.millis);
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
