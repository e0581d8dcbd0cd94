//! The layer of system calls: what no program needs that threads, processes, files and loopback are taught with.
//!
//! Refused calls answer with an error and the program goes on; only a forbidden sleep ends it. The filters are made
//! here, outside, and are numbers when they go in.

use super::SandboxError;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, sock_filter,
};
use std::collections::BTreeMap;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// What programs of a box may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calls {
    /// Whether memory may be made that belongs to no file and no process.
    pub anonymous_files: bool,
    /// Whether sleeping is allowed.
    pub sleep: bool,
}

/// The filters, each instruction as a number.
pub fn filters(calls: Calls) -> Result<Vec<Vec<u64>>, SandboxError> {
    let arch = TargetArch::try_from(std::env::consts::ARCH).map_err(refused)?;
    let mut refusals = refusals(calls)?;
    with_other_numbers(&mut refusals);
    let mut made = vec![
        program(refusals, SeccompAction::Errno(libc::EPERM as u32), arch)?,
        // glibc then makes its threads by `clone`, whose flags can be looked at.
        program(
            always(&[libc::SYS_clone3]),
            SeccompAction::Errno(libc::ENOSYS as u32),
            arch,
        )?,
    ];
    if !calls.sleep {
        let mut sleeps = always(&[libc::SYS_nanosleep, libc::SYS_clock_nanosleep]);
        with_other_numbers(&mut sleeps);
        made.push(program(sleeps, SeccompAction::KillProcess, arch)?);
    }
    Ok(made.iter().map(|program| pack(program)).collect())
}

fn refused(error: impl std::fmt::Display) -> SandboxError {
    SandboxError::Filter(error.to_string())
}

fn program(
    rules: Rules,
    action: SeccompAction,
    arch: TargetArch,
) -> Result<BpfProgram, SandboxError> {
    SeccompFilter::new(rules, SeccompAction::Allow, action, arch)
        .and_then(BpfProgram::try_from)
        .map_err(refused)
}

fn always(calls: &[i64]) -> Rules {
    calls.iter().map(|call| (*call, Vec::new())).collect()
}

fn when(argument: u8, is: SeccompCmpOp, value: u64) -> Result<SeccompRule, SandboxError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, is, value)
        .and_then(|condition| SeccompRule::new(vec![condition]))
        .map_err(refused)
}

fn refusals(calls: Calls) -> Result<Rules, SandboxError> {
    let mut rules = always(&[
        // Other processes' memory and descriptors.
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_process_madvise,
        libc::SYS_pidfd_getfd,
        libc::SYS_kcmp,
        // Another view of the machine.
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_chroot,
        libc::SYS_pivot_root,
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_open_tree,
        libc::SYS_move_mount,
        libc::SYS_fsopen,
        libc::SYS_fsconfig,
        libc::SYS_fsmount,
        libc::SYS_fspick,
        libc::SYS_mount_setattr,
        libc::SYS_open_by_handle_at,
        libc::SYS_name_to_handle_at,
        // Large parts of the kernel that have had too many holes.
        libc::SYS_io_uring_setup,
        libc::SYS_io_uring_enter,
        libc::SYS_io_uring_register,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_keyctl,
        libc::SYS_fanotify_init,
        libc::SYS_personality,
        // The machine itself.
        libc::SYS_kexec_load,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_delete_module,
        libc::SYS_reboot,
        libc::SYS_swapon,
        libc::SYS_swapoff,
        libc::SYS_syslog,
        libc::SYS_acct,
        libc::SYS_quotactl,
        libc::SYS_settimeofday,
        libc::SYS_clock_settime,
        libc::SYS_adjtimex,
        libc::SYS_clock_adjtime,
        libc::SYS_sethostname,
        libc::SYS_setdomainname,
        libc::SYS_vhangup,
        libc::SYS_mbind,
        libc::SYS_set_mempolicy,
        libc::SYS_migrate_pages,
        libc::SYS_move_pages,
    ]);
    #[cfg(target_arch = "x86_64")]
    rules.extend(always(&[libc::SYS_iopl, libc::SYS_ioperm]));
    if !calls.anonymous_files {
        // They would hold memory that no process is seen to have.
        rules.extend(always(&[
            libc::SYS_memfd_create,
            libc::SYS_memfd_secret,
            libc::SYS_shmget,
            libc::SYS_msgget,
            libc::SYS_mq_open,
        ]));
    }
    let namespaces = [
        libc::CLONE_NEWUSER,
        libc::CLONE_NEWNS,
        libc::CLONE_NEWPID,
        libc::CLONE_NEWNET,
        libc::CLONE_NEWIPC,
        libc::CLONE_NEWUTS,
        libc::CLONE_NEWCGROUP,
    ];
    let namespaces: Result<Vec<_>, _> = namespaces
        .into_iter()
        .map(|flag| when(0, SeccompCmpOp::MaskedEq(flag as u64), flag as u64))
        .collect();
    rules.insert(libc::SYS_clone, namespaces?);
    // Sockets of this machine and of the internet's protocols; packets of the hardware and the kernel are none.
    let families = [libc::AF_UNIX, libc::AF_INET, libc::AF_INET6];
    let conditions: Result<Vec<_>, _> = families
        .into_iter()
        .map(|family| {
            SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, family as u64)
        })
        .collect();
    let no_family = SeccompRule::new(conditions.map_err(refused)?).map_err(refused)?;
    rules.insert(libc::SYS_socket, vec![no_family]);
    // Typing into somebody's terminal.
    rules.insert(
        libc::SYS_ioctl,
        vec![when(1, SeccompCmpOp::Eq, libc::TIOCSTI)?],
    );
    Ok(rules)
}

/// On x86-64 each call has a second number, for programs with short pointers.
fn with_other_numbers(rules: &mut Rules) {
    #[cfg(target_arch = "x86_64")]
    {
        const SHORT_POINTERS: i64 = 0x4000_0000;
        let others: Rules = rules
            .iter()
            .map(|(call, conditions)| (call | SHORT_POINTERS, conditions.clone()))
            .collect();
        rules.extend(others);
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = rules;
}

fn pack(program: &[sock_filter]) -> Vec<u64> {
    program
        .iter()
        .map(|step| {
            u64::from(step.code) << 48
                | u64::from(step.jt) << 40
                | u64::from(step.jf) << 32
                | u64::from(step.k)
        })
        .collect()
}

/// Back from numbers.
pub(super) fn unpack(numbers: &[u64]) -> BpfProgram {
    numbers
        .iter()
        .map(|number| sock_filter {
            code: (number >> 48) as u16,
            jt: (number >> 40) as u8,
            jf: (number >> 32) as u8,
            k: *number as u32,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_survive_the_way_as_numbers() {
        let calls = Calls {
            anonymous_files: false,
            sleep: false,
        };
        let filters = filters(calls).expect("filters");
        assert_eq!(filters.len(), 3);
        for filter in filters {
            // More than the kernel takes would fail only in the box.
            assert!(
                !filter.is_empty() && filter.len() < 4096,
                "{}",
                filter.len()
            );
            assert_eq!(pack(&unpack(&filter)), filter);
        }
    }
}
