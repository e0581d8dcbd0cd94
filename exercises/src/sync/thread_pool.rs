use crate::primitive::atomic::{AtomicU64, Ordering};
use crate::primitive::per_process::PerProcess;
use crate::primitive::process;
use crate::primitive::thread::{self, JoinHandle};
use crate::sync::{Future, JobError, Queue};
use std::fmt;
use std::io;

/// No pool has more workers than this.
pub const MAX_WORKERS: usize = 1024;

/// So many jobs may wait for a worker; [`ThreadPool::submit`] waits while there are more.
pub const BACKLOG: usize = 1 << 16;

static NEXT_POOL: PerProcess<AtomicU64> = PerProcess::new(|| AtomicU64::new(1));

/// Why there is no pool.
#[derive(Debug, thiserror::Error)]
pub enum PoolError {
    /// A number of workers that no pool can have.
    #[error("a pool of {0} workers; it needs at least 1 and at most {MAX_WORKERS}")]
    Workers(usize),
    /// The system refused a thread. Those already started have ended again.
    #[error("the system refuses another thread; take a smaller pool")]
    Thread(#[source] io::Error),
}

type Job = Box<dyn FnOnce() + Send>;

/// The threads that work for somebody.
pub(crate) struct Crew {
    /// Where they are: a process forked from this one does not have them.
    process: i32,
    threads: Vec<JoinHandle<()>>,
}

impl Default for Crew {
    fn default() -> Crew {
        Crew {
            process: process::getpid(),
            threads: Vec::new(),
        }
    }
}

impl Crew {
    pub fn push(&mut self, thread: JoinHandle<()>) {
        self.threads.push(thread);
    }

    pub fn len(&self) -> usize {
        self.threads.len()
    }

    /// Makes them end and waits for it. They catch the panics of what they do, so they end well.
    #[track_caller]
    pub fn dismiss(&mut self, make_them_end: impl FnOnce()) {
        if self.process != process::getpid() {
            // They are in the parent: here is nobody to wait for, and one of them may have held a
            // lock when this process was forked.
            self.threads.drain(..).for_each(std::mem::forget);
            return;
        }
        make_them_end();
        let this_thread = thread::current_id();
        for thread in self.threads.drain(..) {
            // A job may hold the last handle of its own pool; nobody can wait for himself.
            if thread.id() != this_thread {
                let _ = thread.join();
            }
        }
    }
}

/// A few named threads that do many jobs.
///
/// Starting a thread costs more than a small job; a pool pays that once. Jobs begin in the order
/// in which they were submitted, and end in any order. At most [`BACKLOG`] jobs wait at a time.
///
/// | | difference |
/// |---|---|
/// | std | has none; `thread::scope` starts a thread for each job |
/// | crossbeam | has none either; this one is a queue and some threads |
/// | rayon | is for dividing one computation over the cores: its jobs may wait for jobs of their own, ours must not; its workers steal from each other and promise no order |
/// | [`process::Pool`](crate::process::Pool) | processes: no shared memory, results are sent |
/// | Python's `ThreadPoolExecutor` | the same calls; there the workers share one interpreter lock, see [`gil`](crate::gil); `submit` after `shutdown` is an exception there and cannot be written here |
///
/// When the pool is dropped it waits for all jobs, as Python's `with ThreadPoolExecutor()` does. A
/// forked process does not have the threads of its parent: make its pool after the fork.
///
/// ```
/// use exercises::sync::ThreadPool;
///
/// let pool = ThreadPool::named("roots", 3)?;
/// let roots: Result<Vec<f64>, _> = pool.map([1.0, 4.0, 9.0], f64::sqrt).collect();
/// assert_eq!(roots, Ok(vec![1.0, 2.0, 3.0]));
/// pool.shutdown();
/// # Ok::<(), exercises::sync::PoolError>(())
/// ```
pub struct ThreadPool {
    jobs: Queue<Job>,
    workers: Crew,
}

impl ThreadPool {
    /// A pool of so many workers, called `pool-1-1`, `pool-1-2`...
    pub fn new(workers: usize) -> Result<ThreadPool, PoolError> {
        let number = NEXT_POOL.get().fetch_add(1, Ordering::Relaxed);
        ThreadPool::named(&format!("pool-{number}"), workers)
    }

    /// A pool of so many workers, called `name-1`, `name-2`...
    #[track_caller]
    pub fn named(name: &str, workers: usize) -> Result<ThreadPool, PoolError> {
        if !(1..=MAX_WORKERS).contains(&workers) {
            return Err(PoolError::Workers(workers));
        }
        // Dropped when a thread is refused: then the ones already started end.
        let mut pool = ThreadPool {
            jobs: Queue::bounded(BACKLOG),
            workers: Crew::default(),
        };
        for number in 1..=workers {
            let jobs: Queue<Job> = pool.jobs.clone();
            let worker = thread::Builder::new()
                .name(format!("{name}-{number}"))
                .spawn(move || jobs.iter().for_each(|job| job()))
                .map_err(PoolError::Thread)?;
            pool.workers.push(worker);
        }
        Ok(pool)
    }

    /// Hands over a job. A panic in it becomes the `Err` of its future; the worker lives on.
    #[track_caller]
    pub fn submit<T: Send + 'static>(&self, f: impl FnOnce() -> T + Send + 'static) -> Future<T> {
        let (future, promise) = Future::promised();
        // Only the end of the pool closes the queue, and then nobody can call this. Were it closed,
        // the promise would be dropped here, and the future be a cancelled one.
        let job = move || {
            promise.keep(f);
        };
        let _ = self.jobs.put(Box::new(job));
        future
    }

    /// Hands over a job for each input, all at once, and gives the results in the order of the
    /// inputs. A job that failed is an `Err` in its place.
    #[track_caller]
    pub fn map<I: Send + 'static, T: Send + 'static>(
        &self,
        inputs: impl IntoIterator<Item = I>,
        f: impl Fn(I) -> T + Send + Sync + 'static,
    ) -> Map<T> {
        let f = crate::primitive::Arc::new(f);
        let futures: Vec<Future<T>> = inputs
            .into_iter()
            .map(|input| {
                let f = f.clone();
                self.submit(move || f(input))
            })
            .collect();
        Map {
            futures: futures.into_iter(),
        }
    }

    /// How many workers it has.
    pub fn workers(&self) -> usize {
        self.workers.len()
    }

    /// How many jobs no worker has taken yet.
    #[track_caller]
    pub fn waiting(&self) -> usize {
        self.jobs.len()
    }

    /// Waits for all jobs and for the end of the workers. Dropping the pool does the same.
    #[track_caller]
    pub fn shutdown(self) {
        drop(self);
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        let jobs = &self.jobs;
        self.workers.dismiss(|| jobs.close());
    }
}

impl fmt::Debug for ThreadPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThreadPool")
            .field("workers", &self.workers.len())
            .field("waiting", &self.jobs.len())
            .finish()
    }
}

/// The results of [`ThreadPool::map`], in the order of the inputs.
#[derive(Debug)]
#[must_use = "the errors of the jobs are only seen where the results are read"]
pub struct Map<T> {
    futures: std::vec::IntoIter<Future<T>>,
}

impl<T> Iterator for Map<T> {
    type Item = Result<T, JobError>;

    #[track_caller]
    fn next(&mut self) -> Option<Self::Item> {
        self.futures.next().map(Future::result)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.futures.size_hint()
    }
}
