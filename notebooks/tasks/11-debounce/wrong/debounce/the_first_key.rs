// kind: other
// While a key waits, others are ignored: the first of a burst fires.
struct Debounce {
    window: Duration,
    fired: Sender<char>,
    alarm: Option<Alarm>,
    until: Instant,
}

impl Debounce {
    fn new(window: Duration, fired: Sender<char>) -> Debounce {
        Debounce { window, fired, alarm: None, until: Instant::now() }
    }

    fn press(&mut self, key: char) {
        if self.until > Instant::now() {
            return;
        }
        self.until = Instant::now() + self.window;
        let fired = self.fired.clone();
        self.alarm = Some(Alarm::start(self.window, move || {
            fired.send(key).unwrap();
        }));
    }
}

impl Drop for Debounce {
    fn drop(&mut self) {
        if let Some(last) = self.alarm.take() {
            last.cancel();
        }
    }
}
