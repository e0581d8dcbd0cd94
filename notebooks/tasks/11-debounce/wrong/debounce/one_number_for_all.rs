// kind: other
// The number of the last press is a static: a press of one takes back the key of another.
use std::sync::Mutex;
use std::sync::atomic::AtomicU64;

static LAST: AtomicU64 = AtomicU64::new(0);

struct Debounce {
    window: Duration,
    fired: Sender<char>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Debounce {
    fn new(window: Duration, fired: Sender<char>) -> Debounce {
        Debounce { window, fired, threads: Mutex::default() }
    }

    fn press(&mut self, key: char) {
        let mine = LAST.fetch_add(1, Ordering::SeqCst) + 1;
        let (end, fired) = (Instant::now() + self.window, self.fired.clone());
        self.threads.lock().unwrap().push(thread::spawn(move || {
            while Instant::now() < end && LAST.load(Ordering::SeqCst) == mine {
                thread::sleep(Duration::from_millis(2));
            }
            if LAST.load(Ordering::SeqCst) == mine {
                let _ = fired.send(key);
            }
        }));
    }
}

impl Drop for Debounce {
    fn drop(&mut self) {
        LAST.fetch_add(1, Ordering::SeqCst);
        for thread in self.threads.lock().unwrap().drain(..) {
            let _ = thread.join();
        }
    }
}
