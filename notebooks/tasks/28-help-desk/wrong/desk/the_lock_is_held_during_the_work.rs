// kind: over-synchronised
// The guard lives as long as the loop's body: only one clerk is ever at work.
struct Desk {
    requests: SyncSender<(u32, Sender<u32>)>,
    clerks: Vec<JoinHandle<()>>,
}

impl Desk {
    fn open(clerks: usize, room: usize, work: Work) -> Desk {
        let (requests, waiting) = mpsc::sync_channel::<(u32, Sender<u32>)>(room);
        let waiting = Arc::new(Mutex::new(waiting));
        let clerks = (0..clerks)
            .map(|_| {
                let (waiting, work) = (waiting.clone(), work.clone());
                thread::spawn(move || {
                    while let Ok((request, reply)) = waiting.lock().unwrap().recv() {
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
        Desk { requests, clerks }
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
        drop(self.requests);
        for clerk in self.clerks {
            clerk.join().unwrap();
        }
    }
}
