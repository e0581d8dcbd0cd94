// verdict: TimeLimit
// kind: deadlock
// The sender is a field: it lives until after `drop`, and `drop` waits for a thread that waits for the sender's end.
struct Lamp {
    _stop: mpsc::Sender<()>,
    keeper: Option<JoinHandle<()>>,
}

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        let (_stop, asked) = mpsc::channel();
        let keeper = thread::spawn(move || {
            sea.blink();
            while asked.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                sea.blink();
            }
        });
        Lamp { _stop, keeper: Some(keeper) }
    }
}

impl Drop for Lamp {
    fn drop(&mut self) {
        if let Some(keeper) = self.keeper.take() {
            keeper.join().unwrap();
        }
    }
}
