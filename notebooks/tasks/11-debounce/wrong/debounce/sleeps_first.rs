// kind: sleeps
// The press itself takes as long as the window.
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
        let fired = self.fired.clone();
        thread::sleep(self.window);
        let _ = fired.send(key);
    }
}

impl Drop for Debounce {
    fn drop(&mut self) {
        if let Some(last) = self.alarm.take() {
            last.cancel();
        }
    }
}
