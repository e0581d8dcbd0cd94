//! The layer of files: a process may read and write below these folders and nowhere else, whatever is mounted.

use landlock::{
    ABI, Access, AccessFs, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus, Scope,
    path_beneath_rules,
};

/// What is asked for: older kernels give what they have of it.
const NEWEST: ABI = ABI::V6;

/// Whether the system has it.
pub fn is_there() -> bool {
    Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V1))
        .and_then(Ruleset::create)
        .is_ok_and(|_| version() > 0)
}

fn version() -> i64 {
    const VERSION: u32 = 1;
    // SAFETY: without a ruleset the call only says which version there is.
    unsafe {
        libc::syscall(
            libc::SYS_landlock_create_ruleset,
            std::ptr::null::<libc::c_void>(),
            0usize,
            VERSION,
        )
    }
}

/// Holds the calling thread and all that it starts.
pub(super) fn restrict(readable: &[String], writable: &[String]) -> Result<(), String> {
    let restricted = Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))
        // Signals and nameless sockets reach only what runs in the same box.
        .and_then(|ruleset| ruleset.scope(Scope::from_all(NEWEST)))
        .and_then(Ruleset::create)
        .and_then(|ruleset| {
            ruleset.add_rules(path_beneath_rules(readable, AccessFs::from_read(NEWEST)))
        })
        .and_then(|ruleset| {
            ruleset.add_rules(path_beneath_rules(writable, AccessFs::from_all(NEWEST)))
        })
        .and_then(|ruleset| ruleset.restrict_self());
    match restricted {
        Ok(status) if status.ruleset == RulesetStatus::NotEnforced => {
            Err("Landlock is not enforced".to_owned())
        }
        Ok(_) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}
