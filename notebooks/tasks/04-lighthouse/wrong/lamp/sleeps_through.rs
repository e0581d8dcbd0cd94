// kind: other
// A flag that nobody looks at during the pause: dropping takes as long as the pause.
struct Lamp {
    stop: Arc<AtomicBool>,
    keeper: Option<JoinHandle<()>>,
}

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        let stop = Arc::new(AtomicBool::new(false));
        let asked = stop.clone();
        let keeper = thread::spawn(move || {
            while !asked.load(Ordering::SeqCst) {
                sea.blink();
                thread::sleep(pause);
            }
        });
        Lamp { stop, keeper: Some(keeper) }
    }
}

impl Drop for Lamp {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        self.keeper.take().unwrap().join().unwrap();
    }
}
