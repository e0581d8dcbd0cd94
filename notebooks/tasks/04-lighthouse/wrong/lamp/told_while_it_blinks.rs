// kind: racy
// The condition has no flag: who is told while the lamp blinks has heard nothing, and waits for the whole pause.
use std::sync::Condvar;

struct Lamp {
    told: Arc<(Mutex<()>, Condvar)>,
    keeper: Option<JoinHandle<()>>,
}

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        let told = Arc::new((Mutex::new(()), Condvar::new()));
        let mine = told.clone();
        let keeper = thread::spawn(move || loop {
            sea.blink();
            let guard = mine.0.lock().unwrap();
            if !mine.1.wait_timeout(guard, pause).unwrap().1.timed_out() {
                return;
            }
        });
        Lamp { told, keeper: Some(keeper) }
    }
}

impl Drop for Lamp {
    fn drop(&mut self) {
        self.told.1.notify_all();
        self.keeper.take().unwrap().join().unwrap();
    }
}
