//! Threads that are recorded; otherwise as in `std::thread`.

use crate::journal::{self, About, Kind};
use crate::shake::shake;
use std::io;
use std::time::Duration;

// What is not recorded; a name of this file goes before one of these.
pub use std::thread::*;

/// Starts a thread.
///
/// # Panics
/// When the system refuses a thread.
pub fn spawn<F, T>(work: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    Builder::new().spawn(work).expect("failed to spawn thread")
}

/// How a thread is started.
#[derive(Debug)]
pub struct Builder {
    inner: std::thread::Builder,
    name: String,
}

impl Default for Builder {
    fn default() -> Builder {
        Builder::new()
    }
}

impl Builder {
    /// With nothing said.
    pub fn new() -> Builder {
        Builder { inner: std::thread::Builder::new(), name: String::new() }
    }

    /// With this name.
    pub fn name(self, name: String) -> Builder {
        Builder { inner: self.inner.name(name.clone()), name }
    }

    /// With this many bytes of stack.
    pub fn stack_size(self, size: usize) -> Builder {
        Builder { inner: self.inner.stack_size(size), ..self }
    }

    /// Starts the thread.
    pub fn spawn<F, T>(self, work: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        shake();
        let lane = journal::open_lane(&self.name);
        journal::event(Kind::Spawn, About::Lane, u64::from(lane));
        let inner = self.inner.spawn(move || {
            let _end = Stay::begin(lane);
            work()
        })?;
        shake();
        Ok(JoinHandle { inner, lane })
    }

    /// Starts a thread that may borrow.
    pub fn spawn_scoped<'scope, F, T>(
        self,
        scope: Scope<'scope, '_>,
        work: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        shake();
        let lane = journal::open_lane(&self.name);
        journal::event(Kind::Spawn, About::Lane, u64::from(lane));
        let inner = self.inner.spawn_scoped(scope.inner, move || {
            let _end = Stay::begin(lane);
            work()
        })?;
        shake();
        Ok(ScopedJoinHandle { inner, lane })
    }
}

/// From a thread's start to its end, also by a panic.
struct Stay {
    lane: u32,
}

impl Stay {
    fn begin(lane: u32) -> Stay {
        journal::set_lane(lane);
        journal::event(Kind::Start, About::Lane, u64::from(lane));
        shake();
        Stay { lane }
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        journal::event(Kind::Exit, About::Lane, u64::from(self.lane));
    }
}

/// A thread that can be waited for.
#[derive(Debug)]
pub struct JoinHandle<T> {
    inner: std::thread::JoinHandle<T>,
    lane: u32,
}

impl<T> JoinHandle<T> {
    /// Waits for its end.
    pub fn join(self) -> Result<T> {
        shake();
        journal::event(Kind::JoinBegin, About::Lane, u64::from(self.lane));
        let result = self.inner.join();
        journal::event(Kind::JoinEnd, About::Lane, u64::from(self.lane));
        result
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        self.inner.thread()
    }

    /// Whether it has ended.
    pub fn is_finished(&self) -> bool {
        shake();
        self.inner.is_finished()
    }
}

/// Sleeps.
pub fn sleep(duration: Duration) {
    journal::event(Kind::SleepBegin, About::Nothing, 0);
    std::thread::sleep(duration);
    journal::event(Kind::SleepEnd, About::Nothing, 0);
}

/// Threads that may borrow; all of them have ended when this returns.
pub fn scope<'env, F, T>(work: F) -> T
where
    F: for<'scope> FnOnce(Scope<'scope, 'env>) -> T,
{
    std::thread::scope(|inner| work(Scope { inner }))
}

/// Where threads that may borrow are started.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'scope, 'env: 'scope> {
    inner: &'scope std::thread::Scope<'scope, 'env>,
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread.
    pub fn spawn<F, T>(&self, work: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        shake();
        let lane = journal::open_lane("");
        journal::event(Kind::Spawn, About::Lane, u64::from(lane));
        let inner = self.inner.spawn(move || {
            let _end = Stay::begin(lane);
            work()
        });
        shake();
        ScopedJoinHandle { inner, lane }
    }
}

/// A thread that may borrow and can be waited for.
#[derive(Debug)]
pub struct ScopedJoinHandle<'scope, T> {
    inner: std::thread::ScopedJoinHandle<'scope, T>,
    lane: u32,
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits for its end.
    pub fn join(self) -> Result<T> {
        shake();
        journal::event(Kind::JoinBegin, About::Lane, u64::from(self.lane));
        let result = self.inner.join();
        journal::event(Kind::JoinEnd, About::Lane, u64::from(self.lane));
        result
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        self.inner.thread()
    }

    /// Whether it has ended.
    pub fn is_finished(&self) -> bool {
        shake();
        self.inner.is_finished()
    }
}
