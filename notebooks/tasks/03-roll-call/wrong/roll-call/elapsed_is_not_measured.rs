// kind: luck
// Believes that a sleep lasts exactly as long as it was asked for.
fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
    let (door, arrivals) = mpsc::channel();
    let mut handles = Vec::new();
    for guest in guests {
        let door = door.clone();
        let builder = thread::Builder::new().name(guest.name);
        handles.push(builder.spawn(move || {
            let pause = Duration::from_millis(guest.millis);
            thread::sleep(pause);
            let me = thread::current();
            let name = me.name().unwrap().to_owned();
            door.send(Arrival { name, thread: me.id(), elapsed: pause }).unwrap();
        }).unwrap());
    }
    drop(door);
    let arrivals = arrivals.iter().collect();
    handles.into_iter().for_each(|handle| handle.join().unwrap());
    arrivals
}
