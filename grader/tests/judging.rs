//! Judging as a whole: several tasks at once, the reasons, and that nothing depends on luck.

mod support;

use grader::build::{LONGEST, Toolchain};
use grader::check::BoxJudge;
use grader::judge::{Judge, TaskSpec, Why};
use grader::sandbox::cgroup::Delegated;
use grader::sandbox::{Policy, Sandbox, bubblewrap, watch};
use grader::verdict::Verdict;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use support::{boxes, helper};

fn judge() -> BoxJudge {
    boxes(Policy::Strict)
}

#[derive(serde::Deserialize)]
struct Tasks {
    tasks: Vec<TaskSpec>,
}

fn five() -> Vec<TaskSpec> {
    let tasks: Tasks = toml::from_str(include_str!("../benches/five_tasks.toml")).expect("tasks");
    tasks.tasks
}

fn references(tasks: &[TaskSpec]) -> Vec<(&TaskSpec, &str)> {
    tasks
        .iter()
        .map(|task| (task, task.reference.as_deref().expect("a reference")))
        .collect()
}

#[test]
fn one_bad_answer_says_nothing_about_the_others() {
    let tasks = five();
    let judge = judge();
    let bad = [
        ("fn primes(", Verdict::CompileError),
        (
            "#[allow(long_running_const_eval)] const X: u32 = { let mut n = 0u32; loop { n = n.wrapping_add(1); if n == 5 && false { break n; } } }; fn primes(_: u32) -> Vec<u32> { vec![X] }",
            Verdict::CompileLimit,
        ),
        (
            "fn primes(_: u32) -> Vec<u32> { loop {} }",
            Verdict::TimeLimit,
        ),
        (
            "fn primes(_: u32) -> Vec<u32> { std::process::exit(0) }",
            Verdict::RuntimeError,
        ),
        (
            "fn primes(_: u32) -> Vec<u32> { include_str!(\"/etc/passwd\"); vec![] }",
            Verdict::Forbidden,
        ),
        ("", Verdict::Incomplete),
    ];
    for (answer, verdict) in bad {
        let mut tasks = tasks.clone();
        for task in &mut tasks {
            task.limits.compile_ms = 5_000;
        }
        let mut answers = references(&tasks);
        answers[0].1 = answer;
        let found: Vec<Verdict> = judge
            .judge_all(&answers)
            .iter()
            .map(|one| one.verdict)
            .collect();
        let mut expected = vec![Verdict::Accepted; 5];
        expected[0] = verdict;
        assert_eq!(found, expected, "{answer}");
    }
}

/// In JSON each of these characters takes six times the room it takes in the answer.
#[test]
fn an_answer_of_the_greatest_length_is_judged_whatever_its_characters_are() {
    let task = five().remove(0);
    let reference = task.reference.clone().expect("a reference");
    let room = LONGEST - reference.len() - "\n// ".len();
    for character in ["\x01", "\x1b", "x"] {
        let answer = format!("{reference}\n// {}", character.repeat(room));
        assert_eq!(answer.len(), LONGEST);
        let judgement = judge().judge(&task, &answer);
        assert_eq!(judgement.verdict, Verdict::Accepted, "{:?}", judgement.why);
    }
}

#[test]
fn a_judgement_survives_the_way_to_a_ledger() {
    let tasks = five();
    let judge = judge();
    let judgement = judge.judge(&tasks[1], "fn relay(n: u64) -> u64 { for k in 0..n { say(format!(\"runner {k}\"), \"take\", k); } n }");
    assert!(
        matches!(judgement.why, Why::Order { .. }),
        "{:?}",
        judgement.why
    );
    let run = judgement.runs.last().expect("a run");
    let document = run.document.as_ref().expect("what was recorded");
    assert_eq!(document.lines.len(), 6);
    let text = serde_json::to_string(&judgement).expect("JSON");
    let back: grader::judge::Judgement = serde_json::from_str(&text).expect("a judgement");
    assert_eq!(back, judgement);
    let task = serde_json::to_string(&tasks[1]).expect("JSON");
    assert_eq!(
        serde_json::from_str::<TaskSpec>(&task).expect("a task"),
        tasks[1]
    );
}

#[test]
fn a_question_that_does_not_fit_its_probe_is_explained_to_the_teacher_and_cannot_be_faked() {
    let judge = judge();
    let mut task = five().remove(0);
    task.reference = None;
    task.checks.truncate(1);
    let check = &mut task.checks[0];
    check.probe = "input.get::<Option<Vec<u64>>>(1)".to_owned();
    check.cases.truncate(1);
    check.cases[0].expect = None;
    let answer = "fn primes(_: u32) -> Vec<u32> { panic!(\"the question carries nothing\") }";
    for (args, says) in [
        (r#"[1, "a"]"#, "the question carries \"a\" at place 1"),
        (
            r#"[1, [1, "a"]]"#,
            "the question carries a list of 2 at place 1",
        ),
        ("[1]", "the question carries nothing at place 1"),
    ] {
        task.checks[0].cases[0].args = serde_json::from_str(args).expect("arguments");
        let found = judge.judge(&task, answer);
        let Why::Task { what } = &found.why else {
            panic!("{found:?}");
        };
        let says = format!("check 1, case 1: {says}, and `Option<Vec<u64>>` is asked for");
        assert_eq!(*what, says);
    }
    task.checks[0].probe = "primes(input.get::<u32>(0))".to_owned();
    let found = judge.judge(&task, answer);
    assert_eq!(found.verdict, Verdict::RuntimeError, "{found:?}");
}

/// Right answers, some of them with races that do no harm, while both processors are busy.
#[test]
fn right_answers_are_accepted_every_time_on_a_busy_machine() {
    let tasks = five();
    let judge = judge();
    let answers = references(&tasks);
    let busy: Vec<_> = (0..2)
        .map(|_| {
            Command::new("/bin/sh")
                .args(["-c", "while true; do :; done"])
                .stdin(Stdio::null())
                .spawn()
                .expect("a busy shell")
        })
        .collect();
    let found: Vec<_> = (0..10).flat_map(|_| judge.judge_all(&answers)).collect();
    for mut shell in busy {
        shell.kill().expect("its end");
        shell.wait().expect("its end");
    }
    for judgement in found {
        assert_eq!(judgement.verdict, Verdict::Accepted, "{:?}", judgement.why);
    }
}

/// As where the system lets a group be made when grading begins, and not for every box.
#[test]
fn a_run_whose_box_has_no_group_to_count_in_is_said_to_be_measured() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["cgroup.controllers", "cgroup.subtree_control"] {
        std::fs::write(folder.path().join(name), "memory pids").expect("a file");
    }
    let delegated = Delegated::at(folder.path()).expect("a folder for groups");
    drop(folder);
    let sandbox = Sandbox::with(
        helper(),
        Policy::Strict,
        bubblewrap::find(),
        Some(delegated),
    );
    let sandbox = sandbox.expect("a sandbox");
    assert_eq!(sandbox.missing(), []);
    let toolchain = Toolchain::find(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("a toolchain");
    let mut task = five().remove(0);
    let judge = BoxJudge::new(sandbox, toolchain);
    let judgement = judge.judge(&task, task.reference.as_deref().expect("a reference"));
    assert_eq!(judgement.verdict, Verdict::Accepted, "{:?}", judgement.why);
    assert!(!judgement.runs.is_empty());
    assert!(
        judgement.runs.iter().all(|run| run.approximate),
        "{judgement:?}"
    );
    task.limits.memory_mb = 64;
    let vast = "fn primes(_: u32) -> Vec<u32> { loop { std::hint::black_box(vec![1u8; 1 << 24]).leak(); } }";
    let judgement = judge.judge(&task, vast);
    let Why::Memory { approximate, .. } = judgement.why else {
        panic!("{judgement:?}");
    };
    assert!(approximate);
}

#[test]
fn a_reference_that_fails_its_own_check_is_our_fault() {
    let mut task = five().remove(1);
    // Right or wrong by luck, and so is the teacher's answer: nobody loses points for it.
    let lucky = "fn relay(n: u64) -> u64 { let all: Vec<_> = (0..n).map(|k| thread::spawn(move || say(format!(\"runner {k}\"), \"take\", k))).collect(); for one in all { one.join().unwrap(); } n }";
    task.reference = Some(lucky.to_owned());
    task.checks[0].cases[0].expect = serde_json::from_str("6").ok();
    let judgement = judge().judge(&task, lucky);
    assert_eq!(judgement.verdict, Verdict::Internal, "{:?}", judgement.why);
}

/// What a student wrote for std compiles against the task library: the same names, the same meaning.
#[test]
fn what_std_offers_is_there_under_the_same_names() {
    let task: TaskSpec = toml::from_str(
        r#"
        id = "all"
        [[checks]]
        probe = "all()"
        cases = [{ expect = [10, true, true, 4, true] }]
        repeats = 3
        shake_us = 300
        [limits]
        wall_ms = 60000
        "#,
    )
    .expect("a task");
    let judgement = judge().judge(&task, include_str!("answers/as_in_std.rs"));
    assert_eq!(judgement.verdict, Verdict::Accepted, "{:?}", judgement.why);
}

/// Nobody who writes an answer can know that a lock is a recorded one.
#[test]
fn what_is_named_by_its_path_in_std_fits_the_recorded_locks_and_threads_of_a_prelude() {
    let task: TaskSpec = toml::from_str(
        r#"
        id = "all"
        prelude = "use weft_task::sync::{Arc, Mutex}; use weft_task::thread::JoinHandle;"
        [[checks]]
        probe = "all(Arc::new(Mutex::new(4)), thread::spawn(|| ()))"
        cases = [{ expect = 5 }]
        "#,
    )
    .expect("a task");
    let body = "fn all(counter: Arc<Mutex<u32>>, other: JoinHandle<()>) -> u32 {
        let (there, moment) = (Condvar::new(), Duration::from_millis(1));
        let (mut now, _) = there.wait_timeout(counter.lock().unwrap(), moment).unwrap();
        *now += 1;
        drop(now);
        let both: [JoinHandle<()>; 2] = [other, thread::spawn(|| ())];
        for one in both { one.join().unwrap(); }
        std::mem::take(&mut *counter.lock().unwrap())
    }";
    let judge = judge();
    for uses in [
        "use std::sync::Condvar; use std::thread; use std::time::Duration;",
        "use ::std::{sync::Condvar, thread, time::Duration};",
        // All of its own, where it needs no more than the types.
        "use std::sync::*; use std::thread::{self, *}; use std::time::*;",
    ] {
        let judgement = judge.judge(&task, &format!("{uses}\n{body}"));
        assert_eq!(
            judgement.verdict,
            Verdict::Accepted,
            "{uses}: {judgement:?}"
        );
    }
    // What does not compile either way is told as it was written.
    let judgement = judge.judge(&task, "use std::sync::Condvar;\nfn all() -> Condvar { 1 }");
    let Why::Compiler { notes } = &judgement.why else {
        panic!("{judgement:?}");
    };
    let told = serde_json::to_string(notes).expect("notes");
    assert!(!told.contains("recorded"), "{told}");
}

const CHILD: &str = "WEFT_JUDGING_CHILD";

/// The same test, started again as a program of its own, is the grader that is killed.
#[test]
fn when_the_grader_is_killed_nothing_stays() {
    if std::env::var_os(CHILD).is_some() {
        let mut task = five().remove(0);
        task.limits.wall_ms = 60_000;
        let answer = "fn primes(_: u32) -> Vec<u32> { std::process::Command::new(\"/bin/sh\").args([\"-c\", \"setsid sleep 77777\"]).status().unwrap(); loop {} }";
        judge().judge(&task, answer);
        return;
    }
    let mut grader = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "when_the_grader_is_killed_nothing_stays"])
        .env(CHILD, "1")
        .stdout(Stdio::null())
        .spawn()
        .expect("a grader");
    let pid = grader.id() as i32;
    let command_lines = |pids: Vec<i32>| -> Vec<(i32, String)> {
        let line =
            |pid| std::fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        pids.into_iter().map(|pid| (pid, line(pid))).collect()
    };
    let begin = Instant::now();
    let sleeper = loop {
        let found = command_lines(watch::below(pid));
        if let Some((sleeper, _)) = found
            .into_iter()
            .find(|(_, line)| line.starts_with("sleep\x0077777"))
        {
            break sleeper;
        }
        assert!(
            begin.elapsed() < Duration::from_secs(60),
            "the sleeper never came"
        );
        std::thread::yield_now();
    };
    let all = watch::below(pid);
    assert!(all.contains(&sleeper));
    grader.kill().expect("its end");
    grader.wait().expect("its end");
    let begin = Instant::now();
    let alive = || -> Vec<i32> {
        let is = |pid: &i32| {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            !stat.is_empty() && !stat.contains(") Z ")
        };
        all.iter().copied().filter(is).collect()
    };
    while !alive().is_empty() {
        assert!(
            begin.elapsed() < Duration::from_secs(20),
            "{:?}",
            command_lines(alive())
        );
        std::thread::yield_now();
    }
}
