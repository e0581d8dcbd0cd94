//! What this machine offers to lock students' programs in: each layer, tried, and then attempts to get out of a box
//! with all of them. The workbook does without; `weft grade` does not.

use std::os::unix::process::CommandExt;
use std::process::Command;
use std::time::Duration;

use grader::sandbox::{Layer, Level, Policy, Sandbox};
use nix::sched::{CloneFlags, unshare};

use super::{Examination, Status};
use crate::child;
use crate::failure::{self, Failure};
use crate::grading;

/// Checks the pieces, and the whole.
pub fn examine(examination: &mut Examination) -> Result<(), Failure> {
    let namespaces = user_namespaces();
    let status = worth(namespaces.is_ok());
    let detail = available(examination, namespaces.is_ok(), namespaces.err());
    examination.add("user-namespaces", status, detail)?;

    let sandbox = match Sandbox::new(grading::helper()?, Policy::TrustStudents) {
        Ok(sandbox) => sandbox,
        Err(error) => return examination.add("escapes", Status::Note, failure::reason(&error)),
    };
    let missing = sandbox.missing();
    let there = |layer: Layer| !missing.contains(&layer);

    let detail = match landlock_version().filter(|_| there(Layer::Landlock)) {
        Some(version) => {
            examination.text("doctor-landlock-version", &[("version", version.into())])
        }
        None => available(examination, false, None),
    };
    examination.add("landlock", worth(there(Layer::Landlock)), detail)?;

    let detail = available(examination, there(Layer::Seccomp), None);
    examination.add("seccomp", worth(there(Layer::Seccomp)), detail)?;

    let detail = match child::on_path("bwrap") {
        Some(_) if sandbox.told().is_some() => {
            available(examination, false, sandbox.told().map(str::to_owned))
        }
        Some(path) => path.display().to_string(),
        None => examination.text("doctor-not-on-path", &[("name", "bwrap".into())]),
    };
    examination.add("bubblewrap", worth(there(Layer::Bubblewrap)), detail)?;

    let detail = if there(Layer::Cgroup) {
        "doctor-cgroup-counted"
    } else {
        "doctor-cgroup-measured"
    };
    let detail = examination.text(detail, &[]);
    examination.add("cgroup", worth(there(Layer::Cgroup)), detail)?;

    escapes(
        examination,
        sandbox.level().as_ref(),
        there(Layer::Bubblewrap),
    )
}

/// What came of the attempts to get out. A box with every layer that lets one out is broken; where layers are missing,
/// that is what they are for.
fn escapes<E: std::error::Error>(
    examination: &mut Examination,
    level: Result<&Level, &E>,
    complete: bool,
) -> Result<(), Failure> {
    let unmet = if complete {
        Status::Failed
    } else {
        Status::Note
    };
    let level = match level {
        Ok(level) => level,
        Err(error) => return examination.add("escapes", unmet, failure::reason(error)),
    };
    let holes: Vec<&str> = level.holes().map(|hole| hole.name.as_str()).collect();
    let count = ("count", level.attempts.len().into());
    if holes.is_empty() {
        let detail = examination.text("doctor-escapes-held", &[count]);
        return examination.add("escapes", Status::Ok, detail);
    }
    let holes = [count, ("holes", holes.join(", ").into())];
    let detail = examination.text("doctor-escapes-holes", &holes);
    examination.add("escapes", unmet, detail)
}

/// What is missing is good to know, and nothing the workbook needs.
fn worth(there: bool) -> Status {
    if there { Status::Ok } else { Status::Note }
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
