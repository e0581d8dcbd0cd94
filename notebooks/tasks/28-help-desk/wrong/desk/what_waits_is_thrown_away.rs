// kind: other
// The clerks stop as soon as it is closed: what was accepted and still waits is never done.
struct Desk {
    requests: SyncSender<(u32, Sender<u32>)>,
    clerks: Vec<JoinHandle<()>>,
    closed: Arc<AtomicUsize>,
}

impl Desk {
    fn open(clerks: usize, room: usize, work: Work) -> Desk {
        let (requests, waiting) = mpsc::sync_channel::<(u32, Sender<u32>)>(room);
        let waiting = Arc::new(Mutex::new(waiting));
        let closed = Arc::new(AtomicUsize::new(0));
        let over = closed.clone();
        let clerks = (0..clerks)
            .map(|_| {
                let (waiting, work, over) = (waiting.clone(), work.clone(), over.clone());
                thread::spawn(move || {
                    loop {
                        let next = waiting.lock().unwrap().recv();
                        let Ok((request, reply)) = next else { return };
                        if over.load(Ordering::SeqCst) == 1 {
                            return;
                        }
                        let once = || catch_unwind(AssertUnwindSafe(|| work(request)));
                        let answer = once().or_else(|_| once());
                        if let Ok(answer) = answer {
                            // The asker may have gone.
                            let _ = reply.send(answer);
                        }
                    }
                })
            })
            .collect();
        Desk { requests, clerks, closed }
    }

    fn ask(&self, request: u32) -> Option<Receiver<u32>> {
        let (reply, answer) = mpsc::channel();
        self.requests.try_send((request, reply)).ok()?;
        Some(answer)
    }

    fn fire(&self, request: u32) {
        // Nobody hears the answer.
        let (reply, _) = mpsc::channel();
        let _ = self.requests.send((request, reply));
    }

    fn close(self) {
        self.closed.store(1, Ordering::SeqCst);
        drop(self.requests);
        for clerk in self.clerks {
            clerk.join().unwrap();
        }
    }
}
