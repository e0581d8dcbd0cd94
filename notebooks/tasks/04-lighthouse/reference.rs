struct Lamp {
    stop: Option<mpsc::Sender<()>>,
    keeper: Option<JoinHandle<()>>,
}

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        let (stop, asked) = mpsc::channel();
        let keeper = thread::spawn(move || {
            sea.blink();
            while asked.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                sea.blink();
            }
        });
        Lamp {
            stop: Some(stop),
            keeper: Some(keeper),
        }
    }
}

impl Drop for Lamp {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(keeper) = self.keeper.take() {
            keeper.join().unwrap();
        }
    }
}
