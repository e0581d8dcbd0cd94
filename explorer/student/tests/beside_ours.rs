//! Programs with the course's own library, as a student writes them, and what can happen in them.
#[macro_use]
mod common;

use common::for_real::printed;
use common::{
    assert_replays, done, explored, job, not_modelled, possible, said_by_the_compiler, source,
    text, texts,
};
use explorer::job::Done;
use explorer::{Assumption, By, FailureKind, Verdict};
use std::collections::BTreeSet;
use std::time::Duration;
use student::{Edition, Source};

programs! {
    permits = "programs/ours/permits.rs",
    pool = "programs/ours/pool.rs",
    queue = "programs/ours/queue.rs",
    shop = "programs/ours/shop.rs",
    statics = "programs/ours/statics.rs",
    surface = "programs/ours/surface.rs",
    timer = "programs/ours/timer.rs",
}

#[test]
fn a_program_that_uses_all_of_it_prints_what_it_prints_for_real() {
    // Its classes are too many: what is found of them is enough.
    let found = explored(&source("ours/surface"));
    assert_eq!(texts(&found), [printed("surface")]);
    assert_eq!(found.failures, []);
}

#[test]
fn what_is_printed_for_real_is_among_what_can_be_printed() {
    for (name, outputs) in [
        ("permits", 2),
        ("pool", 2),
        ("queue", 5),
        ("shop", 24),
        ("statics", 2),
        ("timer", 3),
    ] {
        let found = possible(&format!("ours/{name}"));
        assert_eq!(found.verdict, Verdict::Proved, "{name}");
        assert_eq!(found.failures, [], "{name}");
        let possible: BTreeSet<&str> = texts(&found).into_iter().collect();
        assert_eq!(possible.len(), outputs, "{name}: {possible:#?}");
        for _ in 0..40 {
            let printed = printed(name);
            assert!(possible.contains(&*printed), "{name}: {printed}");
        }
    }
}

#[test]
fn a_semaphore_guarantees_an_order_at_the_line_that_waits() {
    let found = explored(&text(
        "use exercises::sync::Semaphore;\nuse std::thread;\nfn main() {\n let bread = Semaphore::new(0);\n \
         thread::scope(|s| {\n s.spawn(|| {\n bread.acquire();\n println!(\"eaten\");\n });\n \
         println!(\"baked\");\n bread.release();\n });\n}",
    ));
    assert_eq!(texts(&found), ["baked\neaten\n"]);
    let guaranteed = &found.guaranteed.told[0];
    assert_eq!(
        (&*guaranteed.before, &*guaranteed.after),
        ("baked", "eaten")
    );
    let cause = guaranteed.cause.as_ref().unwrap();
    assert_eq!(cause.line.as_ref().unwrap().line, 7);
    assert!(
        matches!(cause.by, By::Condition | By::Lock),
        "{:?}",
        cause.by
    );
}

#[test]
fn mistakes_are_found_with_the_students_lines_and_their_schedules_show_them() {
    for (name, kind, lines) in [
        ("two_locks", FailureKind::Deadlock, vec![6, 9, 14]),
        ("lost_wakeup", FailureKind::LostWakeup, vec![9, 14]),
        ("panics", FailureKind::Panic, vec![6]),
        ("panics", FailureKind::Panic, vec![11]),
    ] {
        let source = source(&format!("ours/{name}"));
        let found = explored(&source);
        assert_eq!(found.verdict, Verdict::Proved, "{name}");
        let told = |failure: &&explorer::Failure| {
            let at: Vec<u32> = failure.lines.iter().map(|at| at.line).collect();
            failure.kind == kind && at == lines
        };
        let failure = found.failures.iter().find(told);
        let failure = failure.unwrap_or_else(|| panic!("{name}: {:?}", found.failures));
        let file = format!("{name}.rs");
        assert!(
            failure.lines.iter().all(|at| at.file == file),
            "{failure:?}"
        );
        assert!(failure.waiting.iter().all(|one| one.at.file == file));
        assert_replays(&source, failure);
    }
}

#[test]
fn a_daemon_that_never_ends_is_followed_until_it_goes_round_in_a_circle() {
    let found = possible("ours/daemon");
    assert_eq!(found.verdict, Verdict::Bounded { bound: None });
    let polled = |one: &Assumption| matches!(one, Assumption::Polling { .. });
    assert!(
        found.assumptions.iter().any(polled),
        "{:?}",
        found.assumptions
    );
    assert_eq!(found.failures, []);
    let shown = texts(&found);
    assert!(shown.contains(&"beat\nwork\n[]\n"), "{shown:#?}");
    // Where it was waited for, it has begun.
    assert!(!shown.contains(&"work\n[]\n"), "{shown:#?}");
    assert!(shown.contains(&"work\n[\"heart\"]\n"), "{shown:#?}");
}

#[test]
fn a_permit_that_is_given_up_in_the_middle_does_no_harm() {
    let program = text(
        "use exercises::sync::Semaphore;\nuse std::sync::atomic::{AtomicUsize, Ordering};\nuse std::thread;\n\
         fn main() {\n let (permits, most) = (Semaphore::new(2), AtomicUsize::new(0));\n thread::scope(|s| {\n \
         for _ in 0..6 {\n s.spawn(|| {\n let _permit = permits.permit();\n \
         most.fetch_add(1, Ordering::SeqCst);\n most.fetch_sub(1, Ordering::SeqCst);\n });\n }\n });\n \
         println!(\"{}\", most.into_inner());\n}",
    );
    // Too many classes for a second: what follows gives executions up.
    let mut short = job();
    short.budget = Duration::from_secs(1);
    let Done::Explored { explored, .. } = done(&[&program], short).unwrap() else {
        panic!("it was not replayed");
    };
    assert_ne!(explored.verdict, Verdict::Proved);
    assert_eq!(texts(&explored), ["0\n"]);
    assert_eq!(explored.failures, []);
}

#[test]
fn what_has_no_model_is_named_with_its_line() {
    for (program, what, line) in [
        (
            "use std::thread;\n\nuse exercises::process::Manager;\nfn main() { let _: Option<Manager> = None; thread::yield_now(); }",
            "exercises::process::Manager",
            3,
        ),
        (
            "fn main() {\n let count = exercises::green::run(async { 1 });\n println!(\"{count:?}\");\n}",
            "exercises::green::run",
            2,
        ),
        (
            "use exercises::sync::Semaphore;\nuse exercises::broker::Broker;\nfn main() { let _: Option<Broker<u8, u8>> = None; Semaphore::new(1).acquire(); }",
            "exercises::broker",
            2,
        ),
        (
            "use exercises::gil::Gil;\nfn main() {\n println!(\"{}\", Gil::new().is_held());\n}",
            "Gil::is_held",
            3,
        ),
    ] {
        assert_eq!(
            not_modelled(program),
            [(what.to_owned(), line)],
            "{program}"
        );
    }
}

#[test]
fn mistakes_with_it_are_told_in_the_compilers_words() {
    for (program, words) in [
        (
            "use exercises::sync::Semafore;\nfn main() {}",
            ["E0432", "text.rs:1:5"],
        ),
        (
            "use exercises::sync::Semaphore;\nfn main() {\n Semaphore::new(\"no\").acquire();\n}",
            ["E0308", "text.rs:3:"],
        ),
    ] {
        let said = said_by_the_compiler(&text(program));
        for word in words {
            assert!(said.contains(word), "{word}: {said}");
        }
        assert!(!said.contains("stand_in"), "{said}");
    }
}

#[test]
fn a_cell_may_name_it_beside_the_foreign_ones() {
    let cell = "\nuse exercises::sync::Event;\nuse parking_lot::Mutex;\nuse std::thread;\nlet (go, count) = (Event::new(), Mutex::new(0));\nthread::scope(|s| {\n s.spawn(|| { go.wait(); println!(\"{}\", count.lock()); });\n *count.lock() = 1;\n go.set();\n});";
    let found = explored(&Source::cell(cell, Edition::E2024));
    assert_eq!(texts(&found), ["1\n"]);
    assert_eq!(found.verdict, Verdict::Proved);
    assert_eq!(found.failures, []);
}
