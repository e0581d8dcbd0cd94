// kind: racy
// Who has asked first gets the answer that comes first, whoever it belongs to.
use std::collections::VecDeque;

struct Desk {
    requests: SyncSender<u32>,
    askers: Arc<Mutex<VecDeque<Sender<u32>>>>,
    clerks: Vec<JoinHandle<()>>,
}

impl Desk {
    fn open(clerks: usize, room: usize, work: Work) -> Desk {
        let (requests, waiting) = mpsc::sync_channel::<u32>(room);
        let waiting = Arc::new(Mutex::new(waiting));
        let askers = Arc::new(Mutex::new(VecDeque::<Sender<u32>>::new()));
        let clerks = (0..clerks)
            .map(|_| {
                let (waiting, work, askers) = (waiting.clone(), work.clone(), askers.clone());
                thread::spawn(move || {
                    loop {
                        let next = waiting.lock().unwrap().recv();
                        let Ok(request) = next else { return };
                        let once = || catch_unwind(AssertUnwindSafe(|| work(request)));
                        let answer = once().or_else(|_| once());
                        let asker = askers.lock().unwrap().pop_front();
                        if let (Some(asker), Ok(answer)) = (asker, answer) {
                            let _ = asker.send(answer);
                        }
                    }
                })
            })
            .collect();
        Desk { requests, askers, clerks }
    }

    fn ask(&self, request: u32) -> Option<Receiver<u32>> {
        let (reply, answer) = mpsc::channel();
        let mut askers = self.askers.lock().unwrap();
        self.requests.try_send(request).ok()?;
        askers.push_back(reply);
        Some(answer)
    }

    fn fire(&self, request: u32) {
        // An asker who does not listen.
        self.askers.lock().unwrap().push_back(mpsc::channel().0);
        let _ = self.requests.send(request);
    }

    fn close(self) {
        drop(self.requests);
        for clerk in self.clerks {
            clerk.join().unwrap();
        }
    }
}
