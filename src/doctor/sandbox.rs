//! What this machine offers to lock students' programs in. Informational: the workbook does
//! without.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::time::Duration;

use nix::sched::{CloneFlags, unshare};

use super::{Examination, Status};
use crate::child;
use crate::failure::Failure;

/// Checks the pieces.
pub fn examine(examination: &mut Examination) -> Result<(), Failure> {
    let namespaces = user_namespaces();
    let detail = available(examination, namespaces.is_ok(), namespaces.err());
    examination.add("user-namespaces", Status::Note, detail)?;

    let landlock = landlock_version();
    let detail = match landlock {
        Some(version) => {
            examination.text("doctor-landlock-version", &[("version", version.into())])
        }
        None => available(examination, false, None),
    };
    examination.add("landlock", Status::Note, detail)?;

    let seccomp = fs::metadata("/proc/sys/kernel/seccomp/actions_avail").is_ok();
    let detail = available(examination, seccomp, None);
    examination.add("seccomp", Status::Note, detail)?;

    let detail = match child::on_path("bwrap") {
        Some(path) => path.display().to_string(),
        None => examination.text("doctor-not-on-path", &[("name", "bwrap".into())]),
    };
    examination.add("bubblewrap", Status::Note, detail)
}

fn available(examination: &Examination, yes: bool, reason: Option<String>) -> String {
    match (yes, reason) {
        (true, _) => examination.text("doctor-available", &[]),
        (false, None) => examination.text("doctor-not-available", &[]),
        (false, Some(reason)) => format!(
            "{} ({reason})",
            examination.text("doctor-not-available", &[])
        ),
    }
}

/// Tries it: the many settings that can forbid it differ between distributions.
fn user_namespaces() -> Result<(), String> {
    let mut command = Command::new("/bin/true");
    // SAFETY: unshare is a plain system call; the closure touches no memory of the parent.
    unsafe {
        command.pre_exec(|| unshare(CloneFlags::CLONE_NEWUSER).map_err(Into::into));
    }
    match child::ask(&mut command, Duration::from_secs(10)) {
        Ok(answer) if answer.success() => Ok(()),
        Ok(answer) => Err(answer.last_words()),
        Err(error) => Err(error.to_string()),
    }
}

/// The version of Landlock the system has, by the question its documentation names.
fn landlock_version() -> Option<i64> {
    const ASK_FOR_VERSION: libc::c_uint = 1;
    // SAFETY: with this flag the call reads no memory: a null attribute of size 0 is what it
    // wants.
    let version = unsafe {
        libc::syscall(
            libc::SYS_landlock_create_ruleset,
            std::ptr::null::<libc::c_void>(),
            0_usize,
            ASK_FOR_VERSION,
        )
    };
    (version > 0).then_some(version)
}
