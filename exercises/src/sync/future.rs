use crate::primitive::Arc;
use crate::primitive::identity::Identity;
use crate::primitive::lock::{Condvar, Mutex, MutexGuard};
use crate::primitive::panic::{AssertUnwindSafe, catch_unwind};
use crate::primitive::thread::panic_message;
use crate::primitive::time::{Deadline, Duration};
use crate::sync::Queue;
use recorder::{Kind, Object, ObjectKind};
use std::fmt;

/// Why a job has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// It panicked; the worker lives on.
    #[error("the job panicked: {message}")]
    Panicked {
        /// What it said.
        message: String,
    },
    /// It was [cancelled](Future::cancel) before it began.
    #[error("the job was cancelled before it began")]
    Cancelled,
}

/// The result of a job that a [`ThreadPool`](super::ThreadPool) will do, is doing, or has done.
///
/// Whoever submitted the job keeps this and asks for the result when it is needed. A job that
/// panicked is an `Err` here, in its own place, and nowhere else: a future nobody asks hides its
/// error.
///
/// | | difference |
/// |---|---|
/// | `std::thread::JoinHandle` | one thread each; here many jobs share a few threads |
/// | `std::future::Future` | another thing under the same name: that one does nothing until it is polled, this one goes on by itself; `green::wait_for` lets a green task wait for it |
/// | crossbeam | has none; a channel of capacity 1 does the same |
/// | Python's `concurrent.futures.Future` | the same calls; there `result()` may be asked twice, here it gives the value away, so it needs no copy |
///
/// A finished job happens before whoever got its result: what it wrote can be read.
///
/// ```
/// use exercises::sync::ThreadPool;
///
/// let pool = ThreadPool::new(2)?;
/// let six = pool.submit(|| 2 * 3);
/// let unlucky = pool.submit(|| -> u32 { panic!("thirteen") });
/// assert_eq!(six.result(), Ok(6));
/// assert!(unlucky.result().unwrap_err().to_string().contains("thirteen"));
/// # Ok::<(), exercises::sync::PoolError>(())
/// ```
#[must_use = "the error of a job is only seen where its result is asked for"]
pub struct Future<T> {
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    identity: Identity,
    state: Mutex<State<T>>,
    finished: Condvar,
}

struct State<T> {
    progress: Progress<T>,
    /// Called once, when the job has ended.
    watchers: Vec<Box<dyn FnOnce() + Send>>,
}

enum Progress<T> {
    Waiting,
    Running,
    Done(Result<T, JobError>),
}

impl<T> Progress<T> {
    fn is_done(&self) -> bool {
        matches!(self, Progress::Done(_))
    }
}

impl<T> Future<T> {
    /// A future, and the promise that whoever does the job has to keep.
    pub(crate) fn promised() -> (Future<T>, Promise<T>) {
        let shared = Arc::new(Shared {
            identity: Identity::new(ObjectKind::Event),
            state: Mutex::quiet(State {
                progress: Progress::Waiting,
                watchers: Vec::new(),
            }),
            finished: Condvar::quiet(),
        });
        let promise = Promise {
            shared: shared.clone(),
        };
        (Future { shared }, promise)
    }
}

/// The other end of a [`Future`]. Dropped without being kept, the job counts as cancelled: nobody
/// waits in vain.
pub(crate) struct Promise<T> {
    shared: Arc<Shared<T>>,
}

impl<T> Promise<T> {
    /// Does the job, unless it was cancelled; false if it panicked.
    #[track_caller]
    pub fn keep(self, job: impl FnOnce() -> T) -> bool {
        if !self.shared.begin() {
            return true;
        }
        let result = catch_unwind(AssertUnwindSafe(job));
        let fine = result.is_ok();
        self.shared
            .finish(result.map_err(|payload| JobError::Panicked {
                message: panic_message(payload.as_ref()),
            }));
        fine
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        self.shared.cancel();
    }
}

impl<T> Shared<T> {
    /// False if the job was cancelled.
    #[track_caller]
    fn begin(&self) -> bool {
        let mut state = self.state.lock();
        let waiting = matches!(state.progress, Progress::Waiting);
        if waiting {
            state.progress = Progress::Running;
        }
        waiting
    }

    #[track_caller]
    fn cancel(&self) -> bool {
        let state = self.state.lock();
        let waiting = matches!(state.progress, Progress::Waiting);
        if waiting {
            self.finish_locked(state, Err(JobError::Cancelled));
        }
        waiting
    }

    #[track_caller]
    fn finish(&self, result: Result<T, JobError>) {
        self.identity.shake();
        self.finish_locked(self.state.lock(), result);
    }

    #[track_caller]
    fn finish_locked(&self, mut state: MutexGuard<'_, State<T>>, result: Result<T, JobError>) {
        self.identity.emit(Kind::Signal);
        state.progress = Progress::Done(result);
        let watchers = std::mem::take(&mut state.watchers);
        drop(state);
        self.finished.notify_all();
        for watcher in watchers {
            watcher();
        }
    }
}

impl<T> Future<T> {
    /// Waits for the end of the job and takes its result.
    ///
    /// A job that waits for a job of its own pool can wait for ever: all workers may be waiting.
    #[track_caller]
    pub fn result(self) -> Result<T, JobError> {
        match self.result_until(Deadline::NEVER) {
            Ok(result) => result,
            Err(_) => unreachable!("a wait without a limit ends with a result"),
        }
    }

    /// Waits at most so long. If the job has not ended by then, the future comes back.
    #[track_caller]
    pub fn result_timeout(self, limit: Duration) -> Result<Result<T, JobError>, Future<T>> {
        self.result_until(Deadline::after(limit))
    }

    #[track_caller]
    fn result_until(self, deadline: Deadline) -> Result<Result<T, JobError>, Future<T>> {
        let Shared {
            identity,
            state,
            finished,
        } = &*self.shared;
        identity.shake();
        let mut state = state.lock();
        if !state.progress.is_done() && !deadline.is_over() {
            identity.emit(Kind::WaitBegin);
            while !state.progress.is_done() && !finished.wait_until(&mut state, deadline) {}
            identity.emit(Kind::WaitEnd);
        }
        match std::mem::replace(&mut state.progress, Progress::Running) {
            Progress::Done(result) => {
                identity.emit(Kind::Acquire);
                Ok(result)
            }
            unfinished => {
                state.progress = unfinished;
                drop(state);
                Err(self)
            }
        }
    }

    /// Takes the job back, if it has not begun: true means it will never run.
    #[track_caller]
    pub fn cancel(&self) -> bool {
        self.shared.identity.shake();
        self.shared.cancel()
    }

    /// Whether the job has ended, or was cancelled.
    #[track_caller]
    pub fn is_done(&self) -> bool {
        self.shared.state.lock().progress.is_done()
    }

    /// Whether it was cancelled.
    #[track_caller]
    pub fn is_cancelled(&self) -> bool {
        let state = self.shared.state.lock();
        matches!(state.progress, Progress::Done(Err(JobError::Cancelled)))
    }

    /// Whether a worker is at it right now.
    #[track_caller]
    pub fn is_running(&self) -> bool {
        matches!(self.shared.state.lock().progress, Progress::Running)
    }

    /// Calls this once when the job has ended: in the worker's thread, or here and now if it has.
    #[track_caller]
    pub fn when_done(&self, f: impl FnOnce() + Send + 'static) {
        let mut state = self.shared.state.lock();
        if state.progress.is_done() {
            drop(state);
            f();
        } else {
            state.watchers.push(Box::new(f));
        }
    }

    /// As the journal names it.
    pub fn object(&self) -> Object {
        self.shared.identity.object()
    }
}

impl<T> fmt::Debug for Future<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let progress = match &self.shared.state.lock().progress {
            Progress::Waiting => "waiting",
            Progress::Running => "running",
            Progress::Done(Ok(_)) => "done",
            Progress::Done(Err(_)) => "failed",
        };
        f.debug_tuple("Future").field(&progress).finish()
    }
}

/// Gives the results in the order of completion, each with its place in the list.
///
/// As Python's `concurrent.futures.as_completed`. The order is that in which the jobs ended, which
/// no run repeats; only "each once" is promised.
///
/// ```
/// use exercises::sync::{ThreadPool, as_completed};
///
/// let pool = ThreadPool::new(2)?;
/// let futures = (0..5).map(|i| pool.submit(move || 10 * i)).collect();
/// let mut seen: Vec<_> = as_completed(futures).collect();
/// seen.sort_by_key(|(place, _)| *place);
/// assert_eq!(seen[4], (4, Ok(40)));
/// # Ok::<(), exercises::sync::PoolError>(())
/// ```
#[track_caller]
pub fn as_completed<T>(futures: Vec<Future<T>>) -> AsCompleted<T> {
    AsCompleted {
        ended: ends_of(&futures),
        futures: futures.into_iter().map(Some).collect(),
    }
}

/// A queue into which the place of each future comes when it has ended. It is recorded, so that
/// the timeline shows whose end woke the reader.
#[track_caller]
fn ends_of<T>(futures: &[Future<T>]) -> Queue<usize> {
    let ended = Queue::unbounded();
    for (place, future) in futures.iter().enumerate() {
        let ended = ended.clone();
        // Nobody closes this queue before it is dropped, so the place is always taken.
        future.when_done(move || drop(ended.put(place)));
    }
    ended
}

/// See [`as_completed`].
#[derive(Debug)]
pub struct AsCompleted<T> {
    ended: Queue<usize>,
    futures: Vec<Option<Future<T>>>,
}

impl<T> Iterator for AsCompleted<T> {
    type Item = (usize, Result<T, JobError>);

    #[track_caller]
    fn next(&mut self) -> Option<Self::Item> {
        if self.futures.iter().all(Option::is_none) {
            return None;
        }
        let place = self.ended.get()?;
        let future = self.futures.get_mut(place)?.take()?;
        Some((place, future.result()))
    }
}

/// What [`wait`] waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitFor {
    /// All of them.
    All,
    /// Any one of them.
    First,
}

/// What [`wait`] found, as places in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waited {
    /// Those that have ended (or were cancelled), in the order of the list.
    pub done: Vec<usize>,
    /// The others.
    pub pending: Vec<usize>,
}

/// Waits for all of these futures or for the first, at most so long where a limit is given. Takes
/// no results away.
///
/// As Python's `concurrent.futures.wait`.
///
/// ```
/// use exercises::sync::{ThreadPool, WaitFor, wait};
///
/// let pool = ThreadPool::new(2)?;
/// let futures: Vec<_> = (0..3).map(|i| pool.submit(move || i)).collect();
/// assert!(!wait(&futures, WaitFor::First, None).done.is_empty());
/// assert_eq!(wait(&futures, WaitFor::All, None).done, [0, 1, 2]);
/// # Ok::<(), exercises::sync::PoolError>(())
/// ```
#[track_caller]
pub fn wait<T>(futures: &[Future<T>], what: WaitFor, limit: Option<Duration>) -> Waited {
    let deadline = limit.map_or(Deadline::NEVER, Deadline::after);
    let ended = ends_of(futures);
    let wanted = match what {
        WaitFor::All => futures.len(),
        WaitFor::First => futures.len().min(1),
    };
    for _ in 0..wanted {
        if ended.get_until(deadline).is_err() {
            break;
        }
    }
    let (done, pending) = (0..futures.len()).partition(|place| futures[*place].is_done());
    Waited { done, pending }
}
