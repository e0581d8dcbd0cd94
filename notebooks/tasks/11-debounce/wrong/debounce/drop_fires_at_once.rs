// kind: other
// What still waits is sent when it is dropped.
struct Debounce {
    window: Duration,
    fired: Sender<char>,
    alarm: Option<Alarm>,
    key: char,
}

impl Debounce {
    fn new(window: Duration, fired: Sender<char>) -> Debounce {
        Debounce { window, fired, alarm: None, key: ' ' }
    }

    fn press(&mut self, key: char) {
        if let Some(before) = self.alarm.take() {
            before.cancel();
        }
        self.key = key;
        let fired = self.fired.clone();
        self.alarm = Some(Alarm::start(self.window, move || {
            fired.send(key).unwrap();
        }));
    }
}

impl Drop for Debounce {
    fn drop(&mut self) {
        if let Some(last) = self.alarm.take() {
            if last.cancel() {
                let _ = self.fired.send(self.key);
            }
        }
    }
}
