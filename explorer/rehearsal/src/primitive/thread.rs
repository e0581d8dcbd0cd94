//! Virtual threads, with the names and the lanes of real ones.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::sync::PoisonError;

use explorer::model::thread as model;
use recorder::{Kind, LaneId, LaneKind, Object};

use super::atomic::{AtomicU64, Ordering};
use super::per_process::PerProcess;
use super::time::Duration;
use super::{Arc, current, cut, lane, mortal};

static NEXT_DEFAULT_NAME: PerProcess<AtomicU64> = PerProcess::new(|| AtomicU64::new(1));

thread_local! {
    static NAME: RefCell<Option<Arc<str>>> = const { RefCell::new(None) };
}

/// A lane's number, and one: nobody else's, and the main thread's is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThreadId(u64);

impl ThreadId {
    pub const MAIN: ThreadId = ThreadId(1);

    fn of(lane: LaneId) -> ThreadId {
        ThreadId(u64::from(lane.0) + 1)
    }

    pub const fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for ThreadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("thread `{thread}` panicked: {message}")]
pub struct Panicked {
    pub thread: String,
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

pub(crate) fn ended_by(name: &str, payload: Box<dyn Any + Send>) -> Panicked {
    current::panicked(payload.as_ref());
    Panicked::new(name, payload)
}

pub(crate) fn panic_message(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a value that is not text".to_owned()
    }
}

#[derive(Clone, Debug, Default)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    pub fn new() -> Builder {
        Builder::default()
    }

    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Builder {
        self.name = Some(name.into());
        self
    }

    #[track_caller]
    pub fn spawn<T: Send + 'static>(
        self,
        f: impl FnOnce() -> T + Send + 'static,
    ) -> io::Result<JoinHandle<T>> {
        let seat = Seat::open(self.name);
        let inner = seat.builder().spawn({
            let seat = seat.clone();
            move || seat.run(f)
        })?;
        Ok(JoinHandle { inner, seat })
    }
}

#[track_caller]
pub fn spawn<T: Send + 'static>(
    name: Option<&str>,
    f: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<T> {
    let builder = Builder {
        name: name.map(str::to_owned),
    };
    match builder.spawn(f) {
        Ok(handle) => handle,
        Err(error) => panic!("the model has no room for another thread: {error}"),
    }
}

pub(crate) fn default_name() -> String {
    let number = NEXT_DEFAULT_NAME.get().fetch_add(1, Ordering::Relaxed);
    format!("Thread-{number}")
}

/// What a new thread takes with it, and its handle keeps.
#[derive(Clone)]
struct Seat {
    name: Arc<str>,
    lane: LaneId,
}

impl Seat {
    fn open(name: Option<String>) -> Seat {
        mortal::has_nobody();
        Seat {
            name: name.unwrap_or_else(default_name).into(),
            lane: current::open_lane(LaneKind::Thread),
        }
    }

    fn builder(&self) -> model::Builder {
        model::Builder::new().name(self.name.to_string())
    }

    fn run<T>(self, f: impl FnOnce() -> T) -> T {
        lane::become_lane(self.lane);
        NAME.set(Some(self.name.clone()));
        current::life(self.lane, f)
    }
}

pub struct JoinHandle<T> {
    inner: model::JoinHandle<T>,
    seat: Seat,
}

impl<T> JoinHandle<T> {
    #[track_caller]
    pub fn join(self) -> Result<T, Panicked> {
        let JoinHandle { inner, seat } = self;
        let result = inner.join();
        current::emit(Kind::JoinEnd, Object::lane(seat.lane));
        result.map_err(|payload| Panicked::new(&seat.name, payload))
    }

    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.inner.is_finished()
    }

    pub fn lane(&self) -> LaneId {
        self.seat.lane
    }

    pub fn id(&self) -> ThreadId {
        ThreadId::of(self.seat.lane)
    }

    pub fn name(&self) -> &str {
        &self.seat.name
    }
}

pub(crate) fn joining<R>(lane: LaneId, join: impl FnOnce() -> R) -> R {
    let result = join();
    current::emit(Kind::JoinEnd, Object::lane(lane));
    result
}

/// No operation: what is in it is only looked at when all have ended.
type Unjoined = Arc<std::sync::Mutex<BTreeSet<LaneId>>>;

fn among<R>(unjoined: &Unjoined, change: impl FnOnce(&mut BTreeSet<LaneId>) -> R) -> R {
    change(&mut unjoined.lock().unwrap_or_else(PoisonError::into_inner))
}

pub struct Scope<'scope, 'env: 'scope> {
    inner: &'scope model::Scope<'scope, 'env>,
    unjoined: Unjoined,
}

#[track_caller]
pub fn scope<'env, T>(f: impl for<'scope> FnOnce(&Scope<'scope, 'env>) -> T) -> T {
    let unjoined = Unjoined::default();
    let result = model::scope(|inner| {
        f(&Scope {
            inner,
            unjoined: unjoined.clone(),
        })
    });
    for lane in among(&unjoined, std::mem::take) {
        current::emit(Kind::JoinEnd, Object::lane(lane));
    }
    result
}

impl<'scope> Scope<'scope, '_> {
    #[track_caller]
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
            Err(error) => panic!("the model has no room for another thread: {error}"),
        };
        among(&self.unjoined, |unjoined| unjoined.insert(seat.lane));
        ScopedJoinHandle {
            inner,
            seat,
            unjoined: self.unjoined.clone(),
        }
    }
}

pub struct ScopedJoinHandle<'scope, T> {
    inner: model::ScopedJoinHandle<'scope, T>,
    seat: Seat,
    unjoined: Unjoined,
}

impl<T> ScopedJoinHandle<'_, T> {
    #[track_caller]
    pub fn join(self) -> Result<T, Panicked> {
        let ScopedJoinHandle {
            inner,
            seat,
            unjoined,
        } = self;
        among(&unjoined, |unjoined| unjoined.remove(&seat.lane));
        let result = inner.join();
        current::emit(Kind::JoinEnd, Object::lane(seat.lane));
        result.map_err(|payload| Panicked::new(&seat.name, payload))
    }

    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.inner.is_finished()
    }

    pub fn lane(&self) -> LaneId {
        self.seat.lane
    }

    pub fn id(&self) -> ThreadId {
        ThreadId::of(self.seat.lane)
    }

    pub fn name(&self) -> &str {
        &self.seat.name
    }
}

pub fn current_name() -> String {
    NAME.with_borrow(|name| match name {
        Some(name) => name.to_string(),
        None => lane::name_of_a_stranger(),
    })
}

pub fn is_main() -> bool {
    lane::tid(lane::own()) == lane::pid(lane::own())
}

pub fn current_id() -> ThreadId {
    ThreadId::of(lane::own())
}

pub fn current_tid() -> i32 {
    lane::tid(lane::own())
}

/// The system may give a place in memory to another thread when this one has ended; here it never does.
pub fn current_ident() -> u64 {
    4096 * ThreadId::of(lane::own()).0
}

/// The fewest that can come in each other's way.
pub fn cores() -> usize {
    2
}

/// Orders nothing.
pub fn yield_now() {}

#[track_caller]
pub fn sleep(duration: Duration) {
    cut::sleep(duration);
}
