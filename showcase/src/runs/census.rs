//! What the processes of all runs hold, counted from outside. A run's processes are those of its player's session,
//! also when they left its process group or lost their parent.

use std::collections::HashMap;
use std::fs;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// A count is good for so long: all runs look at the same one.
const FRESH: Duration = Duration::from_millis(400);
/// How long it is tried to end what a run left behind: something may be started while one looks, and a killed process
/// needs time to end on a busy machine.
const SWEEP: Duration = Duration::from_secs(10);

/// What a session holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Bytes of memory of its own, without what is shared with files and other processes.
    pub memory: u64,
    /// Threads.
    pub threads: usize,
}

type Count = Arc<HashMap<i32, Held>>;

/// The last count.
#[derive(Debug, Default)]
pub struct Census {
    last: Mutex<Option<(Instant, Count)>>,
}

impl Census {
    /// What this session holds, as it was a moment ago. It blocks for as long as the system takes to list its
    /// processes.
    pub fn of(&self, session: i32) -> Held {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let count = match &*last {
            Some((when, count)) if when.elapsed() < FRESH => Arc::clone(count),
            _ => {
                let count = Arc::new(count());
                *last = Some((Instant::now(), Arc::clone(&count)));
                count
            }
        };
        count.get(&session).copied().unwrap_or_default()
    }
}

/// One process, as the system lists it.
struct Listed {
    pid: i32,
    session: i32,
    threads: usize,
}

fn processes() -> Vec<Listed> {
    let Ok(listing) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    listing
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|pid: i32| read(pid, &fs::read_to_string(format!("/proc/{pid}/stat")).ok()?))
        .collect()
}

/// A line of `/proc/PID/stat` (man 5 proc). The name, in parentheses, may hold anything.
fn read(pid: i32, stat: &str) -> Option<Listed> {
    let (_, after) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = after.split_whitespace().collect();
    // A zombie holds nothing any more.
    if fields.first() == Some(&"Z") {
        return None;
    }
    Some(Listed {
        pid,
        session: fields.get(3)?.parse().ok()?,
        threads: fields.get(17)?.parse().ok()?,
    })
}

fn count() -> HashMap<i32, Held> {
    let own = nix::unistd::getsid(None).map_or(0, Pid::as_raw);
    let mut held: HashMap<i32, Held> = HashMap::new();
    for process in processes() {
        if process.session == own {
            continue;
        }
        let statm = fs::read_to_string(format!("/proc/{}/statm", process.pid)).unwrap_or_default();
        let pages: Vec<u64> = statm
            .split_whitespace()
            .filter_map(|field| field.parse().ok())
            .collect();
        let [_, resident, shared, ..] = pages[..] else {
            continue;
        };
        let held = held.entry(process.session).or_default();
        held.memory += resident.saturating_sub(shared) * page();
        held.threads += process.threads;
    }
    held
}

fn page() -> u64 {
    nix::unistd::sysconf(nix::unistd::SysconfVar::PAGE_SIZE)
        .ok()
        .flatten()
        .and_then(|bytes| u64::try_from(bytes).ok())
        .unwrap_or(4096)
}

/// Ends everything of this session. It blocks as [`Census::of`] does.
pub fn sweep(session: i32) {
    let begun = Instant::now();
    while begun.elapsed() < SWEEP {
        let left: Vec<i32> = processes()
            .into_iter()
            .filter(|process| process.session == session)
            .map(|process| process.pid)
            .collect();
        if left.is_empty() {
            return;
        }
        for pid in left {
            // It may have ended by itself meanwhile.
            let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_parentheses_does_not_shift_the_fields() {
        let stat = "7 (a) b (c) S 1 7 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 3 0 1 1 1";
        let listed = read(7, stat).expect("a process");
        assert_eq!((listed.session, listed.threads), (42, 3));
        assert!(read(7, "7 (gone) Z 1 7 42").is_none());
        assert!(read(7, "").is_none());
    }
}
