// kind: other
// Looks for the request again and again, and blinks each time: there is no pause, and it burns a core.
struct Lamp {
    stop: Option<mpsc::Sender<()>>,
    keeper: Option<JoinHandle<()>>,
}

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        let _ = pause;
        let (stop, asked) = mpsc::channel::<()>();
        let keeper = thread::spawn(move || {
            while asked.try_recv() == Err(mpsc::TryRecvError::Empty) {
                sea.blink();
            }
        });
        Lamp { stop: Some(stop), keeper: Some(keeper) }
    }
}

impl Drop for Lamp {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.keeper.take().unwrap().join().unwrap();
    }
}
