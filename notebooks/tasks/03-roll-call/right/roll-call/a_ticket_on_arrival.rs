// Everybody who arrives draws a number; the handles bring the arrivals, the numbers their order.
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
    let next = Arc::new(AtomicUsize::new(0));
    let begin = Instant::now();
    let mut threads = Vec::new();
    for guest in guests {
        let next = next.clone();
        let thread = thread::Builder::new().name(guest.name).spawn(move || {
            thread::sleep(Duration::from_millis(guest.millis));
            let number = next.fetch_add(1, Ordering::SeqCst);
            let me = thread::current();
            let name = me.name().unwrap().to_owned();
            (number, Arrival { name, thread: me.id(), elapsed: begin.elapsed() })
        });
        threads.push(thread.unwrap());
    }
    let mut arrivals: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    arrivals.sort_by_key(|(number, _)| *number);
    arrivals.into_iter().map(|(_, arrival)| arrival).collect()
}
