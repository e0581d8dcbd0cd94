// kind: luck
// Asks, and waits for a while by the clock: the end of the thread is likely, not certain.
struct Lamp {
    stop: Option<mpsc::Sender<()>>,
}

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        let (stop, asked) = mpsc::channel();
        thread::spawn(move || {
            sea.blink();
            while asked.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                sea.blink();
            }
        });
        Lamp { stop: Some(stop) }
    }
}

impl Drop for Lamp {
    fn drop(&mut self) {
        drop(self.stop.take());
        thread::sleep(Duration::from_millis(1));
    }
}
