// kind: sleeps
// Dropping gives the thread far more time than it seems to need, and does not wait for its end.
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
        thread::sleep(Duration::from_millis(300));
    }
}
