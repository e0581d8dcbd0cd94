//! Threads: std's, named and recorded.
//!
//! Every thread has a lane. The parent writes `spawn` before the thread exists, the thread writes
//! `start` as its first and `exit` as its last act (also when it panics), whoever joins writes
//! `join-begin` and `join-end`.

use super::Arc;
use super::atomic::{AtomicU64, AtomicUsize, Ordering};
use super::cut;
use super::lock::Mutex;
use super::settings::shake;
use super::time::{Duration, scaled};
use recorder::{Kind, LaneId, LaneKind, Object, current};
use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::io;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// The identity of the main thread, in every process.
const MAIN_ID: ThreadId = ThreadId(1);
static NEXT_ID: AtomicU64 = AtomicU64::new(MAIN_ID.0 + 1);
static NEXT_DEFAULT_NAME: AtomicU64 = AtomicU64::new(1);
static NEXT_HOLDER: AtomicUsize = AtomicUsize::new(1);

thread_local! {
    static OWN_ID: Cell<u64> = const { Cell::new(0) };
    /// As re-entrant locks know the thread.
    static HOLDER: Cell<usize> = const { Cell::new(0) };
    /// Set in the first thread of a forked child, whatever it was called in the parent.
    static IS_MAIN: Cell<bool> = const { Cell::new(false) };
}

/// The calling thread is the first and only one of a new process.
pub(super) fn become_main() {
    IS_MAIN.set(true);
    OWN_ID.set(0);
}

/// The identity of a thread in its process; never used twice. The main thread's is 1.
///
/// As `std::thread::ThreadId`, which does not show its number. [`current_ident`] and [`current_tid`]
/// are the system's identities, and those it does use again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThreadId(u64);

impl ThreadId {
    /// The main thread's.
    pub const MAIN: ThreadId = MAIN_ID;

    /// As a number.
    pub const fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for ThreadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The thread ended with a panic.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("thread `{thread}` panicked: {message}")]
pub struct Panicked {
    /// Its name.
    pub thread: String,
    /// What it said.
    pub message: String,
}

impl Panicked {
    fn new(thread: &str, payload: Box<dyn Any + Send>) -> Panicked {
        Panicked {
            thread: thread.to_owned(),
            message: panic_message(payload.as_ref()),
        }
    }
}

/// The calling thread ends with this panic, which was caught.
pub(crate) fn ended_by(name: &str, payload: Box<dyn Any + Send>) -> Panicked {
    Panicked::new(name, payload)
}

/// What a panic said, where it said something.
pub(crate) fn panic_message(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a value that is not text".to_owned()
    }
}

/// How a thread is to be.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    /// A thread with a default name: `Thread-1`, `Thread-2`..., counted as Python does.
    pub fn new() -> Builder {
        Builder::default()
    }

    /// Gives it a name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Builder {
        self.name = Some(name.into());
        self
    }

    /// Starts the thread; an error if the system refuses another one.
    pub fn spawn<T: Send + 'static>(
        self,
        f: impl FnOnce() -> T + Send + 'static,
    ) -> io::Result<JoinHandle<T>> {
        let seat = Seat::open(self.name);
        let inner = seat.builder().spawn({
            let seat = seat.clone();
            move || seat.run(f)
        })?;
        shake();
        Ok(JoinHandle { inner, seat })
    }
}

/// How many threads the machine can run at the same time; 1 where that is not known.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Starts a thread.
///
/// The handle must be joined somewhere: when `main` ends, all other threads are killed. (Python
/// waits for threads that are not daemons. Rust does not.)
///
/// # Panics
/// If the system refuses another thread, as `std::thread::spawn` does; see [`Builder::spawn`].
///
/// ```
/// use exercises::primitive::thread;
///
/// let handle = thread::spawn(Some("A"), || thread::current_name());
/// assert_eq!(handle.name(), "A");
/// assert_eq!(handle.join().unwrap(), "A");
/// ```
pub fn spawn<T: Send + 'static>(
    name: Option<&str>,
    f: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<T> {
    let builder = Builder {
        name: name.map(str::to_owned),
    };
    match builder.spawn(f) {
        Ok(handle) => handle,
        Err(error) => panic!("the system refuses another thread: {error}"),
    }
}

/// The next of `Thread-1`, `Thread-2`...
pub(crate) fn default_name() -> String {
    format!(
        "Thread-{}",
        NEXT_DEFAULT_NAME.fetch_add(1, Ordering::Relaxed)
    )
}

/// What a new thread takes with it, and its handle keeps.
#[derive(Clone)]
struct Seat {
    name: Arc<str>,
    id: ThreadId,
    lane: LaneId,
}

impl Seat {
    fn open(name: Option<String>) -> Seat {
        shake();
        let name = name.unwrap_or_else(default_name);
        let lane = current::open_lane(LaneKind::Thread, &name);
        current::emit(Kind::Spawn, Object::lane(lane));
        Seat {
            name: name.into(),
            id: ThreadId(NEXT_ID.fetch_add(1, Ordering::Relaxed)),
            lane,
        }
    }

    fn builder(&self) -> std::thread::Builder {
        // std panics at a name with a NUL in it.
        std::thread::Builder::new().name(self.name.replace('\0', "\u{FFFD}"))
    }

    fn run<T>(self, f: impl FnOnce() -> T) -> T {
        OWN_ID.set(self.id.0);
        current::set_lane(self.lane);
        current::emit(Kind::Start, Object::lane(self.lane));
        shake();
        let result = catch_unwind(AssertUnwindSafe(f));
        current::emit(Kind::Exit, Object::lane(self.lane));
        result.unwrap_or_else(|payload| resume_unwind(payload))
    }
}

/// Waiting for a thread. Dropped without [`join`](JoinHandle::join), the thread runs on by itself.
pub struct JoinHandle<T> {
    inner: std::thread::JoinHandle<T>,
    seat: Seat,
}

impl<T> JoinHandle<T> {
    /// Waits for the end of the thread and takes its result.
    pub fn join(self) -> Result<T, Panicked> {
        let JoinHandle { inner, seat } = self;
        joining(seat.lane, || inner.join()).map_err(|payload| Panicked::new(&seat.name, payload))
    }

    /// Whether it has ended (its last instruction may still be on the way).
    pub fn is_finished(&self) -> bool {
        self.inner.is_finished()
    }

    /// Its lane in the journal.
    pub fn lane(&self) -> LaneId {
        self.seat.lane
    }

    /// Its identity in this process.
    pub fn id(&self) -> ThreadId {
        self.seat.id
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.seat.name
    }
}

pub(crate) fn joining<R>(lane: LaneId, join: impl FnOnce() -> R) -> R {
    shake();
    current::emit(Kind::JoinBegin, Object::lane(lane));
    let result = join();
    current::emit(Kind::JoinEnd, Object::lane(lane));
    shake();
    result
}

/// Where threads can borrow from: all of them have ended when [`scope`] returns.
pub struct Scope<'scope, 'env: 'scope> {
    inner: &'scope std::thread::Scope<'scope, 'env>,
    unjoined: Arc<Mutex<Vec<LaneId>>>,
}

/// Threads that borrow, and that cannot be forgotten.
///
/// As `std::thread::scope`; crossbeam had it first, Python has nothing like it (nearest: `with
/// ThreadPoolExecutor()`).
///
/// # Panics
/// If a thread that nobody joined panicked, as std's.
///
/// ```
/// use exercises::primitive::thread;
///
/// let numbers = vec![1, 2, 3];
/// let sum = thread::scope(|s| {
///     let handle = s.spawn(Some("summer"), || numbers.iter().sum::<i32>());
///     handle.join().unwrap()
/// });
/// assert_eq!(sum, 6);
/// ```
pub fn scope<'env, T>(f: impl for<'scope> FnOnce(&Scope<'scope, 'env>) -> T) -> T {
    let unjoined = Arc::new(Mutex::quiet(Vec::new()));
    let result = std::thread::scope(|inner| {
        let result = f(&Scope {
            inner,
            unjoined: unjoined.clone(),
        });
        for lane in unjoined.lock().iter() {
            current::emit(Kind::JoinBegin, Object::lane(*lane));
        }
        result
    });
    for lane in unjoined.lock().iter() {
        current::emit(Kind::JoinEnd, Object::lane(*lane));
    }
    result
}

impl<'scope, 'env> Scope<'scope, 'env> {
    /// Starts a thread of this scope.
    ///
    /// # Panics
    /// If the system refuses another thread.
    pub fn spawn<T: Send + 'scope>(
        &self,
        name: Option<&str>,
        f: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        let seat = Seat::open(name.map(str::to_owned));
        let spawned = seat.builder().spawn_scoped(self.inner, {
            let seat = seat.clone();
            move || seat.run(f)
        });
        let inner = match spawned {
            Ok(inner) => inner,
            Err(error) => panic!("the system refuses another thread: {error}"),
        };
        self.unjoined.lock().push(seat.lane);
        shake();
        ScopedJoinHandle {
            inner,
            seat,
            unjoined: self.unjoined.clone(),
        }
    }
}

/// Waiting for a thread of a [`scope`].
pub struct ScopedJoinHandle<'scope, T> {
    inner: std::thread::ScopedJoinHandle<'scope, T>,
    seat: Seat,
    unjoined: Arc<Mutex<Vec<LaneId>>>,
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits for the end of the thread and takes its result.
    pub fn join(self) -> Result<T, Panicked> {
        let ScopedJoinHandle {
            inner,
            seat,
            unjoined,
        } = self;
        unjoined.lock().retain(|lane| *lane != seat.lane);
        joining(seat.lane, || inner.join()).map_err(|payload| Panicked::new(&seat.name, payload))
    }

    /// Whether it has ended.
    pub fn is_finished(&self) -> bool {
        self.inner.is_finished()
    }

    /// Its lane in the journal.
    pub fn lane(&self) -> LaneId {
        self.seat.lane
    }

    /// Its identity in this process.
    pub fn id(&self) -> ThreadId {
        self.seat.id
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.seat.name
    }
}

/// The name of the calling thread; `main` for the first one of a process.
pub fn current_name() -> String {
    if IS_MAIN.try_with(Cell::get).unwrap_or(false) {
        return "main".to_owned();
    }
    std::thread::current().name().unwrap_or("thread").to_owned()
}

/// Whether the calling thread is the first one of its process.
pub fn is_main() -> bool {
    IS_MAIN.try_with(Cell::get).unwrap_or(false) || current_tid() == current::pid()
}

/// The identity of the calling thread in this process.
pub fn current_id() -> ThreadId {
    let id = OWN_ID.try_with(|own| {
        if own.get() == 0 {
            own.set(if is_main() {
                MAIN_ID.0
            } else {
                NEXT_ID.fetch_add(1, Ordering::Relaxed)
            });
        }
        own.get()
    });
    ThreadId(id.unwrap_or(0))
}

/// What re-entrant locks know the calling thread by. Not its identity: that one becomes the main
/// thread's in a forked child, where a lock may still be held by the main thread of the parent. And not
/// a place in memory: the next thread gets that when this one has ended, and would be let in where a
/// guard was forgotten.
pub(super) fn holder() -> NonZeroUsize {
    // There is nothing to be torn down, so this is there until the thread's very end.
    let own = HOLDER.with(|own| {
        if own.get() == 0 {
            own.set(NEXT_HOLDER.fetch_add(1, Ordering::Relaxed));
        }
        own.get()
    });
    // A machine that starts a thread every nanosecond runs out of numbers after centuries.
    NonZeroUsize::new(own).unwrap_or(NonZeroUsize::MAX)
}

/// The kernel's number of the calling thread, as `top -H` shows it.
pub fn current_tid() -> i32 {
    nix::unistd::gettid().as_raw()
}

/// How often the calling thread has gone to sleep in the kernel so far, until something came: a time, a lock, a message,
/// the end of another thread. That the system took its processor away for a while does not count.
pub fn times_blocked() -> u64 {
    // SAFETY: plain data for the kernel to fill.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: a buffer of the right type. It cannot fail: both arguments are valid.
    unsafe { libc::getrusage(libc::RUSAGE_THREAD, &mut usage) };
    u64::try_from(usage.ru_nvcsw).unwrap_or(0)
}

/// The identity that the system's thread library gives the calling thread: what Python's
/// `threading.get_ident` shows. It is a place in memory, and may be given to another thread when
/// this one has ended.
pub fn current_ident() -> u64 {
    // SAFETY: no arguments, cannot fail.
    unsafe { libc::pthread_self() as u64 }
}

/// Lets others go first, if the scheduler likes.
pub fn yield_now() {
    shake();
    std::thread::yield_now();
}

/// The same without a random delay: for the library's own short waits.
pub(crate) fn give_way() {
    std::thread::yield_now();
}

/// Sleeps, by the time scale. A daemon that is cut off meanwhile ends here (see
/// [`cut`]).
pub fn sleep(duration: Duration) {
    current::emit(Kind::SleepBegin, Object::NONE);
    cut::sleep(scaled(duration));
    current::emit(Kind::SleepEnd, Object::NONE);
    shake();
}
