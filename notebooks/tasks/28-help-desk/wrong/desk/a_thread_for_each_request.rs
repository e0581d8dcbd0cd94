// kind: other
// There are no clerks: as many at work as there are requests.
struct Desk {
    room: usize,
    work: Work,
    running: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

impl Desk {
    fn open(clerks: usize, room: usize, work: Work) -> Desk {
        Desk { room: room + clerks, work, running: Arc::default() }
    }

    fn ask(&self, request: u32) -> Option<Receiver<u32>> {
        let mut running = self.running.lock().unwrap();
        running.retain(|thread| !thread.is_finished());
        if running.len() >= self.room {
            return None;
        }
        let (reply, answer) = mpsc::channel();
        let work = self.work.clone();
        running.push(thread::spawn(move || {
            let once = || catch_unwind(AssertUnwindSafe(|| work(request)));
            let answer = once().or_else(|_| once());
            if let Ok(answer) = answer {
                let _ = reply.send(answer);
            }
        }));
        Some(answer)
    }

    fn fire(&self, request: u32) {
        while self.ask(request).is_none() {
            thread::yield_now();
        }
    }

    fn close(self) {
        let running = std::mem::take(&mut *self.running.lock().unwrap());
        for thread in running {
            thread.join().unwrap();
        }
    }
}
