// A channel without a limit, and a semaphore with a permit for each place that is free.
use exercises::sync::Semaphore;
use std::sync::mpsc::channel;

type Request = (u32, Sender<u32>);

struct Desk {
    free: Arc<Semaphore>,
    requests: Sender<Request>,
    clerks: Vec<JoinHandle<()>>,
}

fn serve(waiting: &Mutex<Receiver<Request>>, free: &Semaphore, work: &Work) {
    loop {
        let next = { waiting.lock().unwrap().recv() };
        match next {
            Ok((request, reply)) => {
                free.release();
                for _ in 0..2 {
                    if catch_unwind(AssertUnwindSafe(|| _ = reply.send(work(request)))).is_ok() {
                        break;
                    }
                }
            }
            Err(_) => break,
        }
    }
}

impl Desk {
    fn open(clerks: usize, room: usize, work: Work) -> Desk {
        let (requests, waiting) = channel();
        let (waiting, free) = (Arc::new(Mutex::new(waiting)), Arc::new(Semaphore::new(room)));
        let mut all = Vec::new();
        for _ in 0..clerks {
            let (waiting, free, work) = (waiting.clone(), free.clone(), work.clone());
            all.push(thread::spawn(move || serve(&waiting, &free, &work)));
        }
        Desk { free, requests, clerks: all }
    }

    fn ask(&self, request: u32) -> Option<Receiver<u32>> {
        if !self.free.try_acquire() {
            return None;
        }
        let (reply, answer) = channel();
        self.requests.send((request, reply)).unwrap();
        Some(answer)
    }

    fn fire(&self, request: u32) {
        self.free.acquire();
        self.requests.send((request, channel().0)).unwrap();
    }

    fn close(self) {
        let Desk { requests, clerks, .. } = self;
        drop(requests);
        for clerk in clerks {
            clerk.join().unwrap();
        }
    }
}
