//! Green threads: many tasks that take turns on one thread.
//!
//! A task runs until it awaits something that is not there yet; then the next one runs. Nobody
//! interrupts a task, so between two `await`s it has the thread, and all the data of that thread,
//! to itself: no locks are needed, and nothing ever runs at the same time. The price: a task that
//! does not give way (a long calculation, an ordinary `sleep`, a blocking read) stops all the
//! others. A [`Watchdog`] finds such calls.
//!
//! | | how a task is written | who switches |
//! |---|---|---|
//! | here (tokio's current-thread runtime) | `async` blocks, `.await` where they wait | the task, at `.await` |
//! | tokio's multi-thread runtime | the same, but `Send`: tasks wander between threads | the task, at `.await`; several run at the same time |
//! | [`primitive::thread`](crate::primitive::thread) | ordinary code | the operating system, anywhere |
//! | Python's `asyncio` | `async def`, `await` | the task, at `await` |
//! | Python's gevent | ordinary code; blocking calls are replaced ("patched") while the program runs | the replaced calls |
//! | Python's Twisted | callbacks | the reactor, between callbacks |
//!
//! | here | `asyncio` | gevent |
//! |---|---|---|
//! | [`run`] | `run` | (the main greenlet) |
//! | [`spawn`] | `create_task` | `spawn` |
//! | [`gather`] | `gather` | - |
//! | [`join_all`], [`join_all_timeout`] | `wait` | `joinall(timeout=)` |
//! | [`sleep`], [`timeout`] | `sleep`, `wait_for` | `sleep`, `Timeout` |
//! | [`wait_for`] with a [`ThreadPool`](crate::sync::ThreadPool) | `to_thread` | `threadpool.apply` |
//! | [`Watchdog`] | debug mode, `slow_callback_duration` | `monitor_thread` |
//! | [`run_watched`] | - | `gevent.util.assert_switches` |
//! | [`net`] | streams | patched sockets |
//!
//! All tasks share the lane of their thread, because a lane is a thread or a process; who printed
//! a line stands in its `who`. The time-out and every sleep go by the time scale. Tasks are begun
//! in the order in which they were spawned.

pub mod net;
mod task;
mod watchdog;

use crate::primitive::reactor;
use crate::primitive::time::Duration;
use crate::sync;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::task::Poll;

pub use task::{Task, TaskError, spawn};
pub use watchdog::{Blocked, Stall, Watchdog};

/// Why a loop of tasks did not begin.
#[derive(Debug, thiserror::Error)]
#[error("cannot run green tasks here")]
pub struct RunError(#[from] io::Error);

/// The time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not in time")]
pub struct TimedOut;

/// Runs a future on this thread until it has ended, and with it the tasks it [spawns](spawn).
///
/// Tasks that are still there at the end are dropped where they wait: join what must be finished.
/// An error if this thread already runs green tasks (await there, instead of running a second loop
/// inside), or if the system gives no descriptors for one.
///
/// ```
/// use exercises::green;
/// use exercises::primitive::time::Duration;
///
/// let order = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
/// green::run(async {
///     let tasks = [(1, 20), (2, 1)].map(|(number, ms)| {
///         let order = order.clone();
///         green::spawn(format!("task {number}"), async move {
///             green::sleep(Duration::from_millis(ms)).await;
///             order.borrow_mut().push(number);
///         })
///     });
///     green::join_all(tasks).await;
/// })?;
/// assert_eq!(*order.borrow(), [2, 1]);
/// # Ok::<(), exercises::green::RunError>(())
/// ```
pub fn run<T>(main: impl Future<Output = T>) -> Result<T, RunError> {
    let _board = watchdog::Board::hang_up(false);
    Ok(reactor::run(task::named("main", main))?)
}

/// As [`run`], and says which tasks have blocked the thread, in the order of their names: by a sleep, a lock, a
/// message, a pipe, the end of another thread, or whatever else the kernel makes one wait for. Where a [`Watchdog`]
/// needs a turn that takes long, here the shortest wait counts, and a long calculation does not. A call that had not to
/// wait, because its result was there, has not blocked.
///
/// It can happen that the system itself waits for something in the middle of a turn (for memory, say). Who judges by
/// this looks more than once.
///
/// ```
/// use exercises::green;
/// use std::sync::mpsc;
/// use std::time::Duration;
///
/// let (_silent, messages) = mpsc::channel::<()>();
/// let ((), blocked) = green::run_watched(async {
///     let waits = green::spawn("waits", async move {
///         let _ = messages.recv_timeout(Duration::from_millis(1));
///     });
///     waits.await.unwrap();
/// })?;
/// assert!(blocked.iter().any(|one| one.task == "waits"));
/// # Ok::<(), green::RunError>(())
/// ```
pub fn run_watched<T>(main: impl Future<Output = T>) -> Result<(T, Vec<Blocked>), RunError> {
    let board = watchdog::Board::hang_up(true);
    let value = reactor::run(task::named("main", main))?;
    Ok((value, board.blocked()))
}

/// Gives way for this time, by the time scale, and at least once.
///
/// An ordinary [`thread::sleep`](crate::primitive::thread::sleep) in its place would put the whole
/// thread to sleep, with all its tasks.
pub async fn sleep(duration: Duration) {
    reactor::sleep(duration).await;
}

/// Gives way to the others once.
pub async fn yield_now() {
    reactor::yield_now().await;
}

/// Waits for a future at most so long. If the time runs out, the future is dropped where it waits.
///
/// ```
/// use exercises::green::{self, TimedOut};
/// use exercises::primitive::time::Duration;
///
/// let never = std::future::pending::<()>();
/// let waited = green::run(green::timeout(Duration::from_millis(1), never))?;
/// assert_eq!(waited, Err(TimedOut));
/// # Ok::<(), exercises::green::RunError>(())
/// ```
pub async fn timeout<F: Future>(limit: Duration, future: F) -> Result<F::Output, TimedOut> {
    reactor::timeout(limit, future).await.ok_or(TimedOut)
}

/// Waits for all these tasks; the results are in the order of the list.
pub async fn join_all<T>(tasks: impl IntoIterator<Item = Task<T>>) -> Vec<Result<T, TaskError>> {
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await);
    }
    results
}

/// Waits for all these tasks, at most so long; the results are in the order of the list. A task
/// that was not ready in time is `None`, and is cancelled: nothing is left behind.
///
/// ```
/// use exercises::green;
/// use exercises::primitive::time::Duration;
///
/// let results = green::run(async {
///     let tasks = vec![
///         green::spawn("never", std::future::pending()),
///         green::spawn("at once", async { 7 }),
///     ];
///     green::join_all_timeout(tasks, Duration::from_millis(50)).await
/// })?;
/// assert_eq!(results, [None, Some(Ok(7))]);
/// # Ok::<(), exercises::green::RunError>(())
/// ```
pub async fn join_all_timeout<T>(
    tasks: Vec<Task<T>>,
    limit: Duration,
) -> Vec<Option<Result<T, TaskError>>> {
    let mut results: Vec<Option<Result<T, TaskError>>> = tasks.iter().map(|_| None).collect();
    let mut tasks: Vec<Option<Task<T>>> = tasks.into_iter().map(Some).collect();
    let all = poll_fn(|context| {
        for (task, result) in tasks.iter_mut().zip(&mut results) {
            if let Some(running) = task
                && let Poll::Ready(ended) = Pin::new(running).poll(context)
            {
                *result = Some(ended);
                *task = None;
            }
        }
        if tasks.iter().all(Option::is_none) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    });
    if reactor::timeout(limit, all).await.is_none() {
        for task in tasks.iter().flatten() {
            task.cancel();
        }
    }
    results
}

/// Runs several futures side by side inside the calling task; the results are in the order of the
/// list. Whenever one of them can go on, all that have not ended are asked in the order of the
/// list: good for a few, [`spawn`] is better for many. They may borrow, which tasks may not.
///
/// ```
/// use exercises::green;
///
/// let words = ["hello", "world"];
/// let lengths = green::run(green::gather(words.iter().map(|word| async { word.len() })))?;
/// assert_eq!(lengths, [5, 5]);
/// # Ok::<(), exercises::green::RunError>(())
/// ```
pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut futures: Vec<_> = futures.into_iter().map(|f| Some(Box::pin(f))).collect();
    let mut results: Vec<Option<F::Output>> = futures.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (future, result) in futures.iter_mut().zip(&mut results) {
            if let Some(running) = future
                && let Poll::Ready(ended) = running.as_mut().poll(context)
            {
                *result = Some(ended);
                *future = None;
            }
        }
        if futures.iter().all(Option::is_none) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    results.into_iter().flatten().collect()
}

/// Waits, in a green task, for a job of a [`ThreadPool`](sync::ThreadPool): this is how a call
/// that blocks is made without stopping the other tasks.
///
/// ```
/// use exercises::green;
/// use exercises::primitive::{thread, time::Duration};
/// use exercises::sync::ThreadPool;
///
/// let helpers = ThreadPool::new(1)?;
/// let answer = green::run(async {
///     let blocking = helpers.submit(|| {
///         thread::sleep(Duration::from_millis(1));
///         42
///     });
///     green::wait_for(blocking).await
/// })?;
/// assert_eq!(answer, Ok(42));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub async fn wait_for<T: Send + 'static>(future: sync::Future<T>) -> Result<T, sync::JobError> {
    let (ended, end) = reactor::oneshot::channel();
    // The receiver is only gone when this task was dropped: nobody waits then.
    future.when_done(move || {
        let _ = ended.send(());
    });
    // The sender cannot be dropped unsent: every job ends or is cancelled.
    let _ = end.await;
    future.result()
}
