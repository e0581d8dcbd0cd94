// The guests write themselves into a list; time is counted from the start of each thread.
use std::sync::{Arc, Mutex};

impl Guest {
    fn start(self, list: Arc<Mutex<Vec<Arrival>>>) -> JoinHandle<()> {
        let builder = thread::Builder::new().name(self.name);
        let millis = self.millis;
        let come = move || {
            let begin = Instant::now();
            thread::sleep(Duration::from_millis(millis));
            let mut list = list.lock().unwrap();
            let me = thread::current();
            list.push(Arrival {
                name: me.name().unwrap_or_default().to_string(),
                thread: me.id(),
                elapsed: begin.elapsed(),
            });
        };
        builder.spawn(come).unwrap()
    }
}

fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
    let list = Arc::new(Mutex::new(Vec::new()));
    let guests: Vec<_> = guests.into_iter().map(|guest| guest.start(list.clone())).collect();
    for guest in guests {
        guest.join().unwrap();
    }
    std::mem::take(&mut *list.lock().unwrap())
}
