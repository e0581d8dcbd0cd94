// kind: other
// Every blink has a thread of its own; they are started by a thread that is asked to stop.
struct Lamp {
    stop: Option<mpsc::Sender<()>>,
    keeper: Option<JoinHandle<()>>,
}

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        let (stop, asked) = mpsc::channel();
        let keeper = thread::spawn(move || loop {
            let sea = sea.clone();
            thread::spawn(move || sea.blink());
            if asked.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
                return;
            }
        });
        Lamp { stop: Some(stop), keeper: Some(keeper) }
    }
}

impl Drop for Lamp {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.keeper.take().unwrap().join().unwrap();
    }
}
