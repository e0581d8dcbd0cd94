//! Answers that are explored: what no run shows is found in the model, in boxes, and what the model does not know is
//! nobody's fault.

mod support;

use explorer::job::{Done, Job, Question};
use grader::assignment::{self, Assignment, CheckOptions, Claim};
use grader::check::BoxJudge;
use grader::explored::whole;
use grader::grade::GradeOptions;
use grader::judge::{Finding, Judge, Judgement, Open, TaskSpec, Why};
use grader::sandbox::Policy;
use grader::verdict::Verdict;
use messages::Language;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;
use student::{Edition, Source, Watch, Workshop};
use support::{Class, boxes};

/// One judge for all: the explorer is made ready once.
fn judge() -> &'static BoxJudge {
    static JUDGE: OnceLock<BoxJudge> = OnceLock::new();
    JUDGE.get_or_init(|| boxes(Policy::Strict))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exploring")
}

fn task(name: &str) -> TaskSpec {
    let read = |file: &str| fs::read_to_string(folder().join(name).join(file)).unwrap();
    let mut task: TaskSpec = toml::from_str(&read("task.toml")).unwrap();
    task.reference = Some(read("reference.rs"));
    task
}

fn answers(name: &str, kind: &str) -> Vec<(PathBuf, String)> {
    let mut found: Vec<_> = fs::read_dir(folder().join(name).join(kind))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect();
    assert!(!found.is_empty());
    found.sort();
    found
}

fn right_and_wrong(name: &str) {
    let task = task(name);
    let reference = judge().judge(&task, task.reference.as_deref().unwrap());
    assert_eq!(reference.verdict, Verdict::Accepted, "{:?}", reference.why);
    for (path, answer) in answers(name, "right") {
        let found = judge().judge(&task, &answer);
        assert_eq!(
            found.verdict,
            Verdict::Accepted,
            "{path:?}: {:?}",
            found.why
        );
    }
    for (path, answer) in answers(name, "wrong") {
        let found = judge().judge(&task, &answer);
        assert_eq!(found.verdict, Verdict::Wrong, "{path:?}: {:?}", found.why);
        let (named, lines) = named(&found);
        let first = answer.lines().next().unwrap();
        let wanted: Vec<&str> = first
            .strip_prefix("// found: ")
            .unwrap()
            .split(' ')
            .collect();
        let (numbers, kinds): (Vec<&str>, Vec<&str>) = wanted
            .into_iter()
            .partition(|word| word.parse::<u32>().is_ok());
        assert!(kinds.contains(&named.as_str()), "{path:?}: {named}");
        for number in numbers {
            assert!(
                lines.contains(&number.parse().unwrap()),
                "{path:?}: {lines:?}"
            );
        }
    }
}

/// What was found, in a word, and in which lines.
fn named(judgement: &Judgement) -> (String, Vec<u32>) {
    match &judgement.why {
        Why::Explored { finding, .. } => match &**finding {
            Finding::Failure { kind, lines, .. } => {
                let word = serde_json::to_value(kind).unwrap();
                (word.as_str().unwrap().to_owned(), lines.clone())
            }
            Finding::Leaves { lines, .. } => ("leaves".to_owned(), lines.clone()),
            Finding::Prints {
                never_right: true, ..
            } => ("never-right".to_owned(), Vec::new()),
            Finding::Prints { .. } => ("prints".to_owned(), Vec::new()),
            Finding::NeverPrints { .. } => ("never-prints".to_owned(), Vec::new()),
            Finding::Woken { lines, .. } => ("woken".to_owned(), lines.clone()),
        },
        why => panic!("{why:?}"),
    }
}

#[test]
fn two_locks_in_opposite_order_are_found() {
    right_and_wrong("transfer");
}

#[test]
fn an_update_that_is_lost_by_load_and_store_is_found() {
    right_and_wrong("count");
}

#[test]
fn an_if_where_a_while_is_needed_is_found() {
    right_and_wrong("take");
}

#[test]
fn an_if_that_only_a_spurious_wake_up_shows_is_found() {
    right_and_wrong("ready");
}

#[test]
fn a_teacher_may_leave_spurious_wake_ups_out_or_not_know_of_them() {
    let mut task = task("ready");
    let answer = fs::read_to_string(folder().join("ready/wrong/if_for_while.rs")).unwrap();
    // What the teacher's answer does is nobody's fault.
    task.reference = Some(answer.clone());
    let found = judge().judge(&task, &answer);
    assert_eq!(found.verdict, Verdict::Internal, "{:?}", found.why);
    let explore = task.checks[0].explore.as_mut().unwrap();
    explore.spurious_wakeups = false;
    let found = judge().judge(&task, &answer);
    assert_eq!(found.verdict, Verdict::Accepted, "{:?}", found.why);
}

#[test]
fn the_schedule_of_a_spurious_wake_up_shows_it() {
    let task = task("ready");
    let answer = fs::read_to_string(folder().join("ready/wrong/if_for_while.rs")).unwrap();
    let judgement = judge().judge(&task, &answer);
    let Why::Explored { finding, .. } = &judgement.why else {
        panic!("{:?}", judgement.why);
    };
    let schedule = finding.schedule().expect("a schedule");
    let Done::Replayed { happenings, .. } = replayed(&task, &answer, schedule) else {
        panic!("it cannot be replayed");
    };
    let early = |one: &explorer::Happening| matches!(one, explorer::Happening::Print { text, .. } if text == "open: false\n");
    assert!(happenings.iter().any(early), "{happenings:?}");
}

#[test]
fn outputs_are_those_of_the_reference_no_more_and_no_fewer() {
    right_and_wrong("report");
}

/// As in a notebook: the answer with the program around it is one program, and the schedule fits it.
fn replayed(task: &TaskSpec, answer: &str, schedule: &str) -> Done {
    let workshop = Workshop::at(&judge().toolchain().sysroot, &mut |_| {}).unwrap();
    let program = whole(
        &task.prelude,
        answer,
        task.checks[0].explore.as_ref().unwrap(),
    );
    let compiled = workshop
        .compile(&Source::cell(&program, Edition::E2024))
        .unwrap();
    let job = Job {
        libraries: Vec::new(),
        budget: Duration::from_secs(10),
        memory_bytes: 1 << 30,
        classes: None,
        question: Question::Replay(schedule.to_owned()),
        list: 0,
        ask: None,
        workers: 1,
        seal: Vec::new(),
        disturb: false,
    };
    let mut watch = Watch {
        progress: &mut |_, _| {},
        interrupted: &|| false,
    };
    workshop.explore(&[&compiled], job, &mut watch).unwrap()
}

#[test]
fn the_schedule_fits_the_program_that_a_student_pastes() {
    for (name, file) in [
        ("transfer", "opposite_locks.rs"),
        ("count", "load_and_store.rs"),
    ] {
        let task = task(name);
        let answer = fs::read_to_string(folder().join(name).join("wrong").join(file)).unwrap();
        let judgement = judge().judge(&task, &answer);
        let schedule = judgement.schedule.clone().expect("a schedule");
        assert_eq!(judgement.why.schedule(), Some(schedule.as_str()));
        let (kind, _) = named(&judgement);
        match replayed(&task, &answer, &schedule) {
            Done::Replayed { failures, .. } => {
                let again = failures
                    .iter()
                    .any(|failure| serde_json::to_value(failure.kind).unwrap() == kind.as_str());
                assert!(again, "{name}: {failures:?}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn the_schedule_of_a_program_that_is_left_ends_before_the_program_around() {
    let task = task("transfer");
    let answer = fs::read_to_string(folder().join("transfer/wrong/leaves_as_main.rs")).unwrap();
    let judgement = judge().judge(&task, &answer);
    let schedule = judgement.schedule.clone().expect("a schedule");
    match replayed(&task, &answer, &schedule) {
        Done::Replayed { happenings, .. } => {
            let left = |one: &explorer::Happening| match one {
                explorer::Happening::End { ending, .. } => *ending == explorer::Ending::Finished(3),
                _ => false,
            };
            assert!(happenings.iter().any(left), "{happenings:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_program_that_the_reference_leaves_may_be_left() {
    let mut task = task("count");
    let leaves = "fn count(_: u64, _: u64) -> u64 { std::process::exit(0) }";
    task.reference = Some(leaves.to_owned());
    let judgement = judge().judge(&task, leaves);
    assert_eq!(judgement.verdict, Verdict::Accepted, "{:?}", judgement.why);
}

#[test]
fn the_schedule_of_an_output_prints_it() {
    let task = task("report");
    let answer = fs::read_to_string(folder().join("report/wrong/not_joined.rs")).unwrap();
    let judgement = judge().judge(&task, &answer);
    let Why::Explored { finding, .. } = &judgement.why else {
        panic!("{:?}", judgement.why);
    };
    let Finding::Prints { text, schedule, .. } = &**finding else {
        panic!("{finding:?}");
    };
    assert_eq!(text, "right\nsum\n");
    let schedule = schedule.as_deref().expect("a schedule");
    match replayed(&task, &answer, schedule) {
        Done::Replayed { happenings, .. } => {
            let left = happenings.iter().position(
                |one| matches!(one, explorer::Happening::Print { text, .. } if text == "left\n"),
            );
            let end = happenings
                .iter()
                .position(|one| matches!(one, explorer::Happening::End { thread: 0, .. }))
                .expect("main ends");
            assert!(left.is_none_or(|left| left > end), "{happenings:?}");
        }
        other => panic!("{other:?}"),
    }
}

fn open(judgement: &Judgement) -> Open {
    assert_eq!(judgement.verdict, Verdict::Internal, "{:?}", judgement.why);
    match &judgement.why {
        Why::Unexplored { open, .. } => open.clone(),
        why => panic!("{why:?}"),
    }
}

const COUNTS: &str = "fn count(_: u64, _: u64) -> u64 { 0 }\n";

#[test]
fn what_the_model_does_not_know_is_no_fault_and_can_be_accepted() {
    for (extra, what) in [
        (
            "fn other() { let _ = std::fs::read(\"x\"); }",
            "std::fs::read",
        ),
        (
            "fn other() { let _ = std::process::Command::new(\"x\"); }",
            "std::process::Command",
        ),
        // The real atomics, which the model does not see.
        ("use core::sync::atomic::AtomicU8;", "core"),
        (
            "macro_rules! through { ($a:ident) => { use $a::sync::atomic::AtomicU8; } }\nthrough!(core);",
            "core",
        ),
    ] {
        let answer = format!("{COUNTS}{extra}");
        let mut task = task("count");
        match open(&judge().judge(&task, &answer)) {
            Open::NotModelled { what: found } => {
                assert!(found.iter().any(|one| one.contains(what)), "{found:?}");
            }
            other => panic!("{other:?}"),
        }
        let text = "main = 'fn main() { count(2, 2); }'\nor = 'accept'";
        task.checks[0].explore = Some(toml::from_str(text).unwrap());
        let judgement = judge().judge(&task, &answer);
        assert_eq!(judgement.verdict, Verdict::Accepted, "{:?}", judgement.why);
    }
}

#[test]
fn more_schedules_than_the_budget_has_time_for_are_no_fault() {
    let mut task = task("count");
    let main = "fn main() { count(6, 6); }";
    task.checks[0].explore =
        Some(toml::from_str(&format!("main = '{main}'\nbudget_ms = 50")).unwrap());
    let answer = fs::read_to_string(folder().join("count/right/compare_and_swap.rs")).unwrap();
    let found = open(&judge().judge(&task, &answer));
    assert_eq!(found, Open::Time { budget_ms: 50 });
}

#[test]
fn an_answer_that_polls_is_no_proof_and_no_fault() {
    let text = r#"
        id = "flag"
        reference = "fn wait(flag: &std::sync::atomic::AtomicBool) { while !flag.load(std::sync::atomic::Ordering::SeqCst) { std::thread::yield_now(); } }"
        [[checks]]
        explore = { main = "use std::sync::atomic::*; fn main() { let flag = AtomicBool::new(false); std::thread::scope(|s| { s.spawn(|| wait(&flag)); flag.store(true, Ordering::SeqCst); }); }" }
    "#;
    let task: TaskSpec = toml::from_str(text).unwrap();
    let judgement = judge().judge(&task, task.reference.as_deref().unwrap());
    assert_eq!(open(&judgement), Open::Bounded);
}

#[test]
fn a_reference_that_goes_wrong_itself_is_our_fault() {
    let mut task = task("transfer");
    let wrong = fs::read_to_string(folder().join("transfer/wrong/opposite_locks.rs")).unwrap();
    task.reference = Some(wrong.clone());
    let judgement = judge().judge(&task, &wrong);
    assert_eq!(judgement.verdict, Verdict::Internal);
    assert!(
        matches!(judgement.why, Why::Task { .. }),
        "{:?}",
        judgement.why
    );
}

#[test]
fn what_is_not_chosen_does_not_count() {
    let mut task = task("transfer");
    if let Some(explore) = &mut task.checks[0].explore {
        explore.failures = vec![explorer::FailureKind::LostUpdate];
    }
    let wrong = fs::read_to_string(folder().join("transfer/wrong/opposite_locks.rs")).unwrap();
    let judgement = judge().judge(&task, &wrong);
    assert_eq!(judgement.verdict, Verdict::Accepted, "{:?}", judgement.why);
}

#[test]
fn what_is_not_written_is_no_finding() {
    let task = task("count");
    let judgement = judge().judge(&task, "fn count(_: u64, _: u64) -> u64 { todo!() }");
    assert_eq!(
        judgement.verdict,
        Verdict::Incomplete,
        "{:?}",
        judgement.why
    );
    let missing = judge().judge(&task, "fn other() {}");
    assert_eq!(missing.verdict, Verdict::CompileError, "{:?}", missing.why);
}

/// Answers that would rather not be explored, or explore something else.
#[test]
fn hostile_answers_stay_in_the_model_and_in_their_box() {
    let task = task("count");
    let verdict = |answer: &str| {
        let judgement = judge().judge(&task, answer);
        (judgement.verdict, judgement.why)
    };
    // On its way out through the model a line is only a line.
    let forged = r#"fn count(_: u64, _: u64) -> u64 {
        println!("{{\"done\":{{\"stuck\":{{\"after\":{{\"secs\":1,\"nanos\":0}}}}}}}}");
        use std::io::Write;
        let _ = std::io::stdout().write_all(b"{\"done\":1}\n");
        use sync::atomic::{AtomicU64, Ordering};
        let n = sync::Arc::new(AtomicU64::new(0));
        let m = n.clone();
        let t = thread::spawn(move || { let x = m.load(Ordering::SeqCst); m.store(x + 1, Ordering::SeqCst); });
        let x = n.load(Ordering::SeqCst);
        n.store(x + 1, Ordering::SeqCst);
        t.join().unwrap();
        0
    }"#;
    let (found, why) = verdict(forged);
    assert_eq!(found, Verdict::Wrong, "{why:?}");
    // The program around uses std's names whatever the answer calls by them.
    let mut shadowed = task.clone();
    let main = r#"fn main() { assert_eq!(count(1, 1), 1); }"#;
    shadowed.checks[0].explore = Some(toml::from_str(&format!("main = '{main}'")).unwrap());
    let shadows =
        "macro_rules! nothing { ($($t:tt)*) => { () } }\npub(crate) use nothing as assert_eq;\n";
    let judgement = judge().judge(&shadowed, &format!("{shadows}{COUNTS}"));
    assert_eq!(judgement.verdict, Verdict::Wrong, "{:?}", judgement.why);
    // `unsafe` has been refused before anything of it was explored.
    for unsafely in [
        "fn f() { unsafe { std::hint::unreachable_unchecked() } }",
        "#[unsafe(no_mangle)] pub extern \"C\" fn weft_explored_main() {}",
        "#[unsafe(link_section = \".init_array\")] static X: extern \"C\" fn() = f; extern \"C\" fn f() {}",
    ] {
        let (found, why) = verdict(&format!("{COUNTS}{unsafely}"));
        assert_eq!(found, Verdict::CompileError, "{unsafely}: {why:?}");
    }
    // What is the facade's own exists for nobody else.
    let (found, why) = verdict(&format!("{COUNTS}::std::weft_entry!();"));
    assert_eq!(found, Verdict::CompileError, "{why:?}");
    // Endless work that is no matter of schedules.
    let (found, why) = verdict("fn count(_: u64, _: u64) -> u64 { loop {} }");
    assert_eq!(found, Verdict::TimeLimit, "{why:?}");
    // What eats its box ends with it, and nobody knows what else there was.
    let mut small = task.clone();
    if let Some(explore) = &mut small.checks[0].explore {
        explore.memory_mb = 64;
    }
    for eats in [
        "fn count(_: u64, _: u64) -> u64 { let mut all = Vec::new(); loop { all.push(vec![1u8; 1 << 20]); } }",
        "fn deep(n: u64) -> u64 { if n == 0 { 0 } else { std::hint::black_box(deep(n - 1)) + 1 } }\nfn count(_: u64, _: u64) -> u64 { deep(1 << 40) }",
    ] {
        let found = open(&judge().judge(&small, eats));
        assert!(
            matches!(found, Open::Memory { .. } | Open::Broke { .. }),
            "{eats}: {found:?}"
        );
    }
}

#[test]
fn a_judgement_that_explored_survives_the_way_to_a_ledger() {
    let task = task("count");
    let answer = fs::read_to_string(folder().join("count/wrong/load_and_store.rs")).unwrap();
    let mut judgement = judge().judge(&task, &answer);
    for run in &mut judgement.runs {
        // Not every number with decimals is read back to the last bit.
        (run.wall_ms, run.cpu_ms) = (3.5, 2.25);
    }
    let text = serde_json::to_string(&judgement).unwrap();
    assert_eq!(serde_json::from_str::<Judgement>(&text).unwrap(), judgement);
    let text = serde_json::to_string(&task).unwrap();
    assert_eq!(serde_json::from_str::<TaskSpec>(&text).unwrap(), task);
}

const EXPLORED: &str = r#"
[[task.judge.checks]]
title = "In every schedule"

[task.judge.checks.explore]
main = "fn main() { println!(\"{}\", doubled(3)); }"
same_outputs = true
"#;

const DEADLOCK: &str = "fn doubled(number: i64) -> i64 {
    let both = std::sync::Arc::new((std::sync::Mutex::new(number), std::sync::Mutex::new(2)));
    let there = both.clone();
    let thread = std::thread::spawn(move || {
        let two = there.1.lock().unwrap();
        let number = there.0.lock().unwrap();
        *number * *two
    });
    let number = both.0.lock().unwrap();
    let two = both.1.lock().unwrap();
    let product = *number * *two;
    drop((number, two));
    assert_eq!(thread.join().unwrap(), product);
    product
}";

/// A class whose first task is explored instead of asked.
fn explored_class(more: &str) -> Class {
    let mut class = Class::new();
    let folder = class.assignment.folder.clone();
    let path = folder.join("assignment.toml");
    let manifest = fs::read_to_string(&path).unwrap();
    let begin = manifest.find("[[task.judge.checks]]").unwrap();
    let end = begin + manifest[begin..].find("[[task]]").unwrap();
    let changed = format!(
        "{}{EXPLORED}{more}\n{}",
        &manifest[..begin],
        &manifest[end..]
    );
    fs::write(&path, changed).unwrap();
    fs::write(folder.join("wrong/doubled/deadlock.rs"), DEADLOCK).unwrap();
    class.assignment = Assignment::load(&folder).unwrap();
    class
}

#[test]
fn an_assignment_that_explores_is_proved_and_its_students_are_told() {
    let class = explored_class("");
    let options = CheckOptions { repeats: 2 };
    let proofs = assignment::check(&class.assignment, judge(), &options, |_| {}).unwrap();
    let refuted: Vec<_> = proofs.iter().filter(|proof| !proof.holds).collect();
    assert_eq!(refuted, Vec::<&assignment::Proof>::new());
    let wrong = |proof: &&assignment::Proof| proof.claim == Claim::WrongRejected;
    assert_eq!(proofs.iter().filter(wrong).count(), 2);

    class.answer("ada", DEADLOCK);
    class.answer("bob", "fn doubled(number: i64) -> i64 { number + 1 }");
    class.answer(
        "eve",
        "fn doubled(number: i64) -> i64 { if number == 77 { let _ = std::fs::read(\"x\"); } number * 2 }",
    );
    class.answer("zoe", "fn doubled(number: i64) -> i64 { number + number }");
    for language in Language::ALL {
        let options = GradeOptions {
            language,
            ..class.options()
        };
        grader::grade(&class.assignment, judge(), &options, &mut |_| {}).unwrap();
        let says = |file: &str, id: &str| {
            let page = class.read(&format!("students/{file}.md"));
            let said = messages::text(language, id);
            assert!(page.contains(&said), "{language} {file}: {said}\n{page}");
            page
        };
        let page = says("ada", "grading-explore-deadlock");
        assert!(page.contains("\n:replay 0x"), "{page}");
        assert!(page.contains("fn main() { println!"), "{page}");
        says("ada", "grading-explore-label-lines");
        let page = says("bob", "grading-explore-never-right");
        assert!(page.contains("```text\n4\n```"), "{page}");
        says("eve", "grading-explore-no-fault");
        for id in ["ada", "bob", "eve", "zoe"] {
            let page = class.read(&format!("students/{id}.html"));
            assert!(!page.contains("grading-"), "{page}");
        }
    }
    assert_eq!(class.verdict("ada"), (Some("Wrong".to_owned()), Some(0.0)));
    assert_eq!(class.verdict("bob"), (Some("Wrong".to_owned()), Some(0.0)));
    assert_eq!(class.verdict("eve"), (Some("Internal".to_owned()), None));
    assert_eq!(
        class.verdict("zoe"),
        (Some("Accepted".to_owned()), Some(2.0))
    );
    assert!(class.read("hand-open.csv").contains("eve,doubled"));
}

#[test]
fn a_program_that_is_not_shown_stays_hidden() {
    let class = explored_class("shown = false");
    class.answer("ada", DEADLOCK);
    class.answer("bob", "fn doubled(number: i64) -> i64 { number + 1 }");
    grader::grade(&class.assignment, judge(), &class.options(), &mut |_| {}).unwrap();
    for id in ["ada", "bob"] {
        for page in [format!("students/{id}.md"), format!("students/{id}.html")] {
            let page = class.read(&page);
            for hidden in [":replay", "println", "0x", "```text\n4\n```"] {
                assert!(!page.contains(hidden), "{hidden}: {page}");
            }
        }
    }
    let page = class.read("students/ada.md");
    assert!(page.contains(&messages::text(Language::En, "grading-explore-deadlock")));
}

#[test]
fn a_check_explores_or_asks_and_an_explored_task_is_safe() {
    let class = explored_class("");
    let path = class.assignment.folder.join("assignment.toml");
    let manifest = fs::read_to_string(&path).unwrap();
    for (from, to, says) in [
        (
            "title = \"In",
            "probe = \"1\"\ntitle = \"In",
            "has no probe",
        ),
        ("title = \"In", "repeats = 3\ntitle = \"In", "has no probe"),
        ("forbidden = ", "unsafe = true\nforbidden = ", "forge"),
        ("fn main()", "fn other()", "no `fn main`"),
        ("same_outputs", "equal_outputs", "unknown field"),
        ("same_outputs = true", "failures = [\"bugs\"]", "bugs"),
        ("same_outputs = true", "or = \"reject\"", "reject"),
        ("same_outputs = true", "failures = []", "neither"),
    ] {
        let changed = manifest.replacen(from, to, 1);
        assert_ne!(changed, manifest, "{from}");
        fs::write(&path, changed).unwrap();
        let error = Assignment::load(&class.assignment.folder)
            .unwrap_err()
            .to_string();
        assert!(error.contains(says), "{to}: {error}");
    }
}
