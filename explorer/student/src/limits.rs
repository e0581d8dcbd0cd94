//! What the process that explores may not do, whatever the program in it tries.
//!
//! This bounds accidents and clumsy tricks: endless loops, memory without end, processes without end. It is no sandbox
//! for code of strangers; the grader has one.
//!
//! Where several processors explore, the first process must start others. What it may start it has started before it
//! loads a program; then it forbids itself and them to start any more, by a filter it is given: the [`seal`].
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch, sock_filter};
use std::collections::BTreeMap;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::time::Duration;

/// Bounds of one process.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Address space.
    pub address_space: u64,
    /// Time on a processor.
    pub processor: Duration,
    /// Processes it may start; for more than none it must put the seal on itself.
    pub helpers: usize,
}

/// System calls that begin a process.
const BEGINNING: &[libc::c_long] = &[
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
    libc::SYS_clone,
    libc::SYS_clone3,
];

/// System calls that reach out of this process.
const REACHING_OUT: &[libc::c_long] = &[
    libc::SYS_socket,
    libc::SYS_ptrace,
    libc::SYS_setsid,
    libc::SYS_setpgid,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_unlink,
    libc::SYS_unlinkat,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_rename,
    libc::SYS_renameat,
    libc::SYS_renameat2,
    libc::SYS_truncate,
];

/// Makes the command's process one that is bounded, in a process group of its own.
pub fn bound(command: &mut Command, limits: Limits) -> io::Result<()> {
    let filter = if limits.helpers > 0 {
        filter(REACHING_OUT)?
    } else {
        filter(&[REACHING_OUT, BEGINNING].concat())?
    };
    command.process_group(0);
    let seconds = limits.processor.as_secs() + 1;
    // Each helper is spoken to.
    let descriptors = 64 + 2 * limits.helpers as u64;
    let resources = [
        (libc::RLIMIT_AS, limits.address_space),
        (libc::RLIMIT_CPU, seconds),
        (libc::RLIMIT_CORE, 0),
        (libc::RLIMIT_FSIZE, 0),
        (libc::RLIMIT_NOFILE, descriptors),
    ];
    let parent = std::process::id();
    // SAFETY: between fork and exec only system calls are made, with what was made ready before.
    unsafe {
        command.pre_exec(move || {
            for (resource, value) in resources {
                let limit = libc::rlimit {
                    rlim_cur: value,
                    rlim_max: value,
                };
                if libc::setrlimit(resource, &limit) != 0 {
                    return Err(io::Error::last_os_error());
                }
            }
            carried::end_with(parent)?;
            seccompiler::apply_filter(&filter).map_err(|_| io::Error::last_os_error())
        });
    }
    Ok(())
}

/// What forbids to start processes, each instruction as a number: see [`explorer::job::Job::seal`].
pub fn seal() -> io::Result<Vec<u64>> {
    let pack = |one: &sock_filter| {
        u64::from(one.code) << 48
            | u64::from(one.jt) << 40
            | u64::from(one.jf) << 32
            | u64::from(one.k)
    };
    Ok(filter(BEGINNING)?.iter().map(pack).collect())
}

fn filter(forbidden: &[libc::c_long]) -> io::Result<BpfProgram> {
    let rules: BTreeMap<i64, Vec<_>> = forbidden.iter().map(|&call| (call, Vec::new())).collect();
    let architecture: TargetArch = std::env::consts::ARCH
        .try_into()
        .map_err(io::Error::other)?;
    let refuse = SeccompAction::Errno(libc::EPERM as u32);
    SeccompFilter::new(rules, SeccompAction::Allow, refuse, architecture)
        .and_then(TryInto::try_into)
        .map_err(io::Error::other)
}
