// A flag under a lock, and a condition that tells of it.
use std::sync::Condvar;

struct Lamp {
    out: Arc<(Mutex<bool>, Condvar)>,
    keeper: Option<JoinHandle<()>>,
}

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        let out = Arc::new((Mutex::new(false), Condvar::new()));
        let mine = out.clone();
        let keeper = thread::spawn(move || {
            let (flag, told) = &*mine;
            loop {
                sea.blink();
                let asked = told.wait_timeout_while(flag.lock().unwrap(), pause, |out| !*out);
                if *asked.unwrap().0 {
                    return;
                }
            }
        });
        Lamp { out, keeper: Some(keeper) }
    }
}

impl Drop for Lamp {
    fn drop(&mut self) {
        *self.out.0.lock().unwrap() = true;
        self.out.1.notify_all();
        self.keeper.take().unwrap().join().unwrap();
    }
}
