use super::threads;
use crate::primitive::cut::Leash;
use crate::primitive::lock::{Condvar, Mutex};
use crate::primitive::panic::{AssertUnwindSafe, catch_unwind};
use crate::primitive::thread::{self, Builder, JoinHandle, Panicked, ThreadId};
use crate::primitive::time::{Deadline, Duration};
use crate::primitive::{Arc, OnceLock, current};
use recorder::LaneId;
use std::fmt;
use std::io;

/// What a [`Thread`] refuses, or what it ended with.
#[derive(Debug, thiserror::Error)]
pub enum ThreadError {
    /// A thread starts once; make a new one.
    #[error("thread `{name}` was started already: a thread starts only once, make a new one")]
    AlreadyStarted {
        /// Its name.
        name: String,
    },
    /// There is nothing to wait for yet.
    #[error("thread `{name}` was not started yet: call start() before join()")]
    NotStarted {
        /// Its name.
        name: String,
    },
    /// It would wait for ever.
    #[error("thread `{name}` waits for its own end: join it from another thread")]
    JoinsItself {
        /// Its name.
        name: String,
    },
    /// The end of such a thread cannot be waited for: the main thread ends with its process, and of
    /// a thread that this library did not start it is not known.
    #[error("thread `{name}` was not started by this library: only such a thread can be joined")]
    NotOurs {
        /// Its name.
        name: String,
    },
    /// The system has no room for another thread.
    #[error("the system refuses to start thread `{name}`: let others end first")]
    Refused {
        /// Its name.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// It ended with a panic.
    #[error(transparent)]
    Panicked(#[from] Panicked),
}

type Task = Box<dyn FnOnce() + Send>;

enum State {
    /// Not started yet.
    New,
    /// Started by `Thread::start`.
    Running,
    /// The main thread, or one that somebody else started.
    Given,
    Ended(Option<Panicked>),
}

struct Life {
    name: Mutex<String>,
    /// Known once it was started.
    born: OnceLock<(ThreadId, LaneId)>,
    /// Changed only while the state is `New`.
    daemon: Mutex<bool>,
    state: Mutex<State>,
    /// Until the new thread has taken it: a task that the system refuses to start is not lost.
    task: Mutex<Option<Task>>,
    ended: Condvar,
    /// Whoever waits for the end first takes it.
    handle: Mutex<Option<JoinHandle<()>>>,
    /// Only a daemon needs one.
    leash: OnceLock<Arc<Leash>>,
    /// What else is to be done when it is cut off: wake it from a wait.
    on_cut: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

/// A thread as an object: made, named, perhaps made a daemon, started, asked, joined.
///
/// A handle can be cloned; all clones are the same thread, and it can be joined by any of them, more
/// than once. Threads started here stand in a registry: see [`threads`](super::threads). What the
/// function returns is lost; where you need it, take [`primitive::thread::spawn`](thread::spawn),
/// and where threads are to borrow, [`primitive::thread::scope`](thread::scope).
///
/// | | difference |
/// |---|---|
/// | `std::thread` | starts at once, gives one handle that is used up by `join`; no registry, no daemons, no join with a time-out |
/// | parking_lot | has none |
/// | crossbeam | `thread::scope`, which std has taken over |
/// | Python's `threading.Thread` | the same: `name`, `ident`, `daemon`, `is_alive`, `join(timeout)`; there the name is assigned, here it is [`rename`](Thread::rename) |
///
/// **Order.** What was done before [`start`](Thread::start) is seen by the thread; what the thread
/// did is seen by whoever [`join`](Thread::join)ed it.
///
/// **Daemons.** When `main` ends, Rust kills all other threads, whatever they do. Python first waits
/// for those that are not daemons; [`threads::shut_down`](super::threads::shut_down) does that here, and says what becomes of
/// daemons: each ends by itself at its next
/// [`sleep`](thread::sleep) or [`checkpoint`](super::threads::checkpoint), with its destructors run.
///
/// **Bounds.** The system's: [`start`](Thread::start) gives an error when there is no room.
///
/// ```
/// use exercises::sync::{Event, Thread};
/// use exercises::primitive::Arc;
///
/// let go = Arc::new(Event::new());
/// let worker = Thread::new("worker", { let go = go.clone(); move || go.wait() });
/// assert!(!worker.is_alive());
/// worker.start()?;
/// assert!(worker.is_alive());
/// go.set();
/// worker.join()?;
/// assert!(!worker.is_alive());
/// assert_eq!(worker.name(), "worker");
/// # Ok::<(), exercises::sync::ThreadError>(())
/// ```
#[derive(Clone)]
pub struct Thread {
    life: Arc<Life>,
}

impl Thread {
    /// A thread of that name, not started yet.
    pub fn new(name: impl Into<String>, f: impl FnOnce() + Send + 'static) -> Thread {
        Thread::of(name.into(), State::New, Some(Box::new(f)))
    }

    /// A thread with a default name: `Thread-1`, `Thread-2`..., counted as Python does.
    pub fn unnamed(f: impl FnOnce() + Send + 'static) -> Thread {
        Thread::new(thread::default_name(), f)
    }

    /// The handle of a thread that runs already: the main one, or a stranger.
    pub(super) fn given(name: String, id: ThreadId) -> Thread {
        let thread = Thread::of(name, State::Given, None);
        let _ = thread.life.born.set((id, LaneId(0)));
        thread
    }

    fn of(name: String, state: State, task: Option<Task>) -> Thread {
        Thread {
            life: Arc::new(Life {
                name: Mutex::quiet(name),
                born: OnceLock::new(),
                daemon: Mutex::quiet(false),
                state: Mutex::quiet(state),
                task: Mutex::quiet(task),
                ended: Condvar::quiet(),
                handle: Mutex::quiet(None),
                leash: OnceLock::new(),
                on_cut: OnceLock::new(),
            }),
        }
    }

    /// Makes it a daemon (or not) while it is built: nobody waits for a daemon at the end. Of no effect
    /// once it was started, where [`set_daemon`](Thread::set_daemon) says so.
    #[must_use]
    #[track_caller]
    pub fn daemon(self, daemon: bool) -> Thread {
        let _ = self.set_daemon(daemon);
        self
    }

    /// Makes it a daemon (or not); an error once it was started.
    #[track_caller]
    pub fn set_daemon(&self, daemon: bool) -> Result<(), ThreadError> {
        let state = self.life.state.lock();
        match *state {
            State::New => *self.life.daemon.lock() = daemon,
            _ => return Err(ThreadError::AlreadyStarted { name: self.name() }),
        }
        Ok(())
    }

    /// Whether it is a daemon.
    #[track_caller]
    pub fn is_daemon(&self) -> bool {
        *self.life.daemon.lock()
    }

    /// What wakes it when it is cut off.
    pub(super) fn on_cut(self, wake: impl Fn() + Send + Sync + 'static) -> Thread {
        let _ = self.life.on_cut.set(Box::new(wake));
        self
    }

    /// Starts it. From here until its end it is alive, and stands in the registry.
    #[track_caller]
    pub fn start(&self) -> Result<(), ThreadError> {
        {
            let mut state = self.life.state.lock();
            if !matches!(*state, State::New) {
                return Err(ThreadError::AlreadyStarted { name: self.name() });
            }
            *state = State::Running;
        }
        // Held until the handle is there, so that nobody can join what has no handle yet.
        let mut handle = self.life.handle.lock();
        threads::registry().begins(self);
        let spawned = Builder::new().name(self.name()).spawn({
            let thread = self.clone();
            move || thread.live()
        });
        match spawned {
            Ok(joinable) => {
                let _ = self.life.born.set((joinable.id(), joinable.lane()));
                *handle = Some(joinable);
                Ok(())
            }
            Err(source) => {
                threads::registry().forgets(self);
                *self.life.state.lock() = State::New;
                let name = self.name();
                Err(ThreadError::Refused { name, source })
            }
        }
    }

    /// The whole life of the new thread.
    fn live(&self) {
        let _ = self.life.born.set((thread::current_id(), current::lane()));
        let task = self.life.task.lock().take();
        let task = || {
            if let Some(task) = task {
                task();
            }
        };
        let result = if self.is_daemon() {
            self.leash().hold(task)
        } else {
            catch_unwind(AssertUnwindSafe(task))
        };
        let panicked = result.err();
        let panicked = panicked.map(|payload| thread::ended_by(&self.name(), payload));
        threads::registry().ends(self);
        *self.life.state.lock() = State::Ended(panicked);
        self.life.ended.notify_all();
    }

    /// Waits for its end; at once if it has ended. An error if it ended with a panic.
    #[track_caller]
    pub fn join(&self) -> Result<(), ThreadError> {
        self.join_until(Deadline::NEVER).map(|_| ())
    }

    /// Waits for its end at most so long; true if it has ended.
    #[track_caller]
    pub fn join_timeout(&self, limit: Duration) -> Result<bool, ThreadError> {
        self.join_until(Deadline::after(limit))
    }

    #[track_caller]
    pub(super) fn join_until(&self, deadline: Deadline) -> Result<bool, ThreadError> {
        match &*self.life.state.lock() {
            State::New => return Err(ThreadError::NotStarted { name: self.name() }),
            State::Given => return Err(ThreadError::NotOurs { name: self.name() }),
            State::Running | State::Ended(_) => {}
        }
        if self.is_current() {
            return Err(ThreadError::JoinsItself { name: self.name() });
        }
        let unbounded = deadline.instant().is_none();
        // One waits for the thread of the system; who comes later waits for the word that it has ended.
        let handle = if unbounded {
            self.life.handle.lock().take()
        } else {
            None
        };
        match handle {
            Some(handle) => handle.join()?,
            None => {
                let lane = self.life.born.get().map_or(LaneId(0), |(_, lane)| *lane);
                let ended = thread::joining(lane, || self.wait_for_end(deadline));
                if !ended {
                    return Ok(false);
                }
                let handle = self.life.handle.lock().take();
                if let Some(handle) = handle {
                    handle.join()?;
                }
            }
        }
        threads::registry().forgets(self);
        match &*self.life.state.lock() {
            State::Ended(Some(panicked)) => Err(panicked.clone().into()),
            _ => Ok(true),
        }
    }

    #[track_caller]
    fn wait_for_end(&self, deadline: Deadline) -> bool {
        let mut state = self.life.state.lock();
        while !matches!(*state, State::Ended(_)) {
            if self.life.ended.wait_until(&mut state, deadline) {
                return matches!(*state, State::Ended(_));
            }
        }
        true
    }

    /// Whether it was started and has not ended. By the time you look it may have.
    #[track_caller]
    pub fn is_alive(&self) -> bool {
        matches!(*self.life.state.lock(), State::Running | State::Given)
    }

    /// Its name; the same before the start and after the end.
    #[track_caller]
    pub fn name(&self) -> String {
        self.life.name.lock().clone()
    }

    /// Gives it another name, also while it runs. The timeline and the system keep the one it had
    /// when it was started.
    #[track_caller]
    pub fn rename(&self, name: impl Into<String>) {
        *self.life.name.lock() = name.into();
    }

    /// Its identity: none before the start, then always the same, and never another thread's.
    pub fn id(&self) -> Option<ThreadId> {
        self.life.born.get().map(|(id, _)| *id)
    }

    /// Whether this is the calling thread.
    pub fn is_current(&self) -> bool {
        self.id() == Some(thread::current_id())
    }

    /// Whether the system may still have something of it that nobody has waited for.
    #[track_caller]
    pub(super) fn is_unjoined(&self) -> bool {
        self.life
            .handle
            .lock()
            .as_ref()
            .is_some_and(|handle| !handle.is_finished())
    }

    pub(super) fn is_same(&self, other: &Thread) -> bool {
        Arc::ptr_eq(&self.life, &other.life)
    }

    fn leash(&self) -> Arc<Leash> {
        self.life
            .leash
            .get_or_init(|| Arc::new(Leash::new()))
            .clone()
    }

    #[track_caller]
    pub(super) fn cut(&self) {
        self.leash().cut();
        if let Some(wake) = self.life.on_cut.get() {
            wake();
        }
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &*self.life.state.lock() {
            State::New => "new",
            State::Running | State::Given => "alive",
            State::Ended(None) => "ended",
            State::Ended(Some(_)) => "panicked",
        };
        f.debug_struct("Thread")
            .field("name", &*self.life.name.lock())
            .field("state", &state)
            .field("daemon", &*self.life.daemon.lock())
            .finish()
    }
}
