//! Scopes that give their threads the scope, and tell of panics instead of panicking.
use crate::model::machine;
use crate::model::thread::{Borrowing, join_borrowing, start_borrowing};
use crate::operation::Place;
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex};

pub use crate::model::thread::{Result, Thread};

/// A scope: its threads may borrow, and are joined at its end.
pub struct Scope<'env> {
    threads: Arc<Borrowing>,
    env: PhantomData<&'env mut &'env ()>,
}

/// The right to wait for a scoped thread.
pub struct ScopedJoinHandle<'scope, T> {
    thread: Thread,
    result: Arc<Mutex<Option<T>>>,
    scope: PhantomData<&'scope ()>,
}

/// Names a scoped thread before it starts.
#[derive(Debug)]
pub struct ScopedThreadBuilder<'scope, 'env> {
    scope: &'scope Scope<'env>,
    name: Option<String>,
}

/// Runs a closure with a scope, and waits for every thread started in it. An error if a thread panicked that nobody
/// joined: all their panics, in the order in which they were started.
#[track_caller]
pub fn scope<'env, F, R>(body: F) -> Result<R>
where
    F: FnOnce(&Scope<'env>) -> R,
{
    let place = Location::caller();
    let scope = Scope {
        threads: Arc::default(),
        env: PhantomData,
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| body(&scope)));
    if machine().tearing() {
        return match outcome {
            Ok(value) => Ok(value),
            Err(payload) => resume_unwind(payload),
        };
    }
    let panics = scope.threads.join_all(place);
    match outcome {
        Err(payload) => resume_unwind(payload),
        Ok(_) if !panics.is_empty() => Err(Box::new(panics)),
        Ok(value) => Ok(value),
    }
}

impl<'env> Scope<'env> {
    /// Starts a thread that may borrow from outside the scope, and is given the scope.
    #[track_caller]
    pub fn spawn<'scope, F, T>(&'scope self, body: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce(&Scope<'env>) -> T + Send + 'env,
        T: Send + 'env,
    {
        match self.start(None, body, Location::caller()) {
            Ok(handle) => handle,
            Err(error) => std::panic::panic_any(error.to_string()),
        }
    }

    /// For a thread with a name.
    pub fn builder<'scope>(&'scope self) -> ScopedThreadBuilder<'scope, 'env> {
        ScopedThreadBuilder {
            scope: self,
            name: None,
        }
    }

    fn start<'scope, F, T>(
        &'scope self,
        name: Option<String>,
        body: F,
        place: Place,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce(&Scope<'env>) -> T + Send + 'env,
        T: Send + 'env,
    {
        let result = Arc::new(Mutex::new(None));
        let slot = Arc::clone(&result);
        let inner = Scope {
            threads: Arc::clone(&self.threads),
            env: PhantomData,
        };
        let run = move || body(&inner);
        // SAFETY: `scope` joins every thread started here before it returns or unwinds further: a thread that starts
        // another has the same list.
        let thread = unsafe { start_borrowing(name, place, run, slot)? };
        self.threads.note(&thread);
        Ok(ScopedJoinHandle {
            thread,
            result,
            scope: PhantomData,
        })
    }
}

impl<'scope, 'env> ScopedThreadBuilder<'scope, 'env> {
    /// With this name.
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
    pub fn spawn<F, T>(self, body: F) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce(&Scope<'env>) -> T + Send + 'env,
        T: Send + 'env,
    {
        self.scope.start(self.name, body, Location::caller())
    }
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits for it.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        join_borrowing(&self.thread, &self.result)
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        &self.thread
    }
}

impl fmt::Debug for Scope<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad("Scope { .. }")
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad("ScopedJoinHandle { .. }")
    }
}
