// kind: other
// Without clerks: whoever asks does the work alone, and does not go on before it is done.
struct Desk {
    work: Work,
}

impl Desk {
    fn open(_clerks: usize, _room: usize, work: Work) -> Desk {
        Desk { work }
    }

    fn ask(&self, request: u32) -> Option<Receiver<u32>> {
        let (reply, answer) = mpsc::channel();
        let work = &self.work;
        let once = || catch_unwind(AssertUnwindSafe(|| work(request)));
        if let Ok(answer) = once().or_else(|_| once()) {
            reply.send(answer).unwrap();
        }
        Some(answer)
    }

    fn fire(&self, request: u32) {
        drop(self.ask(request));
    }

    fn close(self) {}
}
