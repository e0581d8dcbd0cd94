use super::{Thread, ThreadError};
use crate::primitive::Arc;
use crate::primitive::identity::Identity;
use crate::primitive::lock::{Condvar, Mutex};
use crate::primitive::thread::Panicked;
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, ObjectKind};
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Waiting,
    Cancelled,
    Fired,
}

struct Shared<T> {
    identity: Identity,
    state: Mutex<State>,
    changed: Condvar,
    result: Mutex<Option<T>>,
}

impl<T> Shared<T> {
    /// Waits for the moment; false if it was cancelled.
    fn is_due(&self, deadline: Deadline) -> bool {
        let mut state = self.state.lock();
        self.identity.emit(Kind::WaitBegin);
        while *state == State::Waiting && !self.changed.wait_until(&mut state, deadline) {}
        self.identity.emit(Kind::WaitEnd);
        if *state == State::Waiting {
            *state = State::Fired;
        }
        *state == State::Fired
    }

    #[track_caller]
    fn cancel(&self) -> bool {
        let mut state = self.state.lock();
        if *state == State::Waiting {
            *state = State::Cancelled;
            self.identity.emit(Kind::Signal);
            self.changed.notify_all();
        }
        *state == State::Cancelled
    }
}

/// Does something after a while, in a thread of its own, unless cancelled before.
///
/// Either [`cancel`](Timer::cancel) says true and it never happens, or it says false and it has
/// begun: there is nothing in between. It never fires early, by the monotonic clock; how much later is
/// up to the system. Dropped, the timer goes on by itself.
///
/// | | difference |
/// |---|---|
/// | std, parking_lot | have none; a thread that sleeps cannot be cancelled |
/// | crossbeam | `channel::after(d)` in a `select!` |
/// | Python's `threading.Timer` | made first and started afterwards (a forgotten `start()` looks like a cancel that worked); `cancel()` does not tell whether it came in time, and the result is lost |
///
/// Its thread is a [`Thread`] called `Timer`, counted by [`threads`](super::threads). A
/// [`daemon`](Timer::daemon) timer is not waited for at the end: see
/// [`threads::shut_down`](super::threads::shut_down).
///
/// ```
/// use exercises::primitive::time::Duration;
/// use exercises::sync::Timer;
///
/// let late = Timer::start(Duration::from_secs(3600), || "rang");
/// assert!(late.cancel());
/// assert_eq!(late.join().unwrap(), None);
///
/// let soon = Timer::start(Duration::from_millis(1), || "rang");
/// assert_eq!(soon.join().unwrap(), Some("rang"));
/// ```
pub struct Timer<T> {
    shared: Arc<Shared<T>>,
    thread: Thread,
}

impl<T: Send + 'static> Timer<T> {
    /// Starts to count, by the time scale.
    ///
    /// # Panics
    /// If the system refuses another thread.
    #[track_caller]
    pub fn start(interval: Duration, action: impl FnOnce() -> T + Send + 'static) -> Timer<T> {
        Timer::counting(interval, action, false)
    }

    /// The same as a daemon: at the end of the program it is cancelled, or, if it has fired, cut off at
    /// its next sleep.
    ///
    /// # Panics
    /// If the system refuses another thread.
    ///
    /// ```
    /// use exercises::primitive::time::Duration;
    /// use exercises::sync::{Timer, threads};
    ///
    /// let late = Timer::daemon(Duration::from_secs(3600), || "rang");
    /// threads::shut_down(); // does not wait for an hour
    /// assert_eq!(late.join().unwrap(), None);
    /// ```
    #[track_caller]
    pub fn daemon(interval: Duration, action: impl FnOnce() -> T + Send + 'static) -> Timer<T> {
        Timer::counting(interval, action, true)
    }

    #[track_caller]
    fn counting(
        interval: Duration,
        action: impl FnOnce() -> T + Send + 'static,
        daemon: bool,
    ) -> Timer<T> {
        let deadline = Deadline::after(interval);
        let shared = Arc::new(Shared {
            identity: Identity::new(ObjectKind::Timer),
            state: Mutex::quiet(State::Waiting),
            changed: Condvar::quiet(),
            result: Mutex::quiet(None),
        });
        let (counting, cancelled) = (shared.clone(), shared.clone());
        let thread = Thread::new("Timer", move || {
            if counting.is_due(deadline) {
                let result = action();
                *counting.result.lock() = Some(result);
            }
        })
        .daemon(daemon)
        .on_cut(move || _ = cancelled.cancel());
        if let Err(error) = thread.start() {
            panic!("a timer needs a thread: {error}");
        }
        Timer { shared, thread }
    }

    /// Prevents the action. True if that was in time (also if it had been cancelled before).
    #[track_caller]
    pub fn cancel(&self) -> bool {
        self.shared.identity.shake();
        self.shared.cancel()
    }

    /// Waits for the end and takes the action's result; none if it was cancelled or cut off.
    #[track_caller]
    pub fn join(self) -> Result<Option<T>, Panicked> {
        match self.thread.join() {
            Err(ThreadError::Panicked(panicked)) => Err(panicked),
            // Of the other refusals none can be: it was started, here, and only its own action could wait for
            // itself, for a result that it has not given yet.
            _ => Ok(self.shared.result.lock().take()),
        }
    }

    /// Whether nothing will happen any more.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        !self.thread.is_alive()
    }
}

impl<T> fmt::Debug for Timer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timer")
            .field("state", &*self.shared.state.lock())
            .finish_non_exhaustive()
    }
}
