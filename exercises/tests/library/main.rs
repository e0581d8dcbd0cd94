//! The library students use: primitives between threads and between processes, and what they
//! record.
//!
//! Nothing here sleeps and hopes: a test waits for a condition, with a limit so generous that only
//! a hang can reach it.

mod processes;
mod recording;
mod sources;
mod survivors;
mod threads;

use exercises::primitive::thread;
use exercises::primitive::time::{Duration, Instant};

/// Long enough for any machine; short enough to notice a hang.
const LIMIT: Duration = Duration::from_secs(20);

/// Waits until the condition holds.
#[track_caller]
fn eventually(what: &str, mut condition: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !condition() {
        assert!(begin.elapsed() < LIMIT, "not in time: {what}");
        thread::sleep(Duration::from_micros(200));
    }
}

/// How long survivors may take to find out that somebody died.
const NOTICE: Duration = Duration::from_secs(1);

/// Runs something that must end, with a watchdog: a hang fails the test instead of the whole suite.
#[track_caller]
fn within<T: Send + 'static>(limit: Duration, f: impl FnOnce() -> T + Send + 'static) -> T {
    let worker = thread::spawn(Some("within"), f);
    let begin = Instant::now();
    while !worker.is_finished() {
        assert!(begin.elapsed() < limit, "still running after {limit:?}");
        thread::sleep(Duration::from_micros(200));
    }
    worker.join().unwrap()
}
