use super::watchdog::Board;
use crate::primitive::Arc;
use crate::primitive::reactor;
use crate::primitive::thread::panic_message;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Why a task has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaskError {
    /// It panicked; the other tasks go on.
    #[error("task `{task}` panicked: {message}")]
    Panicked {
        /// Its name.
        task: String,
        /// What it said.
        message: String,
    },
    /// It was [cancelled](Task::cancel).
    #[error("task `{task}` was cancelled")]
    Cancelled {
        /// Its name.
        task: String,
    },
}

/// Waiting for a task: await it. Dropped, the task goes on by itself until the loop ends.
#[must_use = "the error of a task is only seen where it is awaited"]
pub struct Task<T> {
    name: Arc<str>,
    inner: reactor::JoinHandle<T>,
}

/// Starts a task. It begins when the calling one gives way, after those spawned before it.
///
/// Nothing happens at the same time as the caller, so the task need not be `Send`: an `Rc` and a
/// `RefCell` are enough to share something.
///
/// # Panics
/// Outside of [`run`](super::run).
pub fn spawn<T: 'static>(
    name: impl Into<String>,
    work: impl Future<Output = T> + 'static,
) -> Task<T> {
    let name: Arc<str> = name.into().into();
    Task {
        inner: reactor::spawn(named(name.clone(), work)),
        name,
    }
}

impl<T> Task<T> {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it has ended.
    pub fn is_finished(&self) -> bool {
        self.inner.is_finished()
    }

    /// Drops the task where it waits, at its next turn.
    pub fn cancel(&self) {
        self.inner.abort();
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let task = self.name.to_string();
        Pin::new(&mut self.inner)
            .poll(context)
            .map_err(|error| match error.try_into_panic() {
                Ok(payload) => TaskError::Panicked {
                    task,
                    message: panic_message(payload.as_ref()),
                },
                Err(_) => TaskError::Cancelled { task },
            })
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task")
            .field("name", &self.name)
            .field("finished", &self.is_finished())
            .finish_non_exhaustive()
    }
}

/// A future that says on the board when it has the thread.
pub(super) fn named<F: Future>(name: impl Into<Arc<str>>, work: F) -> Named<F> {
    Named {
        name: name.into(),
        board: Board::of_this_thread(),
        work: Box::pin(work),
    }
}

pub(super) struct Named<F> {
    name: Arc<str>,
    board: Option<Arc<Board>>,
    work: Pin<Box<F>>,
}

impl<F: Future> Future for Named<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let _turn = this.board.as_ref().map(|board| board.begin(&this.name));
        this.work.as_mut().poll(context)
    }
}
