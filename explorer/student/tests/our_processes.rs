//! Programs with the course's own processes, as a student writes them, and what can happen in them.
mod common;

use common::{done, explored, job, source, text, texts, try_explored};
use explorer::job::{Done, Explored, Question};
use explorer::{By, FailureKind, Verdict};
use std::collections::BTreeSet;
use std::process::Command;
use std::time::Duration;
use student::{Edition, Error, Source};

/// Programs that are both explored and run.
macro_rules! programs {
    ($($name:ident = $path:literal,)*) => {
        $(
            #[path = $path]
            mod $name;
        )*

        fn run(name: &str) {
            match name {
                $(stringify!($name) => $name::main(),)*
                other => panic!("{other}"),
            }
        }
    };
}

programs! {
    codes = "programs/processes/codes.rs",
    copies = "programs/processes/copies.rs",
    locked = "programs/processes/locked.rs",
    lost_update = "programs/processes/lost_update.rs",
    pipes = "programs/processes/pipes.rs",
    queue = "programs/processes/queue.rs",
    siblings = "programs/processes/siblings.rs",
    static_counter = "programs/processes/static_counter.rs",
    surface = "programs/processes/surface.rs",
}

/// Which of them is run.
const WHICH: &str = "WEFT_RUNS_FOR_REAL";
/// What comes before its output.
const BEGINS: &str = "<begins>\n";

#[test]
#[ignore = "a program of the other tests, in a process of its own"]
fn for_real() {
    print!("{BEGINS}");
    // On the first thread, which a child's is a copy of.
    run(&std::env::var(WHICH).unwrap());
    std::process::exit(0);
}

/// What a program prints when it is run.
fn printed(name: &str) -> String {
    let run = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "for_real",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(WHICH, name)
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
    let all = String::from_utf8(run.stdout).unwrap();
    all.split_once(BEGINS).unwrap().1.to_owned()
}

/// All that it can print, by the explorer.
fn possible(name: &str) -> Explored {
    let mut all = job();
    (all.list, all.budget) = (100, Duration::from_secs(60));
    match done(&[&source(&format!("processes/{name}"))], all).unwrap() {
        Done::Explored { explored, .. } => *explored,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_printed_for_real_is_among_what_can_be_printed() {
    for (name, outputs) in [
        ("static_counter", 1),
        ("copies", 1),
        ("codes", 1),
        ("siblings", 6),
        ("locked", 1),
        ("lost_update", 2),
        ("queue", 2),
        ("pipes", 1),
        ("surface", 1),
    ] {
        let found = possible(name);
        assert_eq!(found.verdict, Verdict::Proved, "{name}");
        let kinds: Vec<FailureKind> = found.failures.iter().map(|one| one.kind).collect();
        let expected: &[FailureKind] = match name {
            "lost_update" => &[FailureKind::LostUpdate],
            _ => &[],
        };
        assert_eq!(kinds, expected, "{name}: {:?}", found.failures);
        let possible: BTreeSet<&str> = texts(&found).into_iter().collect();
        assert_eq!(possible.len(), outputs, "{name}: {possible:#?}");
        for _ in 0..10 {
            let printed = printed(name);
            assert!(possible.contains(&*printed), "{name}: {printed}");
        }
    }
}

#[test]
fn processes_that_wait_for_each_others_locks_are_told_with_lines_and_shown_again() {
    let source = source("processes/two_locks");
    let found = explored(&source);
    assert_eq!(found.verdict, Verdict::Proved);
    let failure = &found.failures[0];
    let lines: Vec<u32> = failure.lines.iter().map(|at| at.line).collect();
    assert_eq!((failure.kind, lines), (FailureKind::Deadlock, vec![9, 14]));
    let mut again = job();
    again.question = Question::Replay(failure.schedule.clone());
    assert!(matches!(
        done(&[&source], again).unwrap(),
        Done::Replayed { failures, .. } if failures.iter().any(|one| one.signature() == failure.signature())
    ));
}

#[test]
fn a_lost_update_between_processes_is_told_with_its_lines() {
    let found = explored(&source("processes/lost_update"));
    let lines: Vec<u32> = found.failures[0].lines.iter().map(|at| at.line).collect();
    assert_eq!(lines, [8, 9]);
}

#[test]
fn a_child_that_panics_is_a_failure_with_its_line_and_ends_with_one() {
    let found = explored(&source("processes/panics"));
    assert_eq!(texts(&found), ["Some(1)\n"]);
    let lines: Vec<u32> = found.failures[0].lines.iter().map(|at| at.line).collect();
    assert_eq!(
        (found.failures[0].kind, lines),
        (FailureKind::Panic, vec![6])
    );
}

#[test]
fn a_wait_for_a_condition_between_processes_ends_by_a_notification_alone() {
    let found = explored(&text(
        "use exercises::process::{Condition, Process};\nfn main() {\n let full = Condition::new().unwrap();\n \
         let guard = full.lock().unwrap();\n let mut child = Process::new(\"child\", {\n let full = full.clone();\n \
         move || {\n println!(\"child\");\n full.lock().unwrap().notify_all();\n }\n });\n child.start().unwrap();\n \
         drop(guard.wait().unwrap());\n println!(\"main\");\n child.join().unwrap();\n}",
    ));
    assert_eq!(texts(&found), ["child\nmain\n"]);
    assert_eq!((found.verdict, found.failures.len()), (Verdict::Proved, 0));
    assert!(found.spurious.is_none_or(|one| !one.is_harmful()));
}

#[test]
fn a_cell_may_start_processes_and_is_told_that_waiting_for_them_orders_the_lines() {
    let cell = "\nuse exercises::process::Process;\nlet mut child = Process::new(\"child\", || println!(\"in the child\"));\nchild.start().unwrap();\nchild.join().unwrap();\nprintln!(\"joined\");";
    let found = explored(&Source::cell(cell, Edition::E2024));
    assert_eq!(texts(&found), ["in the child\njoined\n"]);
    assert_eq!((found.verdict, found.failures.len()), (Verdict::Proved, 0));
    let cause = found.guaranteed.told[0].cause.as_ref().unwrap();
    assert_eq!(
        (cause.by, cause.line.as_ref().unwrap().line),
        (By::Process, 5)
    );
}

#[test]
fn what_has_no_model_is_named_with_its_line() {
    for (program, what, line) in [
        (
            "use exercises::process::Process;\nfn main() {\n let mut child = Process::new(\"a\", || ());\n child.start().unwrap();\n}",
            "nobody-waits",
            4,
        ),
        (
            "use exercises::process::Process;\nfn main() {\n let mut child = Process::new(\"a\", || ());\n child.start().unwrap();\n child.terminate().unwrap();\n child.join().unwrap();\n}",
            "signal",
            5,
        ),
        (
            "use exercises::process::Process;\nuse std::thread;\nfn main() {\n thread::spawn(|| ());\n let mut child = Process::new(\"a\", || ());\n child.start().unwrap();\n child.join().unwrap();\n}",
            "fork-beside-threads",
            6,
        ),
        (
            "use exercises::process::Process;\nfn main() {\n let mut own = 1;\n let mut child = Process::borrowing(\"a\", || own += 1);\n child.start().unwrap();\n child.join().unwrap();\n drop(child);\n println!(\"{own}\");\n}",
            "borrowing",
            5,
        ),
        (
            "use exercises::process::{Event, Process};\nfn main() {\n let event = Event::new().unwrap();\n let mut child = Process::new(\"a\", {\n let event = event.clone();\n move || {\n if event.is_set() { event.clear(); }\n panic!(\"no\");\n }\n });\n child.start().unwrap();\n child.join().unwrap();\n}",
            "died-sharing",
            7,
        ),
        (
            "use exercises::process::Process;\nfn main() {\n let mut child = Process::new(\"a\", || ()).daemon(true);\n child.start().unwrap();\n}",
            "daemon",
            4,
        ),
    ] {
        match try_explored(&text(program)) {
            Err(Error::NotModelled { what: found }) => {
                let found: Vec<_> = found
                    .iter()
                    .map(|one| (one.what.as_str(), one.line))
                    .collect();
                assert_eq!(found, [(what, line)], "{program}");
            }
            other => panic!("{program}: {other:?}"),
        }
    }
}
