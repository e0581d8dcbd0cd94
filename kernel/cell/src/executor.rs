//! `.await` in a cell: futures are driven by tokio, on the thread of the cell.

use std::future::IntoFuture;
use std::time::Duration;

/// Drives a future to its end. A cell's own `.await` becomes this; in a function that is not
/// `async` it can be called as it stands. Timers and sockets of the crate's tokio work inside.
///
/// ```
/// assert_eq!(weft::block_on(async { 6 * 7 }), 42);
/// ```
///
/// # Panics
/// Inside an `async` function or block (there is `.await`), or where the system has no more
/// descriptors.
pub fn block_on<F: IntoFuture>(future: F) -> F::Output {
    // One for each call: it costs some 10 microseconds, and a snapshot of the worker shares none of
    // its descriptors.
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("the system gives the descriptors an executor needs")
        .block_on(future.into_future())
}

/// Waits inside asynchronous code.
///
/// ```
/// use std::time::Duration;
/// weft::block_on(async { weft::sleep(Duration::from_millis(1)).await });
/// ```
pub async fn sleep(duration: Duration) {
    tokio::time::sleep(duration).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Poll;

    #[test]
    fn a_future_that_is_woken_by_a_thread_ends() {
        let mut asked = false;
        let future = std::future::poll_fn(|context| {
            if asked {
                return Poll::Ready(5);
            }
            asked = true;
            let waker = context.waker().clone();
            std::thread::spawn(move || waker.wake());
            Poll::Pending
        });
        assert_eq!(block_on(future), 5);
    }
}
