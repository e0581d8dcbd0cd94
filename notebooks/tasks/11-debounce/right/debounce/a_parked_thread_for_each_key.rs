// Each key has a thread that is parked for the window; the next press takes its key away, wakes it and joins it.
struct Debounce {
    window: Duration,
    fired: Sender<char>,
    last: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

impl Debounce {
    fn new(window: Duration, fired: Sender<char>) -> Debounce {
        Debounce { window, fired, last: None }
    }

    fn withdraw(&mut self) {
        if let Some((valid, thread)) = self.last.take() {
            valid.store(false, Ordering::SeqCst);
            thread.thread().unpark();
            let _ = thread.join();
        }
    }

    fn press(&mut self, key: char) {
        self.withdraw();
        let valid = Arc::new(AtomicBool::new(true));
        let (still, fired, end) = (valid.clone(), self.fired.clone(), Instant::now() + self.window);
        let thread = thread::spawn(move || {
            while still.load(Ordering::SeqCst) {
                let rest = end.saturating_duration_since(Instant::now());
                if rest.is_zero() {
                    if still.swap(false, Ordering::SeqCst) {
                        let _ = fired.send(key);
                    }
                    return;
                }
                thread::park_timeout(rest);
            }
        });
        self.last = Some((valid, thread));
    }
}

impl Drop for Debounce {
    fn drop(&mut self) {
        self.withdraw();
    }
}
