//! Hostile and unlucky answers, a folder each: what was handed in, and what must be found.
//!
//! After each case: the machine is as it was, no process and no mount is left, this process has stayed small, and the
//! answer came in time.

use grader::build::Toolchain;
use grader::check::BoxJudge;
use grader::judge::{Judge, Judgement, TaskSpec};
use grader::sandbox::{Helper, Layer, Policy, Sandbox, watch};
use nix::mount::{MsFlags, mount};
use nix::sched;
use serde::Deserialize;
use std::fs;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// The name of the verdict; several where the machine decides which bound is reached first.
    verdict: Vec<String>,
    /// The reason's tag.
    reason: Option<Vec<String>>,
    /// Something the reason must say.
    says: Option<String>,
    /// What is different in the task.
    #[serde(default)]
    task: toml::Table,
}

/// Where everything is for a run as another user, who cannot enter the places where it usually is.
const GUEST: &str = "WEFT_HOSTILE_GUEST";

fn guest() -> Option<PathBuf> {
    std::env::var_os(GUEST).map(PathBuf::from)
}

fn folder() -> PathBuf {
    match guest() {
        Some(folder) => folder.join("hostile"),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile"),
    }
}

fn judge(policy: Policy) -> BoxJudge {
    let helper = Helper {
        program: match guest() {
            Some(folder) => folder.join("weft-box"),
            None => env!("CARGO_BIN_EXE_weft-box").into(),
        },
        arguments: Vec::new(),
    };
    let sandbox = match policy {
        Policy::Strict => Sandbox::new(helper, policy),
        Policy::TrustStudents => Sandbox::with(helper, policy, None, None),
    }
    .expect("a sandbox");
    let toolchain = match guest() {
        Some(folder) => Toolchain::at(&folder.join("toolchain")),
        None => Toolchain::find(Path::new(env!("CARGO_MANIFEST_DIR"))),
    };
    BoxJudge::new(sandbox, toolchain.expect("a toolchain"))
}

fn task(changes: &toml::Table) -> TaskSpec {
    let text = fs::read_to_string(folder().join("task.toml")).expect("the task");
    let mut task: toml::Table = text.parse().expect("TOML");
    for (name, change) in changes {
        match (task.get_mut(name), change) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) => old.extend(new.clone()),
            _ => drop(task.insert(name.clone(), change.clone())),
        }
    }
    task.try_into().expect("a task")
}

fn name_of(judgement: &Judgement) -> String {
    let text = format!("{:?}", judgement.verdict);
    text.split('(').next().unwrap_or_default().to_owned()
}

fn reason_of(judgement: &Judgement) -> String {
    let why = serde_json::to_value(&judgement.why).expect("JSON");
    why["reason"].as_str().unwrap_or_default().to_owned()
}

/// What an answer could have changed.
fn machine() -> Vec<String> {
    let mut state = vec![fs::read_to_string("/proc/self/mounts").expect("mounts")];
    for place in ["/tmp", "/dev/shm", "/var/tmp", "/usr", "/"] {
        let Ok(entries) = fs::read_dir(place) else {
            continue;
        };
        let mut found: Vec<String> = entries
            .flatten()
            .map(|entry| entry.path().display().to_string())
            .filter(|path| path.contains("weft-was-here"))
            .collect();
        found.sort();
        state.extend(found);
    }
    state
}

/// What this process has started, and what that has started.
fn left_over() -> Vec<i32> {
    watch::below(std::process::id() as i32)
}

fn most_memory_kb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_ascii_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .expect("a number")
}

fn try_case(judge: &BoxJudge, case: &Path) -> Vec<String> {
    let text = fs::read_to_string(case.join("expected.toml")).expect("what is expected");
    let expected: Expected =
        toml::from_str(&text).unwrap_or_else(|error| panic!("{case:?}: {error}"));
    let task = task(&expected.task);
    let answer = fs::read_to_string(case.join("answer.rs")).expect("the answer");
    let begin = Instant::now();
    let judgement = judge.judge(&task, &answer);
    let took = begin.elapsed();
    let mut wrong = Vec::new();
    let (name, reason) = (name_of(&judgement), reason_of(&judgement));
    if !expected.verdict.contains(&name) {
        wrong.push(format!("{name} instead of {:?}", expected.verdict));
    }
    if let Some(reasons) = &expected.reason
        && !reasons.contains(&reason)
    {
        wrong.push(format!("because of {reason} instead of {reasons:?}"));
    }
    if let Some(says) = &expected.says
        && !format!("{:?}", judgement.why).contains(says)
    {
        wrong.push(format!("it does not say {says}"));
    }
    let slack = Duration::from_secs(2);
    for run in &judgement.runs {
        let limit = Duration::from_millis(task.limits.wall_ms) + slack;
        // Each question has its own time.
        let questions = task.checks[run.check].cases.len() as u32;
        if Duration::from_secs_f64(run.wall_ms / 1000.0) > limit * questions {
            wrong.push(format!("a run took {} ms", run.wall_ms));
        }
    }
    let all: Duration = judgement
        .runs
        .iter()
        .map(|run| Duration::from_secs_f64(run.wall_ms / 1000.0))
        .sum();
    if took > all + Duration::from_millis(task.limits.compile_ms) + slack {
        wrong.push(format!("it took {took:?}"));
    }
    if !wrong.is_empty() {
        wrong.push(format!("{:?}", judgement.why));
        if let Some(run) = judgement.runs.last() {
            let stderr: String = run.stderr.chars().take(300).collect();
            wrong.push(format!("stderr: {stderr:?}"));
        }
    }
    println!(
        "{:28} {:14} {:16} {:5} ms, longest run {:5.0} ms, {:6.1} MB",
        case.file_name().unwrap_or_default().to_string_lossy(),
        name,
        reason,
        took.as_millis(),
        judgement
            .runs
            .iter()
            .map(|run| run.wall_ms)
            .fold(0.0, f64::max),
        judgement
            .runs
            .iter()
            .map(|run| run.peak_mb)
            .fold(0.0, f64::max),
    );
    wrong
}

/// Each test counts the processes of all, so they take turns.
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
        .arg(folder().join("."))
        .arg(place.path().join("hostile"))
        .status();
    assert!(all.is_ok_and(|status| status.success()));
    let toolchain = place.path().join("toolchain");
    fs::create_dir(&toolchain).expect("a folder");
    let own = place.path().join("tmp");
    fs::create_dir(&own).expect("a folder");
    std::os::unix::fs::chown(&own, Some(NOBODY), Some(NOBODY)).expect("a gift");
    let sysroot = judge(Policy::Strict).toolchain().sysroot.clone();
    let mut command = Command::new(place.path().join("test"));
    command
        .args(["--exact", test])
        .arg("--nocapture")
        .env(GUEST, place.path())
        .env("TMPDIR", &own)
        .env("HOME", &own)
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .current_dir("/");
    // The toolchain may lie where only root can go; the guest sees it from a place where it can.
    // SAFETY: between fork and exec only system calls are made.
    unsafe {
        command.pre_exec(move || {
            let nothing = None::<&Path>;
            sched::unshare(sched::CloneFlags::CLONE_NEWNS)?;
            mount(
                nothing,
                "/",
                nothing,
                MsFlags::MS_REC | MsFlags::MS_PRIVATE,
                nothing,
            )?;
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
        assert_eq!(
            judge(Policy::Strict)
                .sandbox()
                .level()
                .expect("a level")
                .level,
            "strict"
        );
    }
}

#[test]
fn trusted_students_are_graded_without_bubblewrap() {
    if nix::unistd::geteuid().is_root() {
        return as_guest("trusted_students_are_graded_without_bubblewrap");
    }
    let _turn = TURN.lock().unwrap_or_else(|lock| lock.into_inner());
    let judge = judge(Policy::TrustStudents);
    assert_eq!(judge.sandbox().missing()[0], Layer::Bubblewrap);
    let cases = [
        "right_plain",
        "right_with_children",
        "right_relay",
        "wrong_plain",
        "deadlock",
        "thread_is_left",
    ];
    for case in cases.iter().chain(&[
        "daemon",
        "memory_flood",
        "compile_error",
        "sleeps_where_it_is_forbidden",
    ]) {
        let wrong = try_case(&judge, &folder().join(case));
        assert!(wrong.is_empty(), "{case}: {wrong:?}");
    }
    drop(judge);
    assert_eq!(left_over(), Vec::<i32>::new());
}

#[test]
fn each_answer_gets_its_verdict_and_the_machine_stays_as_it_was() {
    let _turn = TURN.lock().unwrap_or_else(|lock| lock.into_inner());
    let only = std::env::var("WEFT_HOSTILE_ONLY").unwrap_or_default();
    let mut cases: Vec<PathBuf> = fs::read_dir(folder())
        .expect("cases")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir() && path.to_string_lossy().contains(&only))
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let judge = judge(Policy::Strict);
    let name = SocketAddr::from_abstract_name("weft-hostile-host").expect("a name");
    let _listener = UnixListener::bind_addr(&name).expect("a socket that boxes must not reach");
    let before = machine();
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    for what in try_case(&judge, case) {
                        let line = format!("{}: {what}", case.display());
                        wrong.lock().expect("the list").push(line);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("the list");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(machine(), before);
    drop(judge);
    assert_eq!(left_over(), Vec::<i32>::new());
    let memory = most_memory_kb();
    println!("{} cases, {} MB at most", cases.len(), memory / 1024);
    assert!(memory < 300 * 1024, "{memory} KiB");
}
