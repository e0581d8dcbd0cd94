// The pool's workers are the clerks; a job that has begun does not wait any more.
use exercises::sync::ThreadPool;

struct Desk {
    pool: ThreadPool,
    waiting: Arc<Mutex<usize>>,
    room: usize,
    work: Work,
}

impl Desk {
    fn open(clerks: usize, room: usize, work: Work) -> Desk {
        let pool = ThreadPool::new(clerks).unwrap();
        Desk { pool, waiting: Arc::default(), room, work }
    }

    fn ask(&self, request: u32) -> Option<Receiver<u32>> {
        let mut waiting = self.waiting.lock().unwrap();
        if *waiting == self.room {
            return None;
        }
        *waiting += 1;
        let (reply, answer) = mpsc::channel();
        let (waits, work) = (self.waiting.clone(), self.work.clone());
        // A panic ends the job, and with it `reply`; not the worker.
        let _ = self.pool.submit(move || {
            *waits.lock().unwrap() -= 1;
            let _ = reply.send(work(request));
        });
        Some(answer)
    }

    fn close(self) {
        self.pool.shutdown();
    }
}
