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
        if let Ok(answer) = catch_unwind(AssertUnwindSafe(|| work(request))) {
            reply.send(answer).unwrap();
        }
        Some(answer)
    }

    fn close(self) {}
}
