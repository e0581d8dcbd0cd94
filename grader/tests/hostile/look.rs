//! Before a case and after it: what is different names what the case did.
//!
//! A worker adopts whatever loses its parent below it, and grades one case at a time. So every process that a case has
//! left behind is found below the worker, whatever became of its parents, and it is this case's.

use crate::host::{Files, Host, MARK, Neighbours};
use grader::sandbox::watch;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The most memory that a grader may use.
pub const MEMORY_KB: u64 = 300 * 1024;

/// What a process that ends may take to be gone.
const FAREWELL: Duration = Duration::from_millis(500);

/// Where everybody can write, or should not be able to.
const PLACES: [&str; 5] = ["/tmp", "/dev/shm", "/var/tmp", "/usr", "/"];

/// The host at one moment.
pub struct Look {
    mounts: BTreeSet<String>,
    marks: BTreeSet<PathBuf>,
    files: Files,
}

impl Look {
    /// Looks, and begins to measure memory anew.
    pub fn before(host: &Host) -> Look {
        // The most that was used so far is what is used now: proc_pid_clear_refs(5).
        fs::write("/proc/self/clear_refs", "5").expect("a fresh measure of memory");
        Look::now(host)
    }

    fn now(host: &Host) -> Look {
        let mounts = fs::read_to_string("/proc/self/mountinfo").expect("mounts");
        Look {
            mounts: mounts.lines().map(str::to_owned).collect(),
            marks: marks(),
            files: host.files(),
        }
    }

    /// What is not as it was. Processes that are left are ended, so that the next case is not blamed for them.
    pub fn violations(&self, host: &Host, case: &str, known: &Neighbours) -> (Vec<String>, u64) {
        let memory_kb = most_memory_kb();
        let mut wrong = Vec::new();
        if memory_kb >= MEMORY_KB {
            wrong.push(format!("the grader used {} MB", memory_kb / 1024));
        }
        for (pid, name) in left_over() {
            wrong.push(format!("the process {pid} is left ({name})"));
        }
        let after = Look::now(host);
        let changed = self.mounts.symmetric_difference(&after.mounts);
        wrong.extend(changed.map(|mount| format!("the mount {mount:?} came or went")));
        for mark in after.marks.difference(&self.marks) {
            wrong.push(format!("{} is there", mark.display()));
        }
        let paths: BTreeSet<&PathBuf> = self.files.keys().chain(after.files.keys()).collect();
        for path in paths {
            let what = match (self.files.get(path), after.files.get(path)) {
                (Some(before), Some(after)) if before == after => continue,
                (Some(_), Some(_)) => "has changed",
                (Some(_), None) => "is gone",
                _ => "is new",
            };
            wrong.push(format!("{} {what}", path.display()));
        }
        let now = Neighbours::of(&host.out());
        if now.verdicts != known.verdicts {
            let verdicts = &now.verdicts;
            wrong.push(format!("others' verdicts have become {verdicts:?}"));
        }
        if now.rows != known.rows {
            let new = now.rows.iter().filter(|row| !known.rows.contains(row));
            let new: Vec<&String> = new.collect();
            wrong.push(format!("what the ledger holds of others is now {new:?}"));
        }
        wrong.extend(host.leaks(case));
        (wrong, memory_kb)
    }
}

fn marks() -> BTreeSet<PathBuf> {
    PLACES
        .iter()
        .filter_map(|place| fs::read_dir(place).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| path.to_string_lossy().contains(MARK))
        .collect()
}

fn most_memory_kb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_ascii_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .expect("a number")
}

/// Ends what is left, and tells what it was.
fn left_over() -> Vec<(i32, String)> {
    let begin = Instant::now();
    let mut left = alive();
    while !left.is_empty() && begin.elapsed() < FAREWELL {
        std::thread::yield_now();
        left = alive();
    }
    let named = left
        .iter()
        .map(|pid| {
            let words = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            let words = String::from_utf8_lossy(&words).replace('\0', " ");
            (*pid, words.trim().to_owned())
        })
        .collect();
    for pid in left {
        // It may have ended meanwhile.
        let _ = nix::sys::signal::kill(
            nix::unistd::Pid::from_raw(pid),
            nix::sys::signal::Signal::SIGKILL,
        );
    }
    named
}

/// What is below this process and has not ended. What was adopted and has ended is waited for: between two cases this
/// process has no children of its own.
fn alive() -> Vec<i32> {
    use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
    loop {
        match waitpid(None, Some(WaitPidFlag::WNOHANG)) {
            Ok(WaitStatus::StillAlive) | Err(_) => break,
            Ok(_) => {}
        }
    }
    watch::below(std::process::id() as i32)
}
