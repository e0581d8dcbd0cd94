//! The layer that looks from outside: how many threads a box has, how much memory and processor time they use.
//!
//! Everything in a box descends from its first process; what loses its parent is given to that one. So the tree is
//! walked from there. Memory is first summed as the system counts it cheaply, which counts shared pages once for each
//! process; only a sum above the limit is measured page by page. Memory that processes share outlives the one that
//! filled it, so room for it counts as if it were full.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// What a tree of processes uses at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Processes.
    pub processes: u64,
    /// Their threads.
    pub threads: u64,
    /// Memory in KiB; shared pages are counted more than once.
    pub memory_kb: u64,
    /// Processor time so far, without what has ended, in milliseconds.
    pub cpu_ms: u64,
    /// Children that have ended, and that their parents have not waited for.
    pub unreaped: u64,
}

/// So many processes are looked at; a box has a lower limit.
const MOST: usize = 4096;

/// How a tree is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// What a thread besides the first has started may be missed, as long as that thread lives.
    Quick,
    /// Everything is found. Whatever is looked up in /proc has to be forgotten by the system when it ends, and for many
    /// threads that costs milliseconds: not to be done all the time.
    Whole,
}

/// The processes below this one. While a child ends, one that lives may be missed (`/proc/PID/task/TID/children` in
/// proc(5)): whoever needs all of them looks again.
pub fn below(first: i32) -> Vec<i32> {
    walk(first, Walk::Whole)
}

fn walk(first: i32, walk: Walk) -> Vec<i32> {
    let mut found: Vec<i32> = children(first, walk);
    let mut at = 0;
    while at < found.len() && found.len() < MOST {
        let more = children(found[at], walk);
        found.extend(more);
        at += 1;
    }
    found
}

fn children(pid: i32, walk: Walk) -> Vec<i32> {
    threads(pid, walk)
        .into_iter()
        .filter_map(|thread| fs::read_to_string(thread.join("children")).ok())
        .flat_map(|list| {
            list.split_ascii_whitespace()
                .filter_map(|pid| pid.parse().ok())
                .collect::<Vec<i32>>()
        })
        .collect()
}

/// What the processes below this one use.
pub fn usage(first: i32, how: Walk) -> Usage {
    let mut usage = Usage::default();
    for pid in walk(first, how) {
        match state(pid) {
            Some(State::Alive(one)) => {
                usage.processes += 1;
                usage.threads += one.threads;
                usage.memory_kb += one.memory_kb;
                usage.cpu_ms += one.cpu_ms;
            }
            // The first process waits for whatever has lost its parent, in a moment.
            Some(State::Ended { parent }) => usage.unreaped += u64::from(parent != first),
            None => {}
        }
    }
    usage
}

fn one(pid: i32) -> Option<Usage> {
    match state(pid)? {
        State::Alive(usage) => Some(usage),
        State::Ended { .. } => None,
    }
}

/// What the system says of a process.
enum State {
    /// What it uses.
    Alive(Usage),
    /// Nobody has waited for it.
    Ended { parent: i32 },
}

fn state(pid: i32) -> Option<State> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name before the bracket may contain anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_ascii_whitespace().collect();
    let number = |place: usize| fields.get(place)?.parse::<u64>().ok();
    match fields.first() {
        Some(&"Z") => {
            let parent = fields.get(1)?.parse().ok()?;
            return Some(State::Ended { parent });
        }
        Some(&"X") => return None,
        _ => {}
    }
    const TICK_MS: u64 = 10;
    Some(State::Alive(Usage {
        processes: 1,
        threads: number(17)?,
        memory_kb: number(21)? * page_kb(),
        cpu_ms: (number(11)? + number(12)?) * TICK_MS,
        unreaped: 0,
    }))
}

/// How long a thread below this process could have run while another one had the processor: the longest of all.
pub fn waited(first: i32) -> Duration {
    let waited = below(first)
        .into_iter()
        .flat_map(|pid| threads(pid, Walk::Whole))
        .filter_map(|thread| fs::read_to_string(thread.join("schedstat")).ok())
        .filter_map(|text| text.split_ascii_whitespace().nth(1)?.parse().ok())
        .max();
    Duration::from_nanos(waited.unwrap_or(0))
}

fn threads(pid: i32, walk: Walk) -> Vec<PathBuf> {
    let folder = PathBuf::from(format!("/proc/{pid}/task"));
    // When a thread ends, its children become those of another one: with one thread, all are its own.
    if walk == Walk::Quick || one(pid).is_some_and(|usage| usage.threads == 1) {
        return vec![folder.join(pid.to_string())];
    }
    fs::read_dir(folder)
        .map(|threads| threads.flatten().map(|thread| thread.path()).collect())
        .unwrap_or_default()
}

fn page_kb() -> u64 {
    // SAFETY: asks for a number.
    let bytes = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    u64::try_from(bytes).unwrap_or(4096) / 1024
}

/// The most memory that the processes below this one may share and write to, in KiB. What is in it may have been put
/// there by a process that has ended, and is then seen in no other: so all of it counts, each part once.
pub fn shared_kb(first: i32, how: Walk) -> u64 {
    let mut parts: HashMap<String, u64> = HashMap::new();
    for pid in walk(first, how) {
        let maps = fs::read_to_string(format!("/proc/{pid}/maps")).unwrap_or_default();
        let mut own: HashMap<&str, u64> = HashMap::new();
        for (object, kb) in maps.lines().filter_map(shared) {
            *own.entry(object).or_default() += kb;
        }
        for (object, kb) in own {
            let most = parts.entry(object.to_owned()).or_default();
            *most = kb.max(*most);
        }
    }
    parts.values().sum()
}

/// Of a line of `maps`: which object is shared for writing, and how much of it, in KiB.
fn shared(line: &str) -> Option<(&str, u64)> {
    let (range, rest) = line.split_once(' ')?;
    let (rights, rest) = rest.split_once(' ')?;
    if !(rights.contains('w') && rights.ends_with('s')) {
        return None;
    }
    // The device and the number there; the place in it comes before, a name behind.
    let (_, object) = rest.split_once(' ')?;
    let end = object
        .match_indices(' ')
        .nth(1)
        .map_or(object.len(), |at| at.0);
    let (from, to) = range.split_once('-')?;
    let number = |digits| u64::from_str_radix(digits, 16).ok();
    Some((
        &object[..end],
        number(to)?.checked_sub(number(from)?)? / 1024,
    ))
}

/// The memory of the processes below this one, each page counted once, in KiB. Where the system does not tell,
/// the cheap sum.
pub fn memory_by_page_kb(first: i32) -> u64 {
    below(first)
        .into_iter()
        .map(|pid| {
            let pages = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok();
            let share = pages.as_deref().and_then(|text| {
                text.lines()
                    .find_map(|line| line.strip_prefix("Pss:"))?
                    .split_ascii_whitespace()
                    .next()?
                    .parse()
                    .ok()
            });
            share.unwrap_or_else(|| one(pid).map_or(0, |usage| usage.memory_kb))
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};

    #[test]
    fn memory_is_shared_where_it_can_be_written_to_and_is_nobodys_own() {
        let zero = "7f00-7f0000 rw-s 00000000 00:01 2087 /dev/zero (deleted)";
        let found = Some(("00:01 2087", (0x7f0000 - 0x7f00) / 1024));
        assert_eq!(shared(zero), found);
        let nameless = "1000-3000 -w-s 00000000 00:01 2087";
        assert_eq!(shared(nameless), Some(("00:01 2087", 8)));
        for other in ["rw-p", "r--s", "---s"] {
            assert_eq!(shared(&zero.replace("rw-s", other)), None);
        }
        assert_eq!(shared(""), None);
    }

    #[test]
    fn children_that_ended_are_counted_as_long_as_their_parent_does_not_wait_for_them() {
        // What becomes of the inner shell knows of no children. The outer one stands for the first process of a box.
        let mut child = Command::new("/bin/sh")
            .args(["-c", "sh -c 'sleep 1 & sleep 1 & exec cat'; true"])
            .stdin(Stdio::piped())
            .spawn()
            .expect("a shell");
        let first = child.id() as i32;
        let wait_for = |unreaped: u64, processes: u64| {
            let begin = std::time::Instant::now();
            loop {
                let usage = usage(first, Walk::Whole);
                if (usage.unreaped, usage.processes) == (unreaped, processes) {
                    return;
                }
                assert!(begin.elapsed().as_secs() < 60, "{usage:?}");
                std::thread::yield_now();
            }
        };
        wait_for(2, 1);
        drop(child.stdin.take());
        wait_for(0, 0);
        child.wait().expect("its end");
    }

    #[test]
    fn children_of_children_are_seen() {
        // Ends by itself when its input does. Only below it nothing else ends meanwhile: the other tests of this
        // program end children too.
        let mut child = Command::new("/bin/sh")
            .args(["-c", "sh -c 'cat; true'; true"])
            .stdin(Stdio::piped())
            .spawn()
            .expect("a shell");
        let shell = child.id() as i32;
        let whole = |usage: Usage| usage.processes == 2 && usage.memory_kb > 0;
        let begin = std::time::Instant::now();
        while !whole(usage(shell, Walk::Whole)) && begin.elapsed().as_secs() < 60 {
            std::thread::yield_now();
        }
        let [inner, cat] = below(shell)[..] else {
            panic!("{:?}", below(shell));
        };
        assert_eq!(below(inner), [cat]);
        let usage = usage(shell, Walk::Whole);
        assert_eq!((usage.processes, usage.threads), (2, 2));
        assert!(usage.memory_kb > 0 && memory_by_page_kb(shell) > 0);
        drop(child.stdin.take());
        child.wait().expect("its end");
        assert!(below(shell).is_empty());
    }
}
