//! Programs with the course's own processes, as a student writes them, and what can happen in them.
mod common;

use common::{done, explored, job, source, text, texts, try_explored};
use explorer::job::{Done, Explored};
use explorer::{FailureKind, Verdict};
use std::collections::BTreeSet;
use std::process::Command;
use std::time::Duration;
use student::Error;

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
    siblings = "programs/processes/siblings.rs",
    static_counter = "programs/processes/static_counter.rs",
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
    ] {
        let found = possible(name);
        assert_eq!(found.verdict, Verdict::Proved, "{name}");
        assert_eq!(found.failures, [], "{name}");
        let possible: BTreeSet<&str> = texts(&found).into_iter().collect();
        assert_eq!(possible.len(), outputs, "{name}: {possible:#?}");
        for _ in 0..10 {
            let printed = printed(name);
            assert!(possible.contains(&*printed), "{name}: {printed}");
        }
    }
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
