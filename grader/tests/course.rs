//! A course from the assignment to the grades, with real boxes: what a teacher and her students would see.

mod support;

use std::fs;
use std::path::Path;

use grader::Assignment;
use grader::assignment::{CheckOptions, Claim, Proof, check};
use grader::check::BoxJudge;
use grader::grade::{GradeOptions, Outcome, Sandbox};
use grader::notebook::{Cell, CellKind, Notebook, Role};
use grader::sandbox::Policy;
use support::{Class, TextJudge, boxes};

const MANIFEST: &str = r#"
name = "course"

[limits]
wall_ms = 2000
memory_mb = 128
threads = 16

[[task]]
id = "primes"
points = 2
uses = ["setup"]

[task.judge]
sleep = false
forbidden = ["std::process"]

[[task.judge.checks]]
probe = "primes(input.get(0))"
cases = [
    { args = [12], expect = [2, 3, 5, 7, 11], shown = true },
    { args = [3] },
    { args = [100] },
]

[[task]]
id = "relay"
points = 3

[task.judge]
prelude = "use weft_task::{say, sync, thread};"

[[task.judge.checks]]
probe = "relay(input.get(0))"
cases = [{ args = [4] }]
repeats = 5
shake_us = 200
order = [
    { rule = "sequential", of = { what = ["take"] }, from = 0 },
    { rule = "count", of = { what = ["take"] }, is = "arg0" },
    { rule = "own-lane", of = { what = ["take"] }, kind = "thread" },
    { rule = "all-ended", kind = "thread", count = "arg0" },
]
"#;

/// A locked cell that an answer may use.
const SETUP: &str = "fn divides(d: u32, n: u32) -> bool {\n    n % d == 0\n}";

const PRIMES: &str = "fn primes(below: u32) -> Vec<u32> {
    // BEGIN SOLUTION
    (2..below).filter(|n| !(2..*n).any(|d| divides(d, *n))).collect()
    // END SOLUTION
}";

const RELAY: &str = r#"fn relay(n: u64) -> u64 {
    // BEGIN SOLUTION
    let turn = sync::Arc::new((sync::Mutex::new(0), sync::Condvar::new()));
    let runners: Vec<_> = (0..n)
        .map(|k| {
            let turn = turn.clone();
            thread::spawn(move || {
                let (lock, changed) = &*turn;
                let mut now = lock.lock().unwrap();
                while *now != k {
                    now = changed.wait(now).unwrap();
                }
                say(format!("runner {k}"), "take", k);
                *now += 1;
                changed.notify_all();
            })
        })
        .collect();
    runners.into_iter().for_each(|runner| runner.join().unwrap());
    n
    // END SOLUTION
}"#;

/// Another way to be right.
const ONE_AFTER_THE_OTHER: &str = r#"fn relay(n: u64) -> u64 {
    for k in 0..n {
        thread::spawn(move || say(format!("runner {k}"), "take", k)).join().unwrap();
    }
    n
}"#;

const FROM_THE_END: &str = r#"fn relay(n: u64) -> u64 {
    for k in (0..n).rev() {
        thread::spawn(move || say(format!("runner {k}"), "take", k)).join().unwrap();
    }
    n
}"#;

const ODD_ONES: &str =
    "fn primes(below: u32) -> Vec<u32> { (2..below).filter(|n| n % 2 == 1).collect() }";
const ENDLESS: &str =
    "// verdict: TimeLimit\nfn primes(_: u32) -> Vec<u32> { loop { std::hint::black_box(()); } }";
const BY_HEART: &str = "fn primes(below: u32) -> Vec<u32> { [2, 3, 5, 7, 11].into_iter().filter(|n| *n < below).collect() }";
const TELLS: &str = "fn primes(below: u32) -> Vec<u32> { println!(\"asked {below}\"); Vec::new() }";
const NO_RUST: &str = "fn primes(below: u32) -> Vec<u32> { below }";
const SLEEPS: &str = "fn primes(below: u32) -> Vec<u32> {
    std::thread::sleep(std::time::Duration::from_millis(1));
    (2..below).filter(|n| !(2..*n).any(|d| divides(d, *n))).collect()
}";

fn course() -> Class {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("course");
    let put = |path: &str, text: &str| {
        let path = place.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let cell = |id: &str, text: &str, points: Option<f64>| {
        let role = Role {
            grade_id: id.to_owned(),
            grade: points.is_some(),
            solution: points.is_some(),
            locked: points.is_none(),
            task: false,
            points,
        };
        Cell::new(CellKind::Code, id, text, Some(role))
    };
    let mut notebook = Notebook::empty();
    notebook.cells = vec![
        cell("setup", SETUP, None),
        cell("primes", PRIMES, Some(2.0)),
        cell("relay", RELAY, Some(3.0)),
    ];
    put("assignment.toml", MANIFEST);
    put("source/course/course.ipynb", &notebook.text());
    put("right/relay/one-after-the-other.rs", ONE_AFTER_THE_OTHER);
    put("wrong/primes/odd-ones.rs", ODD_ONES);
    put("wrong/primes/endless.rs", ENDLESS);
    put("wrong/primes/sleeps.rs", SLEEPS);
    put("wrong/relay/from-the-end.rs", FROM_THE_END);
    Class {
        assignment: Assignment::load(&place).unwrap(),
        folder,
        judge: TextJudge::default(),
    }
}

fn proofs(assignment: &Assignment, judge: &BoxJudge) -> Vec<Proof> {
    check(assignment, judge, &CheckOptions { repeats: 3 }, |_| {}).unwrap()
}

#[test]
fn a_check_proves_right_and_wrong_solutions_in_boxes() {
    let class = course();
    let judge = boxes(Policy::Strict);
    let all = proofs(&class.assignment, &judge);
    let failed: Vec<&Proof> = all.iter().filter(|proof| !proof.holds).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let count = |claim| all.iter().filter(|proof| proof.claim == claim).count();
    assert_eq!(count(Claim::ReferenceAccepted), 2);
    assert_eq!(count(Claim::StubEarnsNothing), 2);
    assert_eq!(count(Claim::RightAccepted), 1);
    assert_eq!(count(Claim::WrongRejected), 4);
    assert_eq!(all.len(), 9);

    // Solutions in the wrong places refute what their places claim, and nothing else.
    let put = |path: &str, text: &str| fs::write(class.assignment.folder.join(path), text).unwrap();
    put("wrong/relay/not-wrong.rs", ONE_AFTER_THE_OTHER);
    put("right/relay/not-right.rs", FROM_THE_END);
    let all = proofs(&class.assignment, &judge);
    let failed: Vec<(Claim, &str)> = all
        .iter()
        .filter(|proof| !proof.holds)
        .map(|proof| {
            let name = proof.file.as_deref().and_then(Path::file_name).unwrap();
            (proof.claim, name.to_str().unwrap())
        })
        .collect();
    let expected = [
        (Claim::RightAccepted, "not-right.rs"),
        (Claim::WrongRejected, "not-wrong.rs"),
    ];
    assert_eq!(failed, expected);
}

fn grade(class: &Class, judge: &BoxJudge) -> Outcome {
    let level = judge.sandbox().level().unwrap();
    let options = GradeOptions {
        toolchain: judge.toolchain().version.clone(),
        sandbox: Sandbox::from(&level),
        ..class.options()
    };
    grader::grade(&class.assignment, judge, &options, &mut |_| {}).unwrap()
}

#[test]
fn a_class_is_graded_in_boxes() {
    let class = course();
    let hand_in = |id: &str, answers: &[(&str, &str)]| {
        class.submit(id, class.notebook(answers).to_string());
    };
    hand_in(
        "right",
        &[("primes", PRIMES), ("relay", ONE_AFTER_THE_OTHER)],
    );
    hand_in("wrong", &[("primes", ODD_ONES), ("relay", FROM_THE_END)]);
    hand_in("no-rust", &[("primes", NO_RUST), ("relay", RELAY)]);
    hand_in("endless", &[("primes", ENDLESS), ("relay", RELAY)]);
    hand_in("sleeps", &[("primes", SLEEPS), ("relay", RELAY)]);
    hand_in("by-heart", &[("primes", BY_HEART), ("relay", RELAY)]);
    hand_in("tells", &[("primes", TELLS), ("relay", RELAY)]);
    hand_in("untouched", &[]);

    let judge = boxes(Policy::Strict);
    let outcome = grade(&class, &judge);
    assert_eq!(outcome.submissions, 8);
    assert_eq!(outcome.for_a_human, []);
    // The same answer of five students is judged once.
    assert_eq!((outcome.judged, outcome.reused), (10, 4));

    let grades = class.grades();
    assert_eq!(grades["sandbox"]["level"], "strict");
    let expected = [
        ("right", ["Accepted", "Accepted"], 5.0),
        ("wrong", ["Wrong", "Wrong"], 0.0),
        ("no-rust", ["CompileError", "Accepted"], 3.0),
        ("endless", ["TimeLimit", "Accepted"], 3.0),
        ("sleeps", ["Forbidden", "Accepted"], 3.0),
        ("by-heart", ["Wrong", "Accepted"], 3.0),
        ("tells", ["Wrong", "Accepted"], 3.0),
        ("untouched", ["Incomplete", "Incomplete"], 0.0),
    ];
    for (id, verdicts, points) in expected {
        let submissions = grades["submissions"].as_array().unwrap();
        let found = submissions.iter().find(|one| one["id"] == id).unwrap();
        let names = [0, 1].map(|place| found["tasks"][place]["verdict"].as_str().unwrap());
        assert_eq!(names, verdicts, "{id}: {found:#}");
        assert_eq!(found["points"].as_f64(), Some(points), "{id}");
        assert_eq!(found["max"].as_f64(), Some(5.0), "{id}");
    }

    // What was expected may be read where it is shown, and nowhere else.
    let shown = class.read("students/wrong.md");
    assert!(shown.contains("[2,3,5,7,11]"), "{shown}");
    // Where nothing was recorded there is nothing to draw.
    assert!(!shown.contains("Timeline"), "{shown}");
    for end in ["md", "html"] {
        let hidden = class.read(&format!("students/by-heart.{end}"));
        assert!(!hidden.contains("89") && !hidden.contains("97"), "{hidden}");
        let told = class.read(&format!("students/tells.{end}"));
        assert!(told.contains("asked 12"), "{told}");
        assert!(!told.contains("asked 100"), "{told}");
    }

    // Nothing has changed, so nothing is judged.
    let again = grade(&class, &judge);
    assert_eq!((again.judged, again.reused), (0, 14));
    assert_eq!(class.grades(), grades);
}
