//! Threads.
use super::{machine, time::nanoseconds};
use crate::execution::{Identity, engines, identity_of};
use crate::operation::{Operation, Place, Reply, ThreadIndex};
use std::any::Any;
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What a joined thread gives back.
pub type Result<T> = std::thread::Result<T>;

pub use super::thread_local::{AccessError, DropValues, LocalKey};

/// A thread's number, unlike any other of the same process.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThreadId(ThreadIndex);

impl fmt::Debug for ThreadId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // std counts from 1.
        write!(out, "ThreadId({})", self.0 + 1)
    }
}

/// A thread.
#[derive(Clone)]
pub struct Thread {
    index: ThreadIndex,
    name: Option<String>,
}

impl fmt::Debug for Thread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Thread")
            .field("id", &self.id())
            .field("name", &self.name())
            .finish_non_exhaustive()
    }
}

impl Thread {
    /// Its number.
    pub fn id(&self) -> ThreadId {
        let shown = machine().with(|inner| {
            inner.world.tell_apart(self.index);
            inner.world.shown(self.index)
        });
        ThreadId(shown)
    }

    /// Its name.
    pub fn name(&self) -> Option<&str> {
        if machine().with(|inner| inner.world.shown(self.index)) == 0 {
            Some("main")
        } else {
            self.name.as_deref()
        }
    }

    fn has_ended(&self, place: Place) -> bool {
        let machine = machine();
        machine.with(|inner| inner.world.tell_apart(self.index));
        machine.announce(Operation::IsFinished(self.index), place) == Reply::Done
    }

    /// Gives it its token.
    #[track_caller]
    pub fn unpark(&self) {
        machine().announce(Operation::Unpark(self.index), Location::caller());
    }
}

thread_local! {
    static NAMES: Mutex<Vec<(u64, ThreadIndex, String)>> = const { Mutex::new(Vec::new()) };
}

/// The running thread.
pub fn current() -> Thread {
    let machine = machine();
    let index = machine.running();
    let execution = machine.execution();
    let name = NAMES.with(|names| {
        let names = names.lock().unwrap_or_else(PoisonError::into_inner);
        names
            .iter()
            .find(|(of, thread, _)| *of == execution && *thread == index)
            .map(|(_, _, name)| name.clone())
    });
    Thread { index, name }
}

/// How many threads were started before the running one: a number of its own, which std's identities do not show.
pub fn number() -> usize {
    let machine = machine();
    let index = machine.running();
    machine.with(|inner| inner.world.tell_apart(index));
    index
}

/// Is the running thread unwinding?
pub fn panicking() -> bool {
    machine().panicking()
}

/// Takes the token, or waits for it.
#[track_caller]
pub fn park() {
    machine().announce(Operation::Park, Location::caller());
}

/// Takes the token, or waits for it for a while.
#[track_caller]
pub fn park_timeout(duration: Duration) {
    let machine = machine();
    machine.set_timeout(Some(nanoseconds(duration)));
    machine.announce(Operation::ParkTimeout, Location::caller());
    machine.set_timeout(None);
}

/// Moves the thread's virtual clock. It orders nothing.
pub fn sleep(duration: Duration) {
    machine().sleep(nanoseconds(duration));
}

/// Orders nothing.
pub fn yield_now() {}

/// How the model's machine would be.
pub fn available_parallelism() -> io::Result<std::num::NonZeroUsize> {
    std::num::NonZeroUsize::new(4).ok_or_else(|| io::ErrorKind::Unsupported.into())
}

/// The right to wait for a thread.
pub struct JoinHandle<T> {
    thread: Thread,
    /// Unpacks what the thread returned.
    unpack: fn(Box<dyn Any + Send>) -> Result<T>,
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}

impl<T> JoinHandle<T> {
    /// The thread.
    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    /// Has it ended?
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.thread.has_ended(Location::caller())
    }

    /// Waits for it.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        join_thread(self.thread.index, Location::caller()).and_then(self.unpack)
    }
}

fn join_thread(index: ThreadIndex, place: Place) -> Result<Box<dyn Any + Send>> {
    let machine = machine();
    machine.announce(Operation::Join(index), place);
    let failed = machine.has_panicked(index);
    match machine.take_result(index) {
        Some(payload) if failed => Err(payload),
        Some(value) => Ok(value),
        None => Err(Box::new(())),
    }
}

fn unpack<T: 'static>(value: Box<dyn Any + Send>) -> Result<T> {
    value.downcast::<Box<T>>().map(|value| **value)
}

/// A value that only ever moves between coroutines of one OS thread, or between the OS threads of std's own contract.
fn boxed<T: Send + 'static>(value: T) -> Box<dyn Any + Send> {
    Box::new(Box::new(value))
}

/// Starts a thread.
#[track_caller]
pub fn spawn<F, T>(body: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let place = Location::caller();
    match start(None, body, place) {
        Ok(handle) => handle,
        Err(error) => std::panic::panic_any(error.to_string()),
    }
}

fn start<F, T>(name: Option<String>, body: F, place: Place) -> io::Result<JoinHandle<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let identity = if name.is_some() {
        None
    } else {
        identity_of::<F, T>(&body, place)
    };
    let run = move || {
        let _values = DropValues::at_the_end();
        boxed(body())
    };
    let index = begin(place, identity, Box::new(run))?;
    remember(index, name.as_deref());
    Ok(JoinHandle {
        thread: Thread { index, name },
        unpack: unpack::<T>,
    })
}

/// Adds a thread. Not generic, so that all of a coroutine is compiled here: a program that is compiled against the
/// facade could not name the assembly a coroutine starts with.
#[inline(never)]
fn begin(
    place: Place,
    identity: Option<Identity>,
    run: Box<dyn FnOnce() -> Box<dyn Any + Send>>,
) -> io::Result<ThreadIndex> {
    machine()
        .spawn(place, identity, run)
        .ok_or_else(|| io::ErrorKind::QuotaExceeded.into())
}

/// A thread's name, for `current`.
fn remember(index: ThreadIndex, name: Option<&str>) {
    let Some(name) = name else { return };
    let _engines = engines();
    let execution = machine().execution();
    NAMES.with(|names| {
        let mut names = names.lock().unwrap_or_else(PoisonError::into_inner);
        names.retain(|(of, _, _)| *of == execution);
        names.push((execution, index, name.to_owned()));
    });
}

/// Names a thread before it starts.
#[derive(Debug, Default)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    /// Without a name.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With this one.
    #[must_use]
    pub fn name(mut self, name: String) -> Self {
        self.name = Some(name);
        self
    }

    /// Without effect: every virtual thread has the same stack.
    #[must_use]
    pub fn stack_size(self, _bytes: usize) -> Self {
        self
    }

    /// Starts it.
    #[track_caller]
    pub fn spawn<F, T>(self, body: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        start(self.name, body, Location::caller())
    }

    /// Starts it in a scope.
    #[track_caller]
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        body: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        scope.start(self.name, body, Location::caller())
    }
}

/// A scope: its threads may borrow, and are joined at its end.
pub struct Scope<'scope, 'env: 'scope> {
    threads: Borrowing,
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

/// The right to wait for a scoped thread.
pub struct ScopedJoinHandle<'scope, T> {
    thread: Thread,
    result: Arc<Mutex<Option<T>>>,
    scope: PhantomData<&'scope ()>,
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ScopedJoinHandle").finish_non_exhaustive()
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Scope").finish_non_exhaustive()
    }
}

impl<T> ScopedJoinHandle<'_, T> {
    /// The thread.
    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    /// Has it ended?
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.thread.has_ended(Location::caller())
    }

    /// Waits for it.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        join_borrowing(&self.thread, &self.result)
    }
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread that may borrow from outside the scope.
    #[track_caller]
    pub fn spawn<F, T>(&'scope self, body: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        match self.start(None, body, Location::caller()) {
            Ok(handle) => handle,
            Err(error) => std::panic::panic_any(error.to_string()),
        }
    }

    fn start<F, T>(
        &'scope self,
        name: Option<String>,
        body: F,
        place: Place,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        let result = Arc::new(Mutex::new(None));
        let slot = Arc::clone(&result);
        // SAFETY: `scope` joins every thread started here before it returns or unwinds further.
        let thread = unsafe { start_borrowing(name, place, body, slot)? };
        self.threads.note(&thread);
        Ok(ScopedJoinHandle {
            thread,
            result,
            scope: PhantomData,
        })
    }
}

/// Starts a thread that may borrow, and puts what it returns into a slot.
///
/// # Safety
/// Whoever calls this must not return, nor unwind further, before the thread has ended, for as long as what the thread
/// borrows lives in their frames. When an execution is given up, threads are unwound youngest first, so the closure is
/// gone before the frames it borrows from.
pub(super) unsafe fn start_borrowing<'scope, F, T>(
    name: Option<String>,
    place: Place,
    body: F,
    slot: Arc<Mutex<Option<T>>>,
) -> io::Result<Thread>
where
    F: FnOnce() -> T + Send + 'scope,
    T: Send + 'scope,
{
    let run: Box<dyn FnOnce() + 'scope> = Box::new(move || {
        let _values = DropValues::at_the_end();
        let value = body();
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
    });
    // SAFETY: only the lifetime changes, and whoever calls sees to it that nobody can tell.
    let run: Box<dyn FnOnce() + 'static> = unsafe { std::mem::transmute(run) };
    let run = move || {
        run();
        boxed(())
    };
    let index = begin(place, None, Box::new(run))?;
    remember(index, name.as_deref());
    Ok(Thread { index, name })
}

/// The threads of a scope.
#[derive(Default)]
pub(super) struct Borrowing(Mutex<Vec<ThreadIndex>>);

impl Borrowing {
    /// One more.
    pub(super) fn note(&self, thread: &Thread) {
        let mut threads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        threads.push(thread.index);
    }

    /// Joins all of them, also those that are started meanwhile; gives the panics nobody has taken from a handle.
    pub(super) fn join_all(&self, place: Place) -> Vec<Box<dyn Any + Send>> {
        let machine = machine();
        let nth = |number: usize| {
            let threads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            threads.get(number).copied()
        };
        let mut panics = Vec::new();
        let mut joined = 0;
        while let Some(index) = nth(joined) {
            machine.announce(Operation::Join(index), place);
            if machine.has_panicked(index) {
                panics.extend(machine.take_result(index));
            }
            joined += 1;
        }
        panics
    }
}

/// Waits for a thread of a scope, and takes what it returned.
#[track_caller]
pub(super) fn join_borrowing<T>(thread: &Thread, result: &Mutex<Option<T>>) -> Result<T> {
    join_thread(thread.index, Location::caller())?;
    result
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take()
        .ok_or_else(|| Box::new(()) as Box<dyn Any + Send>)
}

/// Runs a closure with a scope, and waits for every thread started in it.
#[track_caller]
pub fn scope<'env, F, T>(body: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let place = Location::caller();
    let machine = machine();
    let scope = Scope {
        threads: Borrowing::default(),
        scope: PhantomData,
        env: PhantomData,
    };
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| body(&scope)));
    if machine.tearing() {
        match outcome {
            Ok(value) => return value,
            Err(payload) => std::panic::resume_unwind(payload),
        }
    }
    let panics = scope.threads.join_all(place);
    match outcome {
        Err(payload) => std::panic::resume_unwind(payload),
        Ok(_) if !panics.is_empty() => std::panic::panic_any("a scoped thread panicked"),
        Ok(value) => value,
    }
}
