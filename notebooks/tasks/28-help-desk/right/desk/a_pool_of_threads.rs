// The pool's workers are the clerks; a job that has begun does not wait any more.
use exercises::sync::ThreadPool;
use std::sync::Condvar;

struct Desk {
    pool: ThreadPool,
    waiting: Arc<(Mutex<usize>, Condvar)>,
    room: usize,
    work: Work,
}

impl Desk {
    fn open(clerks: usize, room: usize, work: Work) -> Desk {
        let pool = ThreadPool::new(clerks).unwrap();
        Desk { pool, waiting: Arc::default(), room, work }
    }

    fn submit(&self, request: u32) -> Receiver<u32> {
        let (reply, answer) = mpsc::channel();
        let (waiting, work) = (self.waiting.clone(), self.work.clone());
        // A second panic ends the job, and with it `reply`; not the worker.
        let _ = self.pool.submit(move || {
            *waiting.0.lock().unwrap() -= 1;
            waiting.1.notify_one();
            let answer = match catch_unwind(AssertUnwindSafe(|| work(request))) {
                Ok(answer) => answer,
                Err(_) => work(request),
            };
            let _ = reply.send(answer);
        });
        answer
    }

    fn ask(&self, request: u32) -> Option<Receiver<u32>> {
        let mut waiting = self.waiting.0.lock().unwrap();
        if *waiting == self.room {
            return None;
        }
        *waiting += 1;
        Some(self.submit(request))
    }

    fn fire(&self, request: u32) {
        let waiting = self.waiting.0.lock().unwrap();
        let mut waiting = self.waiting.1.wait_while(waiting, |waiting| *waiting == self.room).unwrap();
        *waiting += 1;
        drop(self.submit(request));
    }

    fn close(self) {
        self.pool.shutdown();
    }
}
