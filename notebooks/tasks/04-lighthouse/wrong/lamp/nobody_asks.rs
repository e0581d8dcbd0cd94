// kind: leaks
// The handle is dropped, and the thread goes on for ever.
struct Lamp {
    _keeper: JoinHandle<()>,
}

impl Lamp {
    fn light(sea: Sea, pause: Duration) -> Lamp {
        let _keeper = thread::spawn(move || loop {
            sea.blink();
            thread::sleep(pause);
        });
        Lamp { _keeper }
    }
}
