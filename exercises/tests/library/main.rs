//! The library students use: primitives between threads and between processes, and what they
//! record.
//!
//! Nothing here sleeps and hopes: a test waits for a condition, with a limit so generous that only
//! a hang can reach it.
//!
//! One test at a time: most of them fork, and a child finds every lock closed that another thread of this program held
//! just then, those inside other libraries included.

#[path = "../alone/mod.rs"]
mod alone;
mod brokers;
mod gil;
mod green;
mod killed;
mod lives;
mod managers;
mod pipes;
mod pools;
mod process_locks;
mod process_pools;
mod process_queues;
mod processes;
mod queues;
mod recording;
mod sharing;
mod sources;
mod subprocesses;
mod survivors;
mod threads;
mod values;

use exercises::primitive::thread;
use exercises::primitive::time::{Duration, Instant};
use exercises::process::{IntoExitCode, Process};

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

/// How long survivors may take to find out that somebody died: a second, as promised, and two more for the other
/// tests, whose processes want the same cores.
const NOTICE: Duration = Duration::from_secs(3);

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

/// A process that runs, and ends with the test should that fail.
fn started<R: IntoExitCode>(name: &str, f: impl FnOnce() -> R + 'static) -> Process<'static> {
    let mut process = Process::new(name, f).daemon(true);
    process.start().unwrap();
    process
}
