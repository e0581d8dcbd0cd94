// kind: leaks
// The thread is asked to stop, and nobody waits until it has.
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
    }
}
