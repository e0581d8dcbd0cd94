//! What the process that explores may not do, whatever the program in it tries.
//!
//! This bounds accidents and clumsy tricks: endless loops, memory without end, processes without end. It is no sandbox
//! for code of strangers; the grader has one.
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch};
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
}

/// System calls that begin a process or reach out of this one.
const FORBIDDEN: &[libc::c_long] = &[
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
    libc::SYS_clone,
    libc::SYS_clone3,
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
    let filter = filter()?;
    command.process_group(0);
    let seconds = limits.processor.as_secs() + 1;
    let resources = [
        (libc::RLIMIT_AS, limits.address_space),
        (libc::RLIMIT_CPU, seconds),
        (libc::RLIMIT_CORE, 0),
        (libc::RLIMIT_FSIZE, 0),
        (libc::RLIMIT_NOFILE, 64),
    ];
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
            if libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) != 0 {
                return Err(io::Error::last_os_error());
            }
            seccompiler::apply_filter(&filter).map_err(|_| io::Error::last_os_error())
        });
    }
    Ok(())
}

fn filter() -> io::Result<BpfProgram> {
    let rules: BTreeMap<i64, Vec<_>> = FORBIDDEN.iter().map(|&call| (call, Vec::new())).collect();
    let architecture: TargetArch = std::env::consts::ARCH
        .try_into()
        .map_err(io::Error::other)?;
    let refuse = SeccompAction::Errno(libc::EPERM as u32);
    SeccompFilter::new(rules, SeccompAction::Allow, refuse, architecture)
        .and_then(TryInto::try_into)
        .map_err(io::Error::other)
}
