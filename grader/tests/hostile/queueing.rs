//! How long compilers, and the grader itself, could have run and did not, because others had the processors.
//!
//! A limit of a compiler is processor time. What it takes by the clock is that, and what it waits for a processor; on a
//! machine that does other things too, that is most of it. So it is measured, while a case is graded, and only that much
//! more is granted.

use grader::sandbox::watch;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Between two looks.
const LOOK: Duration = Duration::from_millis(50);

/// Who waited how long, all threads together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Waited {
    pub compilers: Duration,
    pub grader: Duration,
}

/// Measures while something is done.
pub fn measured<T>(what: impl FnOnce() -> T) -> (T, Waited) {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let measuring = scope.spawn(|| {
            let own = nix::unistd::gettid().to_string();
            let of_grader = || {
                let mut waits = waits(Path::new("/proc/self/task"));
                waits.remove(&own);
                waits
            };
            let begin = of_grader();
            let (mut grader, mut compilers) = (HashMap::new(), HashMap::new());
            loop {
                let last = done.load(Ordering::Acquire);
                note(&mut grader, of_grader());
                for pid in watch::below(std::process::id() as i32) {
                    let process = Path::new("/proc").join(pid.to_string());
                    if is_compiler(&process) {
                        note(&mut compilers, waits(&process.join("task")));
                    }
                }
                if last {
                    break;
                }
                std::thread::park_timeout(LOOK);
            }
            for (thread, before) in begin {
                let now: &mut Duration = grader.entry(thread).or_default();
                *now = now.saturating_sub(before);
            }
            Waited {
                compilers: compilers.values().sum(),
                grader: grader.values().sum(),
            }
        });
        let ends = Ends(&done, measuring.thread());
        let came = what();
        drop(ends);
        (came, measuring.join().expect("the measure"))
    })
}

/// Ends the measuring, also where what was measured panicked.
struct Ends<'a>(&'a AtomicBool, &'a std::thread::Thread);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
        self.1.unpark();
    }
}

fn note(most: &mut HashMap<String, Duration>, now: HashMap<String, Duration>) {
    for (thread, waited) in now {
        let known = most.entry(thread).or_default();
        *known = waited.max(*known);
    }
}

/// The compiler and what it starts to link.
fn is_compiler(process: &Path) -> bool {
    let name = fs::read_to_string(process.join("comm")).unwrap_or_default();
    let name = name.trim();
    ["rustc", "cc", "gcc", "clang", "collect2"].contains(&name)
        || ["ld", "rust-lld", "x86_64-linux", "aarch64-linux"]
            .iter()
            .any(|begin| name.starts_with(begin))
}

/// How long each thread could have run while others did.
fn waits(threads: &Path) -> HashMap<String, Duration> {
    let Ok(entries) = fs::read_dir(threads) else {
        return HashMap::new();
    };
    entries
        .flatten()
        .filter_map(|thread| {
            let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            let nanoseconds = text.split_ascii_whitespace().nth(1)?.parse().ok()?;
            let name = thread.file_name().to_string_lossy().into_owned();
            Some((name, Duration::from_nanos(nanoseconds)))
        })
        .collect()
}
