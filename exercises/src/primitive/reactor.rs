//! One thread that waits for many things at once: tokio's current-thread runtime, recorded.
//!
//! The tasks of one thread share its lane: a lane is a thread or a process, and a task is neither.
//! What is recorded of the loop is what the thread really does: it waits (`wait-begin`, `wait-end`,
//! object: the loop, an `event`) when no task can go on, and each task's sleep leaves two marks
//! with a `timer` of its own.

use super::identity::Identity;
use super::net::Port;
use super::settings::shake;
use super::time::{Duration, scaled};
use recorder::{Kind, ObjectKind};
use std::future::Future;
use std::io;
use std::task::Poll;

pub use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
pub use tokio::net::{TcpListener, TcpStream, tcp};
pub use tokio::sync::oneshot;
pub use tokio::task::{AbortHandle, JoinError, JoinHandle};

/// Runs a future, and all the tasks it starts, on this thread. Tasks that have not ended when the
/// future has are dropped. An error if the thread is already in a loop of this kind.
pub fn run<F: Future>(main: F) -> io::Result<F::Output> {
    if tokio::runtime::Handle::try_current().is_ok() {
        return Err(io::Error::other("this thread is in an event loop already"));
    }
    let idle = super::Arc::new(Identity::new(ObjectKind::Event));
    let awake = idle.clone();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .on_thread_park(move || idle.emit(Kind::WaitBegin))
        .on_thread_unpark(move || awake.emit(Kind::WaitEnd))
        .build()?;
    let tasks = tokio::task::LocalSet::new();
    Ok(tasks.block_on(&runtime, main))
}

/// Waits for connections on a port from now on. Inside of [`run`].
pub fn listen(port: Port) -> io::Result<TcpListener> {
    let listener = port.into_listener();
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}

/// Starts a task on this thread. It need not be `Send`: it never leaves the thread.
///
/// # Panics
/// Outside of [`run`].
pub fn spawn<F: Future<Output: 'static> + 'static>(task: F) -> JoinHandle<F::Output> {
    shake();
    tokio::task::spawn_local(task)
}

/// Gives way to the other tasks for this time, by the time scale; at least once.
pub async fn sleep(duration: Duration) {
    let timer = Identity::new(ObjectKind::Timer);
    timer.emit(Kind::Mark);
    let duration = scaled(duration);
    if duration.is_zero() {
        give_way().await;
    } else {
        tokio::time::sleep(duration).await;
    }
    timer.emit(Kind::Mark);
    shake();
}

/// Gives way to the other tasks once.
pub async fn yield_now() {
    shake();
    give_way().await;
}

/// To the end of the line. Not tokio's `yield_now`: that one wakes those who gave way in the
/// opposite order, and ours is promised to be the order of the tasks.
async fn give_way() {
    let mut gone = false;
    std::future::poll_fn(|context| {
        if gone {
            return Poll::Ready(());
        }
        gone = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Waits at most so long, by the time scale; `None` if the time ran out.
pub async fn timeout<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    tokio::time::timeout(scaled(limit), future).await.ok()
}
