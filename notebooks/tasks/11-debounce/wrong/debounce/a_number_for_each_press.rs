// kind: leaks
// Threads that sleep and look then whether they are still the last: they are left when it is dropped.
use std::sync::atomic::AtomicU64;

struct Debounce {
    window: Duration,
    fired: Sender<char>,
    last: Arc<AtomicU64>,
}

impl Debounce {
    fn new(window: Duration, fired: Sender<char>) -> Debounce {
        Debounce { window, fired, last: Arc::default() }
    }

    fn press(&mut self, key: char) {
        let mine = self.last.fetch_add(1, Ordering::SeqCst) + 1;
        let (window, fired, last) = (self.window, self.fired.clone(), self.last.clone());
        thread::spawn(move || {
            thread::sleep(window);
            if last.load(Ordering::SeqCst) == mine {
                let _ = fired.send(key);
            }
        });
    }
}

impl Drop for Debounce {
    fn drop(&mut self) {
        self.last.fetch_add(1, Ordering::SeqCst);
    }
}
