// kind: other
// Every key of the burst fires, one after another, when the typing pauses.
struct Debounce {
    keys: Option<Sender<char>>,
    thread: Option<JoinHandle<()>>,
}

impl Debounce {
    fn new(window: Duration, fired: Sender<char>) -> Debounce {
        let (keys, pressed) = mpsc::channel();
        let thread = thread::spawn(move || {
            while let Ok(key) = pressed.recv() {
                let mut keys = vec![key];
                loop {
                    match pressed.recv_timeout(window) {
                        Ok(next) => keys.push(next),
                        Err(RecvTimeoutError::Timeout) => break,
                        Err(RecvTimeoutError::Disconnected) => return,
                    }
                }
                for key in keys {
                    let _ = fired.send(key);
                }
            }
        });
        Debounce { keys: Some(keys), thread: Some(thread) }
    }

    fn press(&mut self, key: char) {
        if let Some(keys) = &self.keys {
            let _ = keys.send(key);
        }
    }
}

impl Drop for Debounce {
    fn drop(&mut self) {
        drop(self.keys.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
