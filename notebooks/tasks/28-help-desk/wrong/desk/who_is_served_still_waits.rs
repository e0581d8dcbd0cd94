// kind: other
// A request that a clerk is working on does not wait any more; here it takes up room until it is done.
struct Desk {
    requests: SyncSender<(u32, Sender<u32>)>,
    clerks: Vec<JoinHandle<()>>,
    inside: Arc<AtomicUsize>,
    room: usize,
}

impl Desk {
    fn open(clerks: usize, room: usize, work: Work) -> Desk {
        let (requests, waiting) = mpsc::sync_channel::<(u32, Sender<u32>)>(room);
        let waiting = Arc::new(Mutex::new(waiting));
        let inside = Arc::new(AtomicUsize::new(0));
        let done = inside.clone();
        let clerks = (0..clerks)
            .map(|_| {
                let (waiting, work, done) = (waiting.clone(), work.clone(), done.clone());
                thread::spawn(move || {
                    loop {
                        let next = waiting.lock().unwrap().recv();
                        let Ok((request, reply)) = next else { return };
                        let once = || catch_unwind(AssertUnwindSafe(|| work(request)));
                        let answer = once().or_else(|_| once());
                        done.fetch_sub(1, Ordering::SeqCst);
                        if let Ok(answer) = answer {
                            // The asker may have gone.
                            let _ = reply.send(answer);
                        }
                    }
                })
            })
            .collect();
        Desk { requests, clerks, inside, room }
    }

    fn ask(&self, request: u32) -> Option<Receiver<u32>> {
        if self.inside.load(Ordering::SeqCst) >= self.room {
            return None;
        }
        self.inside.fetch_add(1, Ordering::SeqCst);
        let (reply, answer) = mpsc::channel();
        self.requests.try_send((request, reply)).ok()?;
        Some(answer)
    }

    fn fire(&self, request: u32) {
        while self.inside.load(Ordering::SeqCst) >= self.room {
            thread::yield_now();
        }
        self.inside.fetch_add(1, Ordering::SeqCst);
        let (reply, _) = mpsc::channel();
        let _ = self.requests.send((request, reply));
    }

    fn close(self) {
        drop(self.requests);
        for clerk in self.clerks {
            clerk.join().unwrap();
        }
    }
}
