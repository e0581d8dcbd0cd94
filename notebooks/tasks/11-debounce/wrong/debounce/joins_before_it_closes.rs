// kind: deadlock
// It waits for a thread that waits for the channel to close, which is closed after the wait.
struct Debounce {
    keys: Option<Sender<char>>,
    thread: Option<JoinHandle<()>>,
}

impl Debounce {
    fn new(window: Duration, fired: Sender<char>) -> Debounce {
        let (keys, pressed) = mpsc::channel();
        let thread = thread::spawn(move || {
            while let Ok(mut key) = pressed.recv() {
                loop {
                    match pressed.recv_timeout(window) {
                        Ok(next) => key = next,
                        Err(RecvTimeoutError::Timeout) => break,
                        Err(RecvTimeoutError::Disconnected) => return,
                    }
                }
                if fired.send(key).is_err() {
                    return;
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
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
