// Imports everything itself, and lets scoped threads borrow the list.
use std::sync::Mutex;
use std::thread;

fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
    let list = Mutex::new(Vec::new());
    let begin = Instant::now();
    thread::scope(|scope| {
        for guest in &guests {
            let list = &list;
            let builder = thread::Builder::new().name(guest.name.clone());
            builder
                .spawn_scoped(scope, move || {
                    thread::sleep(Duration::from_millis(guest.millis));
                    let mut list = list.lock().unwrap();
                    let me = thread::current();
                    let name = me.name().unwrap().to_owned();
                    list.push(Arrival { name, thread: me.id(), elapsed: begin.elapsed() });
                })
                .unwrap();
        }
    });
    list.into_inner().unwrap()
}
