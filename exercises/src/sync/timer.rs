use crate::primitive::Arc;
use crate::primitive::identity::Identity;
use crate::primitive::lock::{Condvar, Mutex};
use crate::primitive::thread::{self, JoinHandle, Panicked};
use crate::primitive::time::{Deadline, Duration};
use recorder::{Kind, ObjectKind};
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Waiting,
    Cancelled,
    Fired,
}

struct Shared {
    identity: Identity,
    state: Mutex<State>,
    changed: Condvar,
}

/// Does something after a while, in a thread of its own, unless cancelled before.
///
/// Either [`cancel`](Timer::cancel) says true and it never happens, or it says false and it has
/// begun: there is nothing in between. Dropped, the timer goes on by itself.
///
/// | | difference |
/// |---|---|
/// | std, parking_lot | have none; a thread that sleeps cannot be cancelled |
/// | crossbeam | `channel::after(d)` in a `select!` |
/// | Python's `threading.Timer` | the same, but `cancel()` does not tell whether it came in time, and the result is lost |
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
    shared: Arc<Shared>,
    thread: JoinHandle<Option<T>>,
}

impl<T: Send + 'static> Timer<T> {
    /// Starts to count, by the time scale.
    ///
    /// # Panics
    /// If the system refuses another thread.
    pub fn start(interval: Duration, action: impl FnOnce() -> T + Send + 'static) -> Timer<T> {
        let deadline = Deadline::after(interval);
        let shared = Arc::new(Shared {
            identity: Identity::new(ObjectKind::Timer),
            state: Mutex::quiet(State::Waiting),
            changed: Condvar::quiet(),
        });
        let thread = thread::spawn(Some("Timer"), {
            let shared = shared.clone();
            move || {
                let mut state = shared.state.lock();
                shared.identity.emit(Kind::WaitBegin);
                while *state == State::Waiting && !shared.changed.wait_until(&mut state, deadline) {
                }
                shared.identity.emit(Kind::WaitEnd);
                if *state != State::Waiting {
                    return None;
                }
                *state = State::Fired;
                drop(state);
                Some(action())
            }
        });
        Timer { shared, thread }
    }

    /// Prevents the action. True if that was in time (also if it had been cancelled before).
    pub fn cancel(&self) -> bool {
        self.shared.identity.shake();
        let mut state = self.shared.state.lock();
        if *state == State::Waiting {
            *state = State::Cancelled;
            self.shared.identity.emit(Kind::Signal);
            self.shared.changed.notify_all();
        }
        *state == State::Cancelled
    }

    /// Waits for the end and takes the action's result; none if it was cancelled.
    pub fn join(self) -> Result<Option<T>, Panicked> {
        self.thread.join()
    }

    /// Whether nothing will happen any more.
    pub fn is_finished(&self) -> bool {
        self.thread.is_finished()
    }
}

impl<T> fmt::Debug for Timer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timer")
            .field("state", &*self.shared.state.lock())
            .finish_non_exhaustive()
    }
}
