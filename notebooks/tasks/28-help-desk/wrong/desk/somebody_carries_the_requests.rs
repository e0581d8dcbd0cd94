// kind: other
// A porter takes each request out of the channel and waits with it for a clerk: one more waits than there is room.
struct Desk {
    requests: SyncSender<(u32, Sender<u32>)>,
    clerks: Vec<JoinHandle<()>>,
    porter: JoinHandle<()>,
}

impl Desk {
    fn open(clerks: usize, room: usize, work: Work) -> Desk {
        let (requests, inbox) = mpsc::sync_channel::<(u32, Sender<u32>)>(room);
        let (carry, waiting) = mpsc::sync_channel::<(u32, Sender<u32>)>(0);
        let porter = thread::spawn(move || {
            for request in inbox {
                let _ = carry.send(request);
            }
        });
        let waiting = Arc::new(Mutex::new(waiting));
        let clerks = (0..clerks)
            .map(|_| {
                let (waiting, work) = (waiting.clone(), work.clone());
                thread::spawn(move || {
                    loop {
                        let next = waiting.lock().unwrap().recv();
                        let Ok((request, reply)) = next else { return };
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
        Desk { requests, clerks, porter }
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
        self.porter.join().unwrap();
        for clerk in self.clerks {
            clerk.join().unwrap();
        }
    }
}
