// The keeper is parked for the pause; who drops the lamp says why, and unparks it.
struct Lamp {
    out: Arc<AtomicBool>,
    keeper: Option<JoinHandle<()>>,
}

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        let out = Arc::new(AtomicBool::new(false));
        let asked = out.clone();
        let keeper = thread::spawn(move || {
            while !asked.load(Ordering::SeqCst) {
                sea.blink();
                let begin = Instant::now();
                // It can be woken for no reason.
                while !asked.load(Ordering::SeqCst) && begin.elapsed() < pause {
                    thread::park_timeout(pause.saturating_sub(begin.elapsed()));
                }
            }
        });
        Lamp { out, keeper: Some(keeper) }
    }
}

impl Drop for Lamp {
    fn drop(&mut self) {
        self.out.store(true, Ordering::SeqCst);
        if let Some(keeper) = self.keeper.take() {
            keeper.thread().unpark();
            keeper.join().unwrap();
        }
    }
}
