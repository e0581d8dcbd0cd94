//! Cases in processes of their own: each worker is a grader with a host of its own, and is at one case at a time.

use crate::case::{self, Case};
use crate::host::{self, Host, Neighbours};
use crate::look::Look;
use crate::queueing::{Waited, measured};
use crate::sabotage;
use grader::build::Toolchain;
use grader::check::BoxJudge;
use grader::judge::{CheckSpec, Judge, Judgement, RunRecord, TaskSpec};
use grader::sandbox::{Helper, Policy, Sandbox};
use nix::mount::{MsFlags, mount};
use nix::sched::{CloneFlags, unshare};
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What a worker is told in its environment: how it judges, where its host is, and where the compiler is.
const WORKER: &str = "WEFT_HOSTILE_WORKER";
const PLACE: &str = "WEFT_HOSTILE_HOST";
const SYSROOT: &str = "WEFT_HOSTILE_SYSROOT";

/// Begins the line that tells about a case.
const TOLD: &str = "@told ";

/// How much later than its limits a verdict may come.
const SLACK: Duration = Duration::from_secs(2);

/// How answers are judged.
#[derive(Clone, Copy, PartialEq)]
pub enum Mode {
    /// In boxes with every layer.
    Strict,
    /// In boxes without bubblewrap.
    Trusting,
    /// By one who does what must not happen.
    Sabotage,
}

const MODES: [(Mode, &str); 3] = [
    (Mode::Strict, "strict"),
    (Mode::Trusting, "trusting"),
    (Mode::Sabotage, "sabotage"),
];

/// Where the compiler is.
pub fn sysroot() -> PathBuf {
    if let Some(folder) = case::guest() {
        return folder.join("toolchain");
    }
    let said = Command::new("rustc")
        .args(["--print", "sysroot"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("rustc");
    String::from_utf8(said.stdout)
        .expect("a path")
        .trim()
        .into()
}

pub fn sandbox(policy: Policy) -> Sandbox {
    let helper = Helper {
        program: match case::guest() {
            Some(folder) => folder.join("weft-box"),
            None => env!("CARGO_BIN_EXE_weft-box").into(),
        },
        arguments: Vec::new(),
    };
    match policy {
        Policy::Strict => Sandbox::new(helper, policy),
        Policy::TrustStudents => Sandbox::with(helper, policy, None, None),
    }
    .expect("a sandbox")
}

/// What is mounted from here on is mounted for this process and its children alone. For between fork and exec.
pub fn mount_apart() -> std::io::Result<()> {
    let nothing = None::<&Path>;
    unshare(CloneFlags::CLONE_NEWNS)?;
    let private = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    mount(nothing, "/", nothing, private, nothing)?;
    Ok(())
}

/// Has workers try these cases, and tells what was wrong with each.
pub fn try_all(test: &str, mode: Mode, names: &[&str], workers: usize) -> Vec<String> {
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let sysroot = sysroot();
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                // Who dies of a case is followed by another worker.
                while next.load(Ordering::Relaxed) < names.len() {
                    let found = try_some(test, mode, names, &next, &sysroot);
                    wrong.lock().expect("the list").extend(found);
                }
            });
        }
    });
    wrong.into_inner().expect("the list")
}

/// Has one worker try cases, until there are no more or it has died.
fn try_some(
    test: &str,
    mode: Mode,
    names: &[&str],
    next: &AtomicUsize,
    sysroot: &Path,
) -> Vec<String> {
    let place = tempfile::Builder::new()
        .prefix("weft-host-")
        .permissions(std::fs::Permissions::from_mode(0o755))
        .tempdir()
        .expect("a folder");
    let mut worker = start(test, mode, place.path(), sysroot);
    let mut orders = worker.stdin.take().expect("its stdin");
    let mut lines = BufReader::new(worker.stdout.take().expect("its stdout")).lines();
    let mut wrong = Vec::new();
    while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
        // A worker that has died is noticed when it tells nothing.
        let _ = writeln!(orders, "{name}");
        let mut told: Option<Vec<String>> = None;
        for line in lines.by_ref().map_while(Result::ok) {
            if let Some((_, json)) = line.split_once(TOLD) {
                told = Some(serde_json::from_str(json).expect("what was wrong"));
                break;
            }
            if !line.is_empty() {
                println!("{line}");
            }
        }
        let died = told.is_none();
        let told = told.unwrap_or_else(|| vec!["the grader died of it".to_owned()]);
        wrong.extend(told.into_iter().map(|what| format!("{name}: {what}")));
        if died {
            // There may be nothing left to end.
            let _ = worker.kill();
            let _ = worker.wait();
            return wrong;
        }
    }
    drop(orders);
    let status = worker.wait().expect("its end");
    if !status.success() {
        wrong.push(format!("a worker ended with {status}"));
    }
    wrong
}

fn start(test: &str, mode: Mode, place: &Path, sysroot: &Path) -> Child {
    let name = MODES.iter().find(|(one, _)| *one == mode);
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["--exact", test, "--nocapture"])
        .env(WORKER, name.expect("its name").1)
        .env(PLACE, place)
        .env(SYSROOT, sysroot)
        .env(host::VARIABLE, host::ENVIRONMENT)
        .env("HOME", place.join("home"))
        .env("TMPDIR", place.join("tmp"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    if nix::unistd::geteuid().is_root() {
        // SAFETY: between fork and exec only system calls are made.
        unsafe { command.pre_exec(mount_apart) };
    }
    command.spawn().expect("a worker")
}

/// In a worker: tries the cases it is told, and says so. Elsewhere nothing.
pub fn is_worker() -> bool {
    let Ok(mode) = std::env::var(WORKER) else {
        return false;
    };
    let mode = MODES.iter().find(|(_, name)| *name == mode);
    let place = std::env::var_os(PLACE).expect("a place");
    let host = Host::plant(place.into());
    nix::sys::prctl::set_child_subreaper(true).expect("adoption");
    match mode.expect("how to judge").0 {
        Mode::Sabotage => work(&host, &sabotage::Saboteur { host: &host }, |name| {
            sabotage::case(name)
        }),
        boxes => {
            let policy = match boxes {
                Mode::Trusting => Policy::TrustStudents,
                _ => Policy::Strict,
            };
            let sysroot = std::env::var_os(SYSROOT).expect("a folder");
            let toolchain = Toolchain::at(Path::new(&sysroot)).expect("a toolchain");
            let judge = BoxJudge::new(sandbox(policy), toolchain);
            work(&host, &judge, |name| Case::read(name, &host));
        }
    }
    true
}

fn work(host: &Host, judge: &dyn Judge, read: impl Fn(&str) -> Case) {
    let known = host.grade_neighbours(judge);
    for name in std::io::stdin().lines() {
        let wrong = try_case(judge, host, &known, &read(&name.expect("a name")));
        // Whatever stands in this line already.
        println!("\n{TOLD}{}", json!(wrong));
    }
}

/// Listens to a judge.
struct Recording<'a> {
    judge: &'a dyn Judge,
    beside: String,
    came: Mutex<Came>,
}

#[derive(Default)]
struct Came {
    judgement: Option<Judgement>,
    took: Duration,
    beside_took: Duration,
}

impl Judge for Recording<'_> {
    fn judge(&self, task: &TaskSpec, answer: &str) -> Judgement {
        let begin = Instant::now();
        let judgement = self.judge.judge(task, answer);
        let mut came = self.came.lock().expect("what came");
        if answer == self.beside {
            came.beside_took += begin.elapsed();
        } else {
            came.took += begin.elapsed();
            came.judgement = Some(judgement.clone());
        }
        judgement
    }
}

fn try_case(judge: &dyn Judge, host: &Host, known: &Neighbours, case: &Case) -> Vec<String> {
    host.hand_in(case);
    let recording = Recording {
        judge,
        beside: Host::answer_beside(&case.name),
        came: Mutex::default(),
    };
    let before = Look::before(host);
    let ((), waited) = measured(|| host.grade_case(case, &recording));
    sabotage::afterwards(host, &case.name);
    let (mut wrong, memory_kb) = before.violations(host, &case.name, known);
    let came = recording.came.into_inner().expect("what came");
    let judgement = came.judgement.as_ref().expect("a judgement");
    let (name, reason) = (name_of(judgement), reason_of(judgement));
    let [told, beside] = host.told(case);
    if !told.starts_with(&format!("{name} ")) {
        wrong.push(format!("the reports tell {told} instead of {name}"));
    }
    if beside != "Accepted 1" {
        wrong.push(format!("a right answer beside it was {beside}"));
    }
    wrong.extend(unexpected(case, judgement, &name, &reason));
    wrong.extend(too_late(case, &came, judgement, waited));
    println!(
        "{:56} {name:14} {reason:16} {:6} ms, longest run {:5.0} ms, {:6.1} MB; grader {:3} MB, compilers waited {:5} ms, it {:4} ms",
        case.name,
        came.took.as_millis(),
        most(judgement, |run| run.wall_ms),
        most(judgement, |run| run.peak_mb),
        memory_kb / 1024,
        waited.compilers.as_millis(),
        waited.grader.as_millis(),
    );
    host.forget(case);
    wrong
}

fn most(judgement: &Judgement, of: impl Fn(&RunRecord) -> f64) -> f64 {
    judgement.runs.iter().map(of).fold(0.0, f64::max)
}

fn name_of(judgement: &Judgement) -> String {
    let text = format!("{:?}", judgement.verdict);
    text.split('(').next().unwrap_or_default().to_owned()
}

fn reason_of(judgement: &Judgement) -> String {
    let why = serde_json::to_value(&judgement.why).expect("JSON");
    why["reason"].as_str().unwrap_or_default().to_owned()
}

/// What is wrong with the verdict.
fn unexpected(case: &Case, judgement: &Judgement, name: &str, reason: &str) -> Option<String> {
    let expected = &case.expected;
    let why = format!("{:?}", judgement.why);
    let reasons = expected.reason.as_ref();
    let what = if !expected.verdict.iter().any(|one| one == name) {
        format!("{name} instead of {:?}", expected.verdict)
    } else if reasons.is_some_and(|reasons| !reasons.iter().any(|one| one == reason)) {
        format!("because of {reason} instead of {reasons:?}")
    } else if expected
        .says
        .as_ref()
        .is_some_and(|says| !why.contains(says))
    {
        format!("it does not say {:?}", expected.says)
    } else {
        return None;
    };
    let stderr = judgement.runs.last().map_or("", |run| &run.stderr);
    let stderr: String = stderr.chars().take(300).collect();
    Some(format!("{what}; {why}; stderr: {stderr:?}"))
}

/// Which limits were passed by more than is granted.
fn too_late(case: &Case, came: &Came, judgement: &Judgement, waited: Waited) -> Vec<String> {
    let limits = &case.task.limits;
    let mut late = Vec::new();
    let mut running = Duration::ZERO;
    for run in &judgement.runs {
        // Each question has its own time.
        let questions = asked(&case.task.checks[run.check], run.case);
        let limit = Duration::from_millis(limits.wall_ms) * questions;
        let took = Duration::from_secs_f64(run.wall_ms / 1000.0);
        if took > limit + SLACK + waited.grader {
            late.push(format!("a run took {took:?}, its limit is {limit:?}"));
        }
        running += took;
    }
    let mut limit = Duration::from_millis(limits.compile_ms);
    if case.task.prelude.contains("weft_task") {
        // What does not compile is compiled once more with recorded threads.
        limit *= 2;
    }
    if case.task.reference.is_some() {
        // The teacher's answer is compiled too; as long as that of another student takes.
        limit += came.beside_took;
    }
    let rest = came.took.saturating_sub(running);
    if rest > limit + SLACK + waited.compilers + waited.grader {
        late.push(format!(
            "besides its runs it took {rest:?}, the limit of compilers is {limit:?}, and they waited {waited:?}"
        ));
    }
    late
}

/// How many questions a run was asked until this case. What is asked only once is asked together: what may be seen, and
/// what may not.
fn asked(check: &CheckSpec, case: usize) -> u32 {
    if check.repeats > 1 || !check.order.is_empty() || check.max_threads.is_some() {
        return 1;
    }
    let seen = check.cases[case].may_be_seen();
    let before = check.cases[..=case].iter();
    before.filter(|one| one.may_be_seen() == seen).count() as u32
}
