// kind: other
// The arrival has the guest's name, but the thread was never given it.
fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
    let (door, arrivals) = mpsc::channel();
    let begin = Instant::now();
    let mut handles = Vec::new();
    for guest in guests {
        let door = door.clone();
        handles.push(thread::spawn(move || {
            thread::sleep(Duration::from_millis(guest.millis));
            let elapsed = begin.elapsed();
            door.send(Arrival { name: guest.name, thread: thread::current().id(), elapsed }).unwrap();
        }));
    }
    drop(door);
    let arrivals = arrivals.iter().collect();
    handles.into_iter().for_each(|handle| handle.join().unwrap());
    arrivals
}
