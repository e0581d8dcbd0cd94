//! The layer of the system's own limits: brakes for each process. The bounds of a task are kept from outside
//! ([`watch`](super::watch), [`cgroup`](super::cgroup)); these stop what is faster than somebody who looks.

/// The limits of each process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessLimits {
    /// Processor time, in seconds.
    pub cpu_s: u64,
    /// Memory of its own, in bytes.
    pub memory: u64,
    /// The largest file, in bytes.
    pub file: u64,
    /// Threads and processes of the box's user.
    pub threads: u64,
    /// Open descriptors.
    pub descriptors: u64,
}

impl ProcessLimits {
    /// As the system numbers them.
    pub fn numbered(self) -> Vec<(u32, u64)> {
        let limits = [
            (libc::RLIMIT_CPU, self.cpu_s),
            (libc::RLIMIT_DATA, self.memory),
            (libc::RLIMIT_FSIZE, self.file),
            (libc::RLIMIT_NPROC, self.threads),
            (libc::RLIMIT_NOFILE, self.descriptors),
            (libc::RLIMIT_CORE, 0),
            (libc::RLIMIT_MSGQUEUE, 0),
            (libc::RLIMIT_MEMLOCK, 0),
        ];
        limits.into()
    }
}

/// Holds the calling process to a limit.
pub(super) fn hold(resource: u32, value: u64) -> Result<(), nix::Error> {
    let mut limit = libc::rlimit {
        rlim_cur: value,
        rlim_max: value,
    };
    if resource == libc::RLIMIT_CPU {
        // The first limit gives a signal that says which limit it was, the second one ends whoever ignores it.
        limit.rlim_max = value + 1;
    }
    // SAFETY: the limit is ours and is only read.
    nix::Error::result(unsafe { libc::setrlimit(resource, &limit) }).map(drop)
}
