//! Programs with crossbeam and parking_lot, as a student writes them, and what can happen in them.
mod common;

use common::{
    assert_replays, compared, explored, not_modelled, path, said_by_the_compiler, source, text,
    texts,
};
use explorer::{FailureKind, Relation, Verdict};
use std::process::Command;
use student::{Edition, Source};

#[test]
fn a_program_that_uses_all_of_it_prints_what_it_prints_for_real() {
    let found = explored(&source("beside/surface"));
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    file(
        "Cargo.toml",
        "[package]\nname = \"real\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         crossbeam = \"0.8.5\"\ncrossbeam-channel = \"0.5.17\"\ncrossbeam-utils = \"0.8.23\"\n\
         parking_lot = \"0.13.0\"\n[[bin]]\nname = \"real\"\npath = \"main.rs\"\n",
    );
    file(
        "main.rs",
        &std::fs::read_to_string(path("beside/surface")).unwrap(),
    );
    let real = |more: &[&str]| {
        Command::new("cargo")
            .args(["run", "--quiet"])
            .args(more)
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", folder.path().join("target"))
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap()
    };
    // What Weft is built of is at hand.
    let mut run = real(&["--offline"]);
    if !run.status.success() {
        run = real(&[]);
    }
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let shown = texts(&found);
    assert!(
        shown.contains(&said.as_str()),
        "for real:\n{said}\nexplored:\n{}",
        shown.join("\n----\n")
    );
}

#[test]
fn workers_share_a_channel() {
    let found = explored(&source("beside/pool"));
    assert_eq!(found.verdict, Verdict::Proved);
    assert_eq!(found.failures, []);
    let mut shown = texts(&found);
    shown.sort_unstable();
    assert_eq!(
        shown,
        [
            "[(\"a\", \"one\"), (\"a\", \"two\")]\n",
            "[(\"a\", \"one\"), (\"b\", \"two\")]\n",
            "[(\"b\", \"one\"), (\"a\", \"two\")]\n",
            "[(\"b\", \"one\"), (\"b\", \"two\")]\n",
        ]
    );
}

#[test]
fn mistakes_are_found_with_their_lines_and_their_schedules_show_them() {
    for (name, kind, lines) in [
        ("beside/two_locks", FailureKind::Deadlock, [10, 14]),
        ("beside/lost_wakeup", FailureKind::LostWakeup, [11, 8]),
    ] {
        let source = source(name);
        let found = explored(&source);
        assert_eq!(found.verdict, Verdict::Proved, "{name}");
        let failure = found
            .failures
            .iter()
            .find(|failure| failure.kind == kind)
            .unwrap_or_else(|| panic!("{name}: {:?}", found.failures));
        for line in lines {
            let told = failure.lines.iter().any(|at| at.line == line);
            assert!(told, "{name}: {line}: {failure:?}");
        }
        assert!(failure.lines.iter().all(|at| at.file.ends_with(".rs")));
        assert_replays(&source, failure);
    }
}

#[test]
fn the_same_program_with_std_can_print_the_same() {
    for (one, other) in [
        ("beside/counter_std", "beside/counter_parking_lot"),
        ("beside/producers_std", "beside/producers_crossbeam"),
    ] {
        let found = compared(one, other);
        assert_eq!(found.explored.verdict, Verdict::Proved, "{other}");
        assert_eq!(
            found.comparison.unwrap().relation,
            Relation::Equal,
            "{one} {other}"
        );
        assert_ne!(found.explored.outputs.as_deref(), Some("1"), "{other}");
    }
}

#[test]
fn what_has_no_model_is_named_with_its_line() {
    for (program, what, line) in [
        (
            "use crossbeam::channel::{select, unbounded};\nfn main() {\n let (_s, r) = unbounded::<u8>();\n select! { recv(r) -> n => println!(\"{n:?}\"), default => {} }\n}",
            "crossbeam::channel::select",
            1,
        ),
        (
            "fn main() {\n let (_s, r) = crossbeam_channel::unbounded::<u8>();\n crossbeam_channel::select! { recv(r) -> n => println!(\"{n:?}\") }\n}",
            "crossbeam_channel::select!",
            3,
        ),
        (
            "use crossbeam_channel::after;\nfn main() { let _ = after(std::time::Duration::ZERO).recv(); }",
            "crossbeam_channel::after",
            1,
        ),
        (
            "use crossbeam::deque::Worker;\nfn main() { Worker::new_fifo().push(1); }",
            "crossbeam::deque",
            1,
        ),
        (
            "use crossbeam::channel;\nuse std::time::Duration;\nfn main() {\n let (s, _r) = channel::bounded(0);\n let _ = s.send_timeout(1, Duration::ZERO);\n}",
            "Sender::send_timeout",
            5,
        ),
        (
            "fn main() {\n let lock = parking_lot::RwLock::new(1);\n println!(\"{}\", lock.upgradable_read());\n}",
            "RwLock::upgradable_read",
            3,
        ),
        (
            "use parking_lot::{Mutex, MutexGuard};\nfn main() {\n let lock = Mutex::new((1, 2));\n let one = MutexGuard::map(lock.lock(), |pair| &mut pair.0);\n println!(\"{one}\");\n}",
            "MutexGuard::map",
            4,
        ),
        (
            "use parking_lot::FairMutex;\nfn main() { println!(\"{}\", FairMutex::new(1).lock()); }",
            "parking_lot::FairMutex",
            1,
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
fn mistakes_with_them_are_told_in_the_compilers_words() {
    for (program, words) in [
        (
            "use crossbeam::chanel;\nfn main() {}",
            ["E0432", "text.rs:1:5"],
        ),
        (
            "fn main() {\n let n: u8 = *parking_lot::Mutex::new(\"no\").lock();\n}",
            ["E0308", "text.rs:2:"],
        ),
    ] {
        let said = said_by_the_compiler(&text(program));
        for word in words {
            assert!(said.contains(word), "{word}: {said}");
        }
        assert!(!said.contains("facade"), "{said}");
    }
}

#[test]
fn a_module_of_ones_own_with_such_a_name_is_ones_own() {
    let own = "mod parking_lot {\n pub struct Mutex;\n}\nuse parking_lot::Mutex;\nfn main() {\n let _ = Mutex;\n println!(\"own\");\n}";
    assert_eq!(texts(&explored(&text(own))), ["own\n"]);
}

#[test]
fn a_module_in_another_file_may_name_them() {
    let folder = tempfile::tempdir().unwrap();
    let main = folder.path().join("main.rs");
    std::fs::write(&main, "mod other;\nfn main() { other::say(); }").unwrap();
    std::fs::write(
        folder.path().join("other.rs"),
        "use parking_lot::Mutex;\npub fn say() { println!(\"{}\", Mutex::new(3).lock()); }",
    )
    .unwrap();
    let found = explored(&Source::read(&main, Edition::E2024).unwrap());
    assert_eq!(texts(&found), ["3\n"]);
}

#[test]
fn a_cell_may_name_them() {
    let cell = "\nuse parking_lot::Mutex;\nlet count = Mutex::new(0);\ncrossbeam::scope(|s| { for n in 1..=2 { let count = &count; s.spawn(move |_| *count.lock() += n); } }).unwrap();\nprintln!(\"{count:?}\");";
    let found = explored(&Source::cell(cell, Edition::E2021));
    assert_eq!(texts(&found), ["Mutex { data: 3 }\n"]);
    assert_eq!(found.failures, []);
}
