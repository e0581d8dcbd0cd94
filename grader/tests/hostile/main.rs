//! Hostile and unlucky answers, a folder each: what was handed in, and what must be found.
//!
//! Each case is graded as in a class: beside neighbours, into a ledger that knows others, with reports. It is looked
//! at before and after each of them ([`look`]): the machine is as it was, no process and no mount is left, the grader
//! has stayed small, what is known of others has not changed, nothing that was planted ([`host`]) is told, and the
//! answer came in time ([`queueing`]). So that all this is one case's, a worker ([`worker`]) is a process that grades
//! one case at a time; [`sabotage`] shows that each of these looks can fail.

mod case;
mod host;
mod look;
mod queueing;
mod sabotage;
mod worker;

use grader::sandbox::{Layer, Policy};
use nix::mount::{MsFlags, mount};
use std::collections::BTreeSet;
use std::fs;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use worker::{Mode, is_worker, sandbox, try_all};

/// So many cases at once.
const WORKERS: usize = 2;

/// Each test needs the whole machine, so they take turns.
static TURN: Mutex<()> = Mutex::new(());

/// A user id that owns nothing.
const NOBODY: u32 = 61_000;

/// Runs a test as a user without rights, from a folder that this user can enter. To be called as root.
fn as_guest(test: &str) {
    let _turn = TURN.lock().unwrap_or_else(|lock| lock.into_inner());
    let place = tempfile::Builder::new()
        .prefix("weft-guest-")
        .permissions(fs::Permissions::from_mode(0o755))
        .tempdir()
        .expect("a folder");
    let copy = |from: &Path, name: &str| {
        fs::copy(from, place.path().join(name)).expect("a copy");
    };
    copy(Path::new(env!("CARGO_BIN_EXE_weft-box")), "weft-box");
    copy(&std::env::current_exe().expect("this program"), "test");
    fs::create_dir(place.path().join("hostile")).expect("a folder");
    let all = Command::new("cp")
        .arg("-r")
        .arg(case::folder().join("."))
        .arg(place.path().join("hostile"))
        .status();
    assert!(all.is_ok_and(|status| status.success()));
    let toolchain = place.path().join("toolchain");
    fs::create_dir(&toolchain).expect("a folder");
    let own = place.path().join("tmp");
    fs::create_dir(&own).expect("a folder");
    std::os::unix::fs::chown(&own, Some(NOBODY), Some(NOBODY)).expect("a gift");
    let sysroot = worker::sysroot();
    let mut command = Command::new(place.path().join("test"));
    command
        .args(["--exact", test])
        .arg("--nocapture")
        .env(case::GUEST, place.path())
        .env("TMPDIR", &own)
        .env("HOME", &own)
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .current_dir("/");
    // The toolchain may lie where only root can go; the guest sees it from a place where it can.
    // SAFETY: between fork and exec only system calls are made.
    unsafe {
        command.pre_exec(move || {
            let nothing = None::<&Path>;
            worker::mount_apart()?;
            mount(
                Some(&sysroot),
                &toolchain,
                nothing,
                MsFlags::MS_BIND,
                nothing,
            )?;
            nix::unistd::setgroups(&[])?;
            nix::unistd::setresgid(NOBODY.into(), NOBODY.into(), NOBODY.into())?;
            nix::unistd::setresuid(NOBODY.into(), NOBODY.into(), NOBODY.into())?;
            Ok(())
        });
    }
    let output = command.output().expect("the guest");
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "{errors}");
    assert!(said.contains("1 passed"), "{said}");
}

/// The same again as a user without rights, where this one is root.
#[test]
fn the_same_holds_without_root() {
    if nix::unistd::geteuid().is_root() {
        as_guest("each_answer_gets_its_verdict_and_the_machine_stays_as_it_was");
    } else {
        // Then the other test is this one; that the boxes hold is proved all the same.
        let _turn = TURN.lock().unwrap_or_else(|lock| lock.into_inner());
        let level = sandbox(Policy::Strict).level().expect("a level");
        assert_eq!(level.level, "strict");
    }
}

#[test]
fn trusted_students_are_graded_without_bubblewrap() {
    let test = "trusted_students_are_graded_without_bubblewrap";
    if is_worker() {
        return;
    }
    if nix::unistd::geteuid().is_root() {
        return as_guest(test);
    }
    let _turn = TURN.lock().unwrap_or_else(|lock| lock.into_inner());
    let missing = sandbox(Policy::TrustStudents).missing();
    assert_eq!(missing[0], Layer::Bubblewrap);
    let cases = [
        "right_plain",
        "right_with_children",
        "right_relay",
        "wrong_plain",
        "deadlock",
        "thread_is_left",
        "daemon",
        "memory_flood",
        "compile_error",
        "sleeps_where_it_is_forbidden",
    ];
    let wrong = try_all(test, Mode::Trusting, &cases, WORKERS);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_answer_gets_its_verdict_and_the_machine_stays_as_it_was() {
    let test = "each_answer_gets_its_verdict_and_the_machine_stays_as_it_was";
    if is_worker() {
        return;
    }
    let _turn = TURN.lock().unwrap_or_else(|lock| lock.into_inner());
    let only = std::env::var("WEFT_HOSTILE_ONLY").unwrap_or_default();
    let all = case::all();
    let cases: Vec<&str> = all
        .iter()
        .map(String::as_str)
        .filter(|name| name.contains(&only))
        .collect();
    assert!(!cases.is_empty());
    let name = SocketAddr::from_abstract_name("weft-hostile-host").expect("a name");
    let _listener = UnixListener::bind_addr(&name).expect("a socket that boxes must not reach");
    let wrong = try_all(test, Mode::Strict, &cases, WORKERS);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whatever_a_case_must_not_do_is_found_and_told_by_its_name() {
    let test = "whatever_a_case_must_not_do_is_found_and_told_by_its_name";
    if is_worker() {
        return;
    }
    let _turn = TURN.lock().unwrap_or_else(|lock| lock.into_inner());
    // Only root can mount.
    let is_root = nix::unistd::geteuid().is_root();
    let tried = sabotage::CASES
        .iter()
        .filter(|(name, _)| is_root || *name != "leaves_a_mount");
    let names: Vec<&str> = tried.clone().map(|(name, _)| *name).collect();
    let wrong = try_all(test, Mode::Sabotage, &names, 1);
    sabotage::clean();
    let lines: BTreeSet<&str> = wrong.iter().map(String::as_str).collect();
    for (name, says) in tried {
        let mut of_it = lines
            .iter()
            .filter(|line| line.starts_with(&format!("{name}: ")));
        if says.is_empty() {
            assert_eq!(of_it.next(), None, "nothing is wrong with {name}");
        } else {
            assert!(
                of_it.any(|line| line.contains(says)),
                "{name}: {says}: {wrong:#?}"
            );
        }
    }
}
