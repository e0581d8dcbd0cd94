// The key and its time stand under a lock; a thread waits until the time has come or something has changed.
use std::sync::{Condvar, Mutex};

#[derive(Default)]
struct Desk {
    waiting: Option<(char, Instant)>,
    over: bool,
}

struct Debounce {
    window: Duration,
    desk: Arc<(Mutex<Desk>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Debounce {
    fn new(window: Duration, fired: Sender<char>) -> Debounce {
        let desk = Arc::<(Mutex<Desk>, Condvar)>::default();
        let thread = Some(thread::spawn({
            let desk = desk.clone();
            move || {
                let (desk, changed) = &*desk;
                let mut now = desk.lock().unwrap();
                while !now.over {
                    now = match now.waiting {
                        None => changed.wait(now).unwrap(),
                        Some((key, due)) => match due.checked_duration_since(Instant::now()) {
                            Some(rest) if !rest.is_zero() => changed.wait_timeout(now, rest).unwrap().0,
                            _ => {
                                now.waiting = None;
                                let _ = fired.send(key);
                                now
                            }
                        },
                    };
                }
            }
        }));
        Debounce { window, desk, thread }
    }

    fn press(&mut self, key: char) {
        self.desk.0.lock().unwrap().waiting = Some((key, Instant::now() + self.window));
        self.desk.1.notify_one();
    }
}

impl Drop for Debounce {
    fn drop(&mut self) {
        self.desk.0.lock().unwrap().over = true;
        self.desk.1.notify_one();
        self.thread.take().unwrap().join().unwrap();
    }
}
