// A channel without a limit, and an atomic number of the places that are free.
use std::sync::mpsc::channel;

type Request = (u32, Sender<u32>);

struct Desk {
    free: Arc<AtomicUsize>,
    requests: Sender<Request>,
    clerks: Vec<JoinHandle<()>>,
}

fn serve(waiting: &Mutex<Receiver<Request>>, free: &AtomicUsize, work: &Work) {
    loop {
        let next = { waiting.lock().unwrap().recv() };
        match next {
            Ok((request, reply)) => {
                free.fetch_add(1, Ordering::SeqCst);
                let _ = catch_unwind(AssertUnwindSafe(|| _ = reply.send(work(request))));
            }
            Err(_) => break,
        }
    }
}

impl Desk {
    fn open(clerks: usize, room: usize, work: Work) -> Desk {
        let (requests, waiting) = channel();
        let (waiting, free) = (Arc::new(Mutex::new(waiting)), Arc::new(AtomicUsize::new(room)));
        let mut all = Vec::new();
        for _ in 0..clerks {
            let (waiting, free, work) = (waiting.clone(), free.clone(), work.clone());
            all.push(thread::spawn(move || serve(&waiting, &free, &work)));
        }
        Desk { free, requests, clerks: all }
    }

    fn ask(&self, request: u32) -> Option<Receiver<u32>> {
        let one_less = |free: usize| free.checked_sub(1);
        self.free.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).ok()?;
        let (reply, answer) = channel();
        self.requests.send((request, reply)).unwrap();
        Some(answer)
    }

    fn close(self) {
        let Desk { requests, clerks, .. } = self;
        drop(requests);
        for clerk in clerks {
            clerk.join().unwrap();
        }
    }
}
