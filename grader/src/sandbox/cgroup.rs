//! The layer that counts: a control group of version 2 for each box, where the system lets us make one.
//!
//! It counts memory and processes exactly and ends what takes too much. Where there is none, memory is measured from
//! time to time and every report says "approximate".

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A folder of the system in which groups can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegated {
    folder: PathBuf,
}

impl Delegated {
    /// The one this process may use.
    pub fn find() -> Option<Delegated> {
        let mounts = fs::read_to_string("/proc/self/mounts").ok()?;
        let own = fs::read_to_string("/proc/self/cgroup").ok()?;
        let mount = mounts.lines().find_map(|line| {
            let mut words = line.split(' ');
            let (_, place, kind) = (words.next()?, words.next()?, words.next()?);
            (kind == "cgroup2").then(|| PathBuf::from(place))
        })?;
        let path = own.lines().find_map(|line| line.strip_prefix("0::/"))?;
        Delegated::at(&mount.join(path))
    }

    /// This folder, if groups can be made in it that count memory and processes.
    pub fn at(folder: &Path) -> Option<Delegated> {
        let delegated = Delegated {
            folder: folder.to_owned(),
        };
        let offered = fs::read_to_string(folder.join("cgroup.controllers")).ok()?;
        let has = |list: &str, name| list.split_ascii_whitespace().any(|word| word == name);
        if !(has(&offered, "memory") && has(&offered, "pids")) {
            return None;
        }
        let given_on = folder.join("cgroup.subtree_control");
        let given = fs::read_to_string(&given_on).ok()?;
        if !(has(&given, "memory") && has(&given, "pids"))
            && fs::write(&given_on, "+memory +pids").is_err()
        {
            // A group that hands on its counters may hold no process itself: this one moves into a room of its own.
            let room = folder.join("weft-grader");
            if !room.is_dir() {
                fs::create_dir(&room).ok()?;
            }
            fs::write(room.join("cgroup.procs"), "0").ok()?;
            fs::write(&given_on, "+memory +pids").ok()?;
        }
        delegated.group(1 << 20, 1).ok().map(|_| delegated.clone())
    }

    /// A group of its own for one box.
    pub fn group(&self, memory: u64, threads: u64) -> io::Result<Group> {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = self
            .folder
            .join(format!("weft-box-{}-{number}", std::process::id()));
        fs::create_dir(&folder)?;
        let group = Group { folder };
        group.set(memory, threads)?;
        Ok(group)
    }
}

/// A group; removed when it is dropped.
#[derive(Debug)]
pub struct Group {
    folder: PathBuf,
}

impl Group {
    /// Sets its limits: bytes, and threads.
    pub fn set(&self, memory: u64, threads: u64) -> io::Result<()> {
        fs::write(self.folder.join("memory.max"), memory.to_string())?;
        // Not every system has swap to forbid.
        let _ = fs::write(self.folder.join("memory.swap.max"), "0");
        let _ = fs::write(self.folder.join("memory.oom.group"), "1");
        fs::write(self.folder.join("pids.max"), threads.to_string())
    }

    /// Who writes `0` here moves in.
    pub(super) fn door(&self) -> io::Result<File> {
        OpenOptions::new()
            .write(true)
            .open(self.folder.join("cgroup.procs"))
    }

    /// How much memory it used at most, in KiB.
    pub fn peak_kb(&self) -> Option<u64> {
        let bytes: u64 = fs::read_to_string(self.folder.join("memory.peak"))
            .ok()?
            .trim()
            .parse()
            .ok()?;
        Some(bytes / 1024)
    }

    /// How often something was ended because there was no memory left.
    pub fn out_of_memory(&self) -> u64 {
        self.counter("memory.events", "oom_kill")
    }

    /// How often a thread or process was refused.
    pub fn refused_threads(&self) -> u64 {
        self.counter("pids.events", "max")
    }

    fn counter(&self, file: &str, name: &str) -> u64 {
        let text = fs::read_to_string(self.folder.join(file)).unwrap_or_default();
        text.lines()
            .filter_map(|line| line.split_once(' '))
            .find(|(word, _)| *word == name)
            .and_then(|(_, number)| number.parse().ok())
            .unwrap_or(0)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let _ = fs::write(self.folder.join("cgroup.kill"), "1");
        // Its processes may still be on their way out.
        for _ in 0..50 {
            match fs::remove_dir(&self.folder) {
                Err(error) if error.kind() == io::ErrorKind::ResourceBusy => {
                    std::thread::sleep(std::time::Duration::from_millis(2));
                }
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that looks like a delegated group; the system's own one needs a machine that delegates.
    fn folder(controllers: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("cgroup.controllers"), controllers).expect("a file");
        fs::write(folder.path().join("cgroup.subtree_control"), controllers).expect("a file");
        folder
    }

    #[test]
    fn only_a_group_that_counts_memory_and_processes_is_used() {
        let missing = folder("cpu pids");
        assert_eq!(Delegated::at(missing.path()), None);
        assert_eq!(Delegated::at(Path::new("/nowhere")), None);
        let there = folder("cpu memory pids\n");
        assert!(Delegated::at(there.path()).is_some());
    }

    #[test]
    fn limits_are_written_and_counters_read() {
        let folder = folder("memory pids");
        let group = Delegated::at(folder.path())
            .expect("a delegated group")
            .group(1 << 20, 7)
            .expect("a group");
        let read = |name: &str| fs::read_to_string(group.folder.join(name)).expect("a limit");
        assert_eq!(
            (read("memory.max"), read("pids.max")),
            ("1048576".to_owned(), "7".to_owned())
        );
        assert_eq!((group.out_of_memory(), group.peak_kb()), (0, None));
        fs::write(
            group.folder.join("memory.events"),
            "low 0\noom 2\noom_kill 1\n",
        )
        .expect("a file");
        fs::write(group.folder.join("memory.peak"), "204800\n").expect("a file");
        assert_eq!((group.out_of_memory(), group.peak_kb()), (1, Some(200)));
    }
}
