// kind: over-synchronised
// The keeper sleeps with the lock in his hand: nobody can tell him anything before the pause is over.
struct Lamp {
    stop: Arc<Mutex<bool>>,
    keeper: Option<JoinHandle<()>>,
}

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        let stop = Arc::new(Mutex::new(false));
        let asked = stop.clone();
        let keeper = thread::spawn(move || loop {
            let asked = asked.lock().unwrap();
            if *asked {
                return;
            }
            sea.blink();
            thread::sleep(pause);
        });
        Lamp { stop, keeper: Some(keeper) }
    }
}

impl Drop for Lamp {
    fn drop(&mut self) {
        *self.stop.lock().unwrap() = true;
        self.keeper.take().unwrap().join().unwrap();
    }
}
