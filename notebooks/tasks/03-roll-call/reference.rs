fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
    let (door, arrivals) = mpsc::channel();
    let begin = Instant::now();
    let handles: Vec<_> = guests
        .into_iter()
        .map(|guest| {
            let door = door.clone();
            let builder = thread::Builder::new().name(guest.name.clone());
            builder
                .spawn(move || {
                    thread::sleep(Duration::from_millis(guest.millis));
                    let me = thread::current();
                    let arrival = Arrival {
                        name: me.name().unwrap().to_owned(),
                        thread: me.id(),
                        elapsed: begin.elapsed(),
                    };
                    door.send(arrival).unwrap();
                })
                .unwrap()
        })
        .collect();
    drop(door);
    let arrivals = arrivals.iter().collect();
    handles
        .into_iter()
        .for_each(|handle| handle.join().unwrap());
    arrivals
}
