// A message asks it to stop; the end of the channel would do as well.
struct Lamp(mpsc::SyncSender<()>, Option<JoinHandle<()>>);

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        let (stop, asked) = mpsc::sync_channel(1);
        let keep = move || loop {
            sea.blink();
            match asked.recv_timeout(pause) {
                Err(RecvTimeoutError::Timeout) => continue,
                Ok(()) | Err(RecvTimeoutError::Disconnected) => break,
            }
        };
        Lamp(stop, Some(thread::spawn(keep)))
    }
}

impl Drop for Lamp {
    fn drop(&mut self) {
        let _ = self.0.send(());
        let _ = self.1.take().map(JoinHandle::join);
    }
}
