use std::sync::{Arc, Mutex, mpsc};
use std::thread;

type Job = Box<dyn FnOnce() + Send>;

struct Pool {
    workers: Vec<Option<thread::JoinHandle<()>>>,
    jobs: Option<mpsc::Sender<Job>>,
}

impl Pool {
    fn new(size: usize) -> Self {
        let (jobs, todo) = mpsc::channel::<Job>();
        let todo = Arc::new(Mutex::new(todo));
        let worker = |todo: Arc<Mutex<mpsc::Receiver<Job>>>| {
            thread::spawn(move || {
                loop {
                    let job = todo.lock().unwrap().recv();
                    match job {
                        Ok(job) => job(),
                        Err(_) => break,
                    }
                }
            })
        };
        Pool {
            workers: (0..size).map(|_| Some(worker(Arc::clone(&todo)))).collect(),
            jobs: Some(jobs),
        }
    }

    fn execute(&self, job: impl FnOnce() + Send + 'static) {
        self.jobs.as_ref().unwrap().send(Box::new(job)).unwrap();
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        drop(self.jobs.take());
        for worker in &mut self.workers {
            worker.take().unwrap().join().unwrap();
        }
    }
}

fn main() {
    let pool = Pool::new(2);
    let (done, answers) = mpsc::channel();
    let sender = done.clone();
    pool.execute(move || sender.send(1).unwrap());
    for answer in &answers {
        println!("{answer}");
    }
    drop(done);
}
