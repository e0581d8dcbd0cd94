//! Programs in plain std, as a student writes them, and what can happen in them.
mod common;

use common::{
    assert_replays, compared, done, explored, job, not_modelled, path, said_by_the_compiler,
    source, text, texts, try_explored, workshop,
};
use explorer::job::{Done, Explored, Job};
use explorer::{Answer, Ending, FailureKind, Relation, Verdict};
use std::process::Command;
use std::time::Duration;
use student::{Edition, Error, Source};

#[test]
fn the_table_holds_for_plain_std_code() {
    for (name, executions, outputs) in [
        ("table/unjoined", 1, "1570"),
        ("table/joined", 1, "90"),
        ("table/lost_update", 25, "3"),
        ("table/two_locks", 3, "2"),
        ("table/prints_in_a_lock", 20, "20"),
        ("table/sleeps", 1, "6"),
    ] {
        let found = explored(&source(name));
        assert_eq!(found.verdict, Verdict::Proved, "{name}");
        assert_eq!(
            (found.executions, found.outputs.as_deref()),
            (executions, Some(outputs)),
            "{name}"
        );
    }
}

#[test]
fn six_classic_bugs_are_found_with_their_lines_and_their_schedules_show_them() {
    for (name, kind, line) in [
        ("bugs/load_and_store", FailureKind::LostUpdate, 13),
        ("bugs/opposite_locks", FailureKind::Deadlock, 10),
        ("bugs/philosophers", FailureKind::Deadlock, 14),
        ("bugs/if_for_while", FailureKind::Panic, 16),
        ("bugs/check_then_act", FailureKind::Panic, 20),
        ("bugs/lost_wakeup", FailureKind::LostWakeup, 10),
    ] {
        let source = source(name);
        let found = explored(&source);
        assert_eq!(found.verdict, Verdict::Proved, "{name}");
        assert!(
            found.elapsed.as_millis() <= 50,
            "{name}: {:?}",
            found.elapsed
        );
        let failure = found
            .failures
            .iter()
            .find(|failure| failure.kind == kind)
            .unwrap_or_else(|| panic!("{name}: {:?}", found.failures));
        assert!(
            failure
                .lines
                .iter()
                .any(|at| at.line == line && at.file.ends_with(".rs")),
            "{name}: {failure:?}"
        );
        assert_replays(&source, failure);
    }
}

#[test]
fn statics_are_new_in_every_execution() {
    let found = explored(&source("statics/all"));
    assert!(found.executions > 1);
    assert_eq!(texts(&found), ["once\n9 ab 7\n"]);
    assert_eq!(found.failures, []);
}

#[test]
fn every_edition_is_explored() {
    for (edition, name) in [
        (Edition::E2018, "editions/e2018"),
        (Edition::E2021, "editions/e2021"),
        (Edition::E2024, "editions/e2024"),
    ] {
        let found = explored(&Source::read(&path(name), edition).unwrap());
        assert_eq!(texts(&found), ["true [1, 2]\n", "true [2, 1]\n"], "{name}");
    }
}

#[test]
fn an_edition_means_what_it_means_to_the_compiler() {
    let name = "fn main() { let r#gen = 1; let dyn_ = 2; println!(\"{}\", r#gen + dyn_); let gen = 3; println!(\"{}\", gen); }";
    let of = |edition| Source {
        edition,
        ..text(name)
    };
    assert_eq!(texts(&explored(&of(Edition::E2021))), ["3\n3\n"]);
    assert!(matches!(
        try_explored(&of(Edition::E2024)),
        Err(Error::DoesNotCompile { .. })
    ));
}

#[test]
fn a_program_that_uses_all_of_std_prints_what_it_prints_for_real() {
    let source = source("std/surface");
    let found = explored(&source);
    // One line of it asks for something that is not seen.
    let unseen: Vec<_> = source.remarks();
    let unseen: Vec<_> = unseen.iter().map(|one| (&*one.what, one.line)).collect();
    assert_eq!(unseen, [("Arc::upgrade", 62)]);
    assert_eq!(found.verdict, Verdict::Bounded { bound: None });
    assert_eq!(found.failures, []);
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("real");
    let compiled = Command::new("rustc")
        .args(["--edition", "2024", "-o"])
        .arg(&program)
        .arg(path("std/surface"))
        .status()
        .unwrap();
    assert!(compiled.success());
    let real = Command::new(&program)
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(texts(&found), [String::from_utf8(real.stdout).unwrap()]);
    assert_eq!(
        found.endings,
        [Ending::Finished(real.status.code().unwrap())]
    );
}

#[test]
fn the_lock_of_stdout_keeps_others_from_printing() {
    let held = explored(&source("stdout/held"));
    assert_eq!(texts(&held), ["a1\na2\nb1\nb2\n", "b1\nb2\na1\na2\n"]);
    let across = explored(&source("stdout/held_across_a_lock"));
    assert_eq!(
        texts(&across),
        [
            "begin\nend 1\nbegin\nend 2\nmain\n",
            "begin\nend 1\nmain\nbegin\nend 2\n",
            "main\nbegin\nend 1\nbegin\nend 2\n"
        ]
    );
    let deadlock = source("stdout/deadlock");
    let found = explored(&deadlock);
    let kinds: Vec<FailureKind> = found.failures.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [FailureKind::Deadlock]);
    assert_eq!(assert_replays(&deadlock, &found.failures[0]).len(), 1);
}

#[test]
fn a_question_is_answered_with_the_line_it_fails_at() {
    let mut asked = job();
    asked.ask = Some(["a1", "b1", "a2", "main"].map(str::to_owned).to_vec());
    let possible = done(&[&source("table/unjoined")], asked.clone()).unwrap();
    assert!(matches!(
        possible,
        Done::Explored { explored, .. } if matches!(explored.ask, Some(Answer::Possible { .. }))
    ));
    match done(&[&source("table/joined")], asked).unwrap() {
        Done::Explored { explored, .. } => assert_eq!(
            explored.ask,
            Some(Answer::Impossible {
                from_line: 4,
                could_be: vec!["b2".to_owned(), "c1".to_owned()],
                could_end: Vec::new()
            })
        ),
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_programs_are_compared_by_what_they_can_print() {
    for (one, other, relation) in [
        ("pairs/joined", "pairs/joined", Relation::Equal),
        (
            "pairs/joined",
            "pairs/unjoined",
            Relation::UnderSynchronised,
        ),
        ("pairs/joined", "pairs/in_order", Relation::OverSynchronised),
    ] {
        let comparison = compared(one, other).comparison.unwrap();
        assert_eq!(comparison.relation, relation, "{one} {other}");
    }
}

#[test]
fn of_two_programs_the_second_has_as_much_time_as_the_first() {
    // More classes than anybody waits for.
    let big = text(
        "use std::sync::{Arc, Mutex};\nuse std::thread;\nfn main() { let all: Arc<Mutex<Vec<usize>>> = Arc::default(); let threads: Vec<_> = (0..6).map(|name| { let all = Arc::clone(&all); thread::spawn(move || for _ in 0..4 { all.lock().unwrap().push(name); }) }).collect(); for thread in threads { thread.join().unwrap(); } }",
    );
    let job = Job {
        budget: Duration::from_secs(2),
        ..job()
    };
    match done(&[&big, &big], job).unwrap() {
        Done::Explored {
            explored,
            comparison: Some(compared),
        } => {
            let (one, other) = (explored.executions, compared.explored.executions);
            // Not the few there are before the first look at the clock. Others may be at work on this machine.
            assert!(other > one / 20, "{one} executions, then {other}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_crate_without_a_model_is_named_with_its_line() {
    for (program, name, line) in [
        (
            "use std::thread;\nuse rayon::prelude::*;\nfn main() { (0..3).into_par_iter().for_each(|i| println!(\"{i}\")); thread::yield_now(); }",
            "rayon",
            2,
        ),
        (
            "#[tokio::main]\nasync fn main() { println!(\"x\"); }",
            "tokio",
            1,
        ),
        (
            "fn main() {\n    let _ = rand::random::<u8>();\n}",
            "rand",
            2,
        ),
    ] {
        assert_eq!(not_modelled(program), [(name.to_owned(), line)]);
    }
    // That is a slip of the pen.
    let said = said_by_the_compiler(&text("use strd::thread;\nfn main() {}"));
    assert!(said.contains("strd"), "{said}");
}

#[test]
fn statements_of_a_cell_are_a_program() {
    let cell = "\nuse std::thread;\nlet one = thread::spawn(|| println!(\"one\"));\nprintln!(\"two\");\none.join().unwrap();\n40 + 2";
    let found = explored(&Source::cell(cell, Edition::E2024));
    assert_eq!(texts(&found), ["one\ntwo\n", "two\none\n"]);
    let whole = explored(&Source::cell(
        "fn main() { println!(\"whole\"); }",
        Edition::E2024,
    ));
    assert_eq!(texts(&whole), ["whole\n"]);
    let wrong = Source::cell("\n\nlet x: i32 = \"no\";", Edition::E2024);
    let said = said_by_the_compiler(&wrong);
    assert!(said.contains("cell.rs:3:14"), "{said}");
}

#[test]
fn what_is_not_modelled_is_named_with_its_line() {
    for (program, what, line) in [
        (
            "use std::fs::File;\nfn main() { let _ = File::open(\"x\"); }",
            "std::fs::File",
            1,
        ),
        (
            "fn main() {\n    let _ = std::fs::read(\"x\");\n}",
            "std::fs::read",
            2,
        ),
        (
            "use std::process::{exit, Command};\nfn main() { let _ = Command::new(\"x\"); exit(0) }",
            "std::process::Command",
            1,
        ),
        (
            "fn main() {\n\n    let _ = std::net::TcpListener::bind(\"127.0.0.1:0\");\n}",
            "std::net::TcpListener::bind",
            3,
        ),
        (
            "fn main() { std::panic::set_hook(Box::new(|_| {})); }",
            "std::panic::set_hook",
            1,
        ),
        (
            "use std::io;\nfn main() {\n let _ = io::pipe(); }",
            "io::pipe",
            3,
        ),
        (
            "use std::sync::Once;\nfn main() {\n let once = Once::new();\n once.call_once(|| {});\n once.wait();\n}",
            "Once::wait",
            5,
        ),
    ] {
        let found = not_modelled(program);
        assert!(
            found.contains(&(what.to_owned(), line)),
            "{program}: {found:?}"
        );
    }
}

#[test]
fn mistakes_are_told_in_the_compilers_words_on_their_lines() {
    let said = said_by_the_compiler(&source("hostile/does_not_compile"));
    assert!(said.contains("does_not_compile.rs:1:26"), "{said}");
    assert!(said.contains("E0308"), "{said}");
    assert!(!said.contains("weft"), "{said}");
}

#[test]
fn modules_in_other_files_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let main = folder.path().join("main.rs");
    std::fs::write(&main, "mod other;\nfn main() { other::say(); }").unwrap();
    std::fs::write(
        folder.path().join("other.rs"),
        "pub fn say() { println!(\"{}\", super::other::word()); }\nfn word() -> &'static str { \"hi\" }",
    )
    .unwrap();
    let found = explored(&Source::read(&main, Edition::E2024).unwrap());
    assert_eq!(texts(&found), ["hi\n"]);
}

#[test]
fn a_static_mut_that_nothing_orders_is_a_race() {
    let racing = explored(&source("plain/race"));
    let races: Vec<_> = racing
        .failures
        .iter()
        .map(|failure| (failure.kind, failure.lines[0].line))
        .collect();
    assert_eq!(races, [(FailureKind::DataRace, 9)]);
    let locked = explored(&source("plain/locked"));
    assert_eq!(locked.failures, []);
    assert_eq!(texts(&locked), ["2\n"]);
    // Where a reference is taken it is as invisible as before, and still explored.
    let pointed = text(
        "static mut N: [u8; 2] = [0; 2];\nfn main() { unsafe { N[0] = 1; let n = &raw const N; println!(\"{}\", (*n)[0]); } }",
    );
    assert_eq!(pointed.remarks()[0].what, "static mut N");
    assert_eq!(texts(&explored(&pointed)), ["1\n"]);
}

/// What is told of a program that does this between the beginning and the join of a thread that holds a clone.
fn with_a_clone(code: &str) -> (Explored, Vec<(String, u32)>) {
    let program = text(&format!(
        "use std::sync::Arc;\nuse std::thread;\nfn main() {{\nlet a = Arc::new(1);\nlet b = a.clone();\nlet t = thread::spawn(move || println!(\"b {{b}}\"));\n{code}\nt.join().unwrap();\n}}"
    ));
    let compiled = workshop().compile(&program).unwrap();
    let remarks = compiled.remarks().iter();
    let named = remarks.map(|one| (one.what.clone(), one.line)).collect();
    (explored(&program), named)
}

#[test]
fn what_depends_on_something_unseen_is_never_called_proved() {
    for (code, what) in [
        (
            "println!(\"{}\", Arc::strong_count(&a));",
            "Arc::strong_count",
        ),
        (
            "let n = Arc::strong_count(&a); println!(\"{n}\");",
            "Arc::strong_count",
        ),
        (
            "println!(\"{}\", Arc::try_unwrap(a).is_ok());",
            "Arc::try_unwrap",
        ),
        (
            "let mut a = a; println!(\"{}\", Arc::get_mut(&mut a).is_some());",
            "Arc::get_mut",
        ),
        (
            "let w = Arc::downgrade(&a); drop(a); println!(\"{:?}\", w.upgrade());",
            "Arc::upgrade",
        ),
        (
            "let m = std::collections::HashMap::from([(a, 1)]); println!(\"{m:?}\");",
            "HashMap",
        ),
        (
            "static N: core::sync::atomic::AtomicU8 = core::sync::atomic::AtomicU8::new(1); drop(&N);",
            "core::sync",
        ),
        ("println!(\"{}\", unsafe { *Arc::as_ptr(&a) });", "unsafe"),
    ] {
        let (found, named) = with_a_clone(code);
        assert_eq!(named, [(what.to_owned(), 7)], "{code}");
        assert_eq!(found.verdict, Verdict::Bounded { bound: None }, "{code}");
        assert!(!found.list.is_empty(), "{code}");
    }
    let (found, named) = with_a_clone("println!(\"a {}\", Arc::clone(&a));");
    assert_eq!(named, []);
    assert_eq!(found.verdict, Verdict::Proved);
    assert_eq!(texts(&found), ["a 1\nb 1\n", "b 1\na 1\n"]);
}

#[test]
fn who_drops_what_is_shared_last_is_not_seen() {
    let program = |shared: &str| {
        text(&format!(
            "use std::sync::Arc;\nuse std::thread;\nstruct Loud;\nimpl Drop for Loud {{ fn drop(&mut self) {{ println!(\"dropped\"); }} }}\nfn main() {{ let loud = Loud; let a = {shared}; let b = a.clone(); let t = thread::spawn(move || {{ let _b = b; println!(\"t\"); }}); drop(a); t.join().unwrap(); }}"
        ))
    };
    let shared = explored(&program("Arc::new(loud)"));
    assert_eq!(shared.verdict, Verdict::Bounded { bound: None });
    let own = explored(&program("Arc::new(1)"));
    assert_eq!(own.verdict, Verdict::Proved);
    assert_eq!(texts(&own), ["t\ndropped\n"]);
}

#[test]
fn unsafe_lines_are_named_and_nothing_is_proved_with_them() {
    let program = text(
        "use std::cell::UnsafeCell;\nuse std::thread;\nstruct Cell(UnsafeCell<i32>);\nunsafe impl Sync for Cell {}\nstatic CELL: Cell = Cell(UnsafeCell::new(0));\nfn add() {\nlet v = unsafe { *CELL.0.get() };\nthread::yield_now();\nunsafe { *CELL.0.get() = v + 1 };\n}\nfn main() { let t = thread::spawn(add); add(); t.join().unwrap(); println!(\"{}\", unsafe { *CELL.0.get() }); }",
    );
    let named: Vec<_> = program.remarks();
    let named: Vec<_> = named.iter().map(|one| (&*one.what, one.line)).collect();
    assert_eq!(named, [("unsafe impl Sync", 4), ("unsafe", 7)]);
    let found = explored(&program);
    assert_eq!(found.verdict, Verdict::Bounded { bound: None });
}

#[test]
fn a_mark_of_the_encoding_and_a_line_for_the_shell_hide_nothing() {
    let program = "static mut N: i32 = 0;\nfn main() { let t = std::thread::spawn(|| unsafe { N += 1 });\nunsafe { N += 1; }\nt.join().unwrap(); }";
    for before in ["\u{feff}", "#!/usr/bin/env run\n"] {
        let found = explored(&text(&format!("{before}{program}")));
        let races = found.failures.iter();
        let races: Vec<_> = races
            .filter(|failure| failure.kind == FailureKind::DataRace)
            .map(|failure| failure.lines.iter().map(|at| at.line).collect::<Vec<_>>())
            .collect();
        let first = before.matches('\n').count() as u32;
        assert_eq!(races, [[2 + first, 3 + first]], "{before}");
    }
}

#[test]
fn a_deadlock_is_found_whatever_the_programs_destructors_do() {
    for (name, line) in [
        ("destructors/joined_when_dropped", 20),
        ("destructors/pool", 51),
        ("destructors/told_when_dropped", 23),
    ] {
        let found = explored(&source(name));
        assert_eq!(found.verdict, Verdict::Proved, "{name}");
        let deadlock = found.failures.iter();
        let deadlock: Vec<_> = deadlock
            .filter(|one| one.kind == FailureKind::Deadlock)
            .collect();
        assert!(!deadlock.is_empty(), "{name}: {:?}", found.failures);
        let stands = |at: &explorer::Line| at.line == line;
        assert!(
            deadlock.iter().any(|one| one.lines.iter().any(stands)),
            "{name}: {deadlock:?}"
        );
        assert!(found.endings.contains(&Ending::Deadlock), "{name}");
    }
}

#[test]
fn a_thread_that_stands_still_in_a_destructor_while_it_panics_is_a_deadlock() {
    let found = explored(&source("destructors/stuck_while_panicking"));
    let kinds: Vec<_> = found.failures.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [FailureKind::Deadlock, FailureKind::Panic]);
    assert_eq!(found.verdict, Verdict::Proved);
}

#[test]
fn a_lost_update_of_a_static_mut_is_among_the_outputs() {
    let adding = |body: &str| {
        text(&format!(
            "static mut COUNT: i32 = 0;\nfn add() {{ unsafe {{ {body} }} }}\nfn main() {{ let t = std::thread::spawn(|| {{ add(); add(); }}); add(); t.join().unwrap(); println!(\"{{}}\", unsafe {{ COUNT }}); }}"
        ))
    };
    for body in [
        "COUNT += 1;",
        "let now = COUNT; std::thread::yield_now(); COUNT = now + 1;",
    ] {
        let program = adding(body);
        let found = explored(&program);
        assert_eq!(program.remarks(), []);
        assert_eq!(found.verdict, Verdict::Proved, "{body}");
        assert_eq!(texts(&found), ["1\n", "2\n", "3\n"], "{body}");
        assert!(
            found
                .failures
                .iter()
                .all(|one| one.kind == FailureKind::DataRace)
        );
        let mut asked = job();
        asked.ask = Some(vec!["1".to_owned()]);
        assert!(matches!(
            done(&[&program], asked).unwrap(),
            Done::Explored { explored, .. } if matches!(explored.ask, Some(Answer::Possible { .. }))
        ));
    }
}
