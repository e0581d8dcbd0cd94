// kind: other
// The alarm rings after half of the window.
struct Debounce {
    window: Duration,
    fired: Sender<char>,
    alarm: Option<Alarm>,
}

impl Debounce {
    fn new(window: Duration, fired: Sender<char>) -> Debounce {
        Debounce { window, fired, alarm: None }
    }

    fn press(&mut self, key: char) {
        if let Some(before) = self.alarm.take() {
            before.cancel();
        }
        let fired = self.fired.clone();
        self.alarm = Some(Alarm::start(self.window / 2, move || {
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
