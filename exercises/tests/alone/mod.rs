//! One run at a time, and forked only when nothing else moves.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
/// A thread that does not come to rest is not waited for any longer than this.
const REST: Duration = Duration::from_secs(5);

/// A run forks: no other test may hold locks that the child would find closed, nor may the test
/// harness be in the middle of starting another test. `weft` itself forks with a single thread.
pub fn alone() -> MutexGuard<'static, ()> {
    let guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let begun = Instant::now();
    while others_move() && begun.elapsed() < REST {
        std::thread::sleep(Duration::from_millis(1));
    }
    guard
}

/// Whether another thread of this process is anything but asleep (proc(5), `stat`).
fn others_move() -> bool {
    // SAFETY: no arguments, cannot fail.
    let own = unsafe { libc::gettid() }.to_string();
    let tasks = std::fs::read_dir("/proc/self/task").expect("procfs is mounted");
    tasks.flatten().any(|task| {
        if task.file_name().to_string_lossy() == own {
            return false;
        }
        let stat = std::fs::read_to_string(task.path().join("stat")).unwrap_or_default();
        // The state follows the name, which stands in parentheses and may hold any characters.
        let state = stat.rsplit(')').next().unwrap_or_default().trim_start();
        !state.is_empty() && !state.starts_with('S')
    })
}
