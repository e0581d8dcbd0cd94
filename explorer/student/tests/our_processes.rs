//! Programs with the course's own processes, as a student writes them, and what can happen in them.
#[macro_use]
mod common;

use common::for_real::printed;
use common::{assert_replays, explored, not_modelled, possible, source, text, texts};
use explorer::{By, FailureKind, Verdict};
use std::collections::BTreeSet;
use student::{Edition, Source};

programs! {
    aborts = "programs/processes/aborts.rs",
    asked_then_killed = "programs/processes/asked_then_killed.rs",
    barrier = "programs/processes/barrier.rs",
    barrier_left = "programs/processes/barrier_left.rs",
    borrowed = "programs/processes/borrowed.rs",
    borrowed_deep = "programs/processes/borrowed_deep.rs",
    borrowed_pipe = "programs/processes/borrowed_pipe.rs",
    borrowed_together = "programs/processes/borrowed_together.rs",
    bytes = "programs/processes/bytes.rs",
    codes = "programs/processes/codes.rs",
    copies = "programs/processes/copies.rs",
    daemon = "programs/processes/daemon.rs",
    dishes = "programs/processes/dishes.rs",
    exits_signalled = "programs/processes/exits_signalled.rs",
    file_lock = "programs/processes/file_lock.rs",
    handed_over = "programs/processes/handed_over.rs",
    handed_over_late = "programs/processes/handed_over_late.rs",
    held_stdout = "programs/processes/held_stdout.rs",
    impatient = "programs/processes/impatient.rs",
    inherited_twice = "programs/processes/inherited_twice.rs",
    killed_owner = "programs/processes/killed_owner.rs",
    lines_of_threads = "programs/processes/lines_of_threads.rs",
    locked = "programs/processes/locked.rs",
    lost_text = "programs/processes/lost_text.rs",
    lost_update = "programs/processes/lost_update.rs",
    never_came = "programs/processes/never_came.rs",
    pipes = "programs/processes/pipes.rs",
    queue = "programs/processes/queue.rs",
    siblings = "programs/processes/siblings.rs",
    signalled = "programs/processes/signalled.rs",
    static_counter = "programs/processes/static_counter.rs",
    surface = "programs/processes/surface.rs",
    torn_lines = "programs/processes/torn_lines.rs",
    whole_lines = "programs/processes/whole_lines.rs",
}

#[test]
fn what_is_printed_for_real_is_among_what_can_be_printed() {
    for (name, outputs) in [
        ("static_counter", 1),
        ("copies", 1),
        ("codes", 1),
        ("siblings", 6),
        ("borrowed", 1),
        ("borrowed_deep", 1),
        ("borrowed_pipe", 1),
        ("borrowed_together", 2),
        ("locked", 1),
        ("lost_update", 2),
        ("queue", 2),
        ("pipes", 1),
        ("bytes", 1),
        ("handed_over", 2),
        ("handed_over_late", 3),
        ("barrier", 1),
        ("barrier_left", 1),
        ("never_came", 1),
        ("dishes", 1),
        ("file_lock", 8),
        ("signalled", 6),
        ("daemon", 3),
        ("killed_owner", 5),
        ("impatient", 10),
        ("inherited_twice", 2),
        ("exits_signalled", 3),
        ("asked_then_killed", 4),
        ("whole_lines", 6),
        ("torn_lines", 15),
        ("lost_text", 3),
        ("aborts", 1),
        ("held_stdout", 2),
        ("lines_of_threads", 5),
        ("surface", 1),
    ] {
        let found = possible(&format!("processes/{name}"));
        assert_eq!(found.verdict, Verdict::Proved, "{name}");
        let kinds: Vec<FailureKind> = found.failures.iter().map(|one| one.kind).collect();
        let expected: &[FailureKind] = match name {
            "lost_update" => &[FailureKind::LostUpdate],
            "file_lock" => &[FailureKind::Panic],
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
    assert_replays(&source, failure);
}

#[test]
fn who_takes_a_file_lock_a_second_time_waits_for_himself() {
    let source = text(
        "use exercises::process::FileLock;\nfn main() {\n let lock = FileLock::new().unwrap();\n \
         let _held = lock.lock().unwrap();\n println!(\"{}\", lock.try_lock().unwrap().is_none());\n \
         drop(lock.lock());\n}",
    );
    let found = explored(&source);
    assert_eq!(texts(&found), ["true\n"]);
    let failure = &found.failures[0];
    assert_eq!(
        (failure.kind, failure.lines[0].line),
        (FailureKind::Deadlock, 6)
    );
    assert_replays(&source, failure);
}

#[test]
fn a_lock_that_somebody_exited_with_is_left_to_the_next_who_is_told() {
    let found = explored(&text(
        "use exercises::process::{Lock, LockError, Process};\nfn main() {\n let lock = Lock::new().unwrap();\n \
         let mut child = Process::new(\"a\", {\n let lock = lock.clone();\n move || {\n \
         let _held = lock.lock().unwrap();\n std::process::exit(3);\n }\n });\n child.start().unwrap();\n \
         child.join().unwrap();\n println!(\"{}\", matches!(lock.lock(), Err(LockError::Abandoned(_))));\n}",
    ));
    assert_eq!(texts(&found), ["true\n"]);
    assert_eq!((found.verdict, found.failures.len()), (Verdict::Proved, 0));
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
            "use exercises::process::{Lock, Process};\nuse std::thread;\nfn main() {\n let lock = Lock::new().unwrap();\n let mut child = Process::new(\"a\", move || {\n thread::scope(|s| { s.spawn(|| drop(lock.lock())); println!(\"b\"); });\n });\n child.start().unwrap();\n child.terminate().unwrap();\n child.join().unwrap();\n}",
            "signal",
            6,
        ),
        (
            "use exercises::process::{Lock, Process};\nfn main() {\n let lock = Lock::new().unwrap();\n let mut child = Process::new(\"a\", || ());\n child.start().unwrap();\n child.terminate().unwrap();\n drop(lock.lock());\n child.join().unwrap();\n}",
            "signal",
            7,
        ),
        // Somebody else sent it, and is waited for.
        (
            "use exercises::process::{Process, Value};\nfn main() {\n let value = Value::new(0).unwrap();\n let mut child = Process::new(\"a\", { let value = value.clone(); move || value.set(1) });\n child.start().unwrap();\n let mut other = Process::borrowing(\"b\", || child.kill().unwrap());\n other.start().unwrap();\n other.join().unwrap();\n value.get();\n child.join().unwrap();\n}",
            "signal",
            9,
        ),
        (
            "use exercises::process::{Process, pipe};\nfn main() {\n let (_sender, receiver) = pipe::<u8>().unwrap();\n let mut child = Process::new(\"a\", move || {\n receiver.recv().unwrap();\n });\n child.start().unwrap();\n child.terminate().unwrap();\n child.join().unwrap();\n}",
            "signal",
            5,
        ),
        (
            "use exercises::process::Process;\nuse std::thread;\nfn main() {\n thread::spawn(|| ());\n let mut child = Process::new(\"a\", || ());\n child.start().unwrap();\n child.join().unwrap();\n}",
            "fork-beside-threads",
            6,
        ),
        (
            "use exercises::process::Process;\nuse std::thread;\nfn main() {\n let mut child = Process::new(\"a\", || {\n drop(thread::spawn(|| std::process::exit(1)).join());\n });\n child.start().unwrap();\n child.join().unwrap();\n}",
            "ended-by-thread",
            5,
        ),
        (
            "use exercises::process::{Event, Process};\nfn main() {\n let event = Event::new().unwrap();\n let mut child = Process::new(\"a\", {\n let event = event.clone();\n move || {\n if event.is_set() { event.clear(); }\n panic!(\"no\");\n }\n });\n child.start().unwrap();\n child.join().unwrap();\n}",
            "died-sharing",
            7,
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
fn a_task_that_is_never_done_is_a_deadlock_at_the_lines_that_wait_and_no_lost_wake_up() {
    let found = explored(&source("processes/forgotten"));
    assert_eq!(found.verdict, Verdict::Proved);
    let told = found.failures.iter().map(|failure| {
        let lines: Vec<u32> = failure.lines.iter().map(|at| at.line).collect();
        (failure.kind, lines)
    });
    let told: Vec<_> = told.collect();
    assert_eq!(told, [(FailureKind::Deadlock, vec![8, 17])]);
}
