// kind: other
// The flag is a static: whoever drops one lamp puts out all of them.
static STOP: AtomicBool = AtomicBool::new(false);

struct Lamp {
    keeper: Option<JoinHandle<()>>,
}

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        STOP.store(false, Ordering::SeqCst);
        let keeper = thread::spawn(move || {
            while !STOP.load(Ordering::SeqCst) {
                sea.blink();
                thread::park_timeout(pause);
            }
        });
        Lamp { keeper: Some(keeper) }
    }
}

impl Drop for Lamp {
    fn drop(&mut self) {
        STOP.store(true, Ordering::SeqCst);
        let keeper = self.keeper.take().unwrap();
        keeper.thread().unpark();
        keeper.join().unwrap();
    }
}
