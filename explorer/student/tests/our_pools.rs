//! Programs with pools of processes of the course's own library, and what can happen in them.
#[macro_use]
mod common;

use common::for_real::printed;
use common::{assert_replays, explored, not_modelled, possible, text, texts};
use explorer::{FailureKind, Verdict};
use std::collections::BTreeSet;
use student::{Edition, Source};

programs! {
    pool = "programs/processes/pool.rs",
    pool_both_exit = "programs/processes/pool_both_exit.rs",
    pool_copies = "programs/processes/pool_copies.rs",
    pool_exits = "programs/processes/pool_exits.rs",
    pool_panics = "programs/processes/pool_panics.rs",
    workers = "programs/processes/workers.rs",
    workers_dropped = "programs/processes/workers_dropped.rs",
    workers_fail = "programs/processes/workers_fail.rs",
    workers_surface = "programs/processes/workers_surface.rs",
}

#[test]
fn what_is_printed_for_real_is_among_what_can_be_printed() {
    for (name, outputs) in [
        ("pool", 18),
        ("pool_both_exit", 2),
        ("pool_copies", 6),
        ("pool_exits", 6),
        ("pool_panics", 15),
        ("workers", 8),
        ("workers_dropped", 7),
        ("workers_fail", 3),
        ("workers_surface", 1),
    ] {
        let found = possible(&format!("processes/{name}"));
        assert_eq!(found.verdict, Verdict::Proved, "{name}");
        assert_eq!(found.failures, [], "{name}");
        let possible: BTreeSet<&str> = texts(&found).into_iter().collect();
        assert_eq!(possible.len(), outputs, "{name}: {possible:#?}");
        for _ in 0..20 {
            let printed = printed(name);
            assert!(possible.contains(&*printed), "{name}: {printed}");
        }
    }
}

/// Two workers, each of which takes the next of three inputs or says who has done the one it took.
fn by_two_workers(next: usize, taken: [Option<usize>; 2], said: &str, all: &mut BTreeSet<String>) {
    if next == 3 && taken == [None; 2] {
        all.insert(format!("{said}[1, 4, 9]\n"));
    }
    for worker in 0..2 {
        let mut after = taken;
        if let Some(input) = taken[worker] {
            after[worker] = None;
            let said = format!("{said}{} by Worker-{}\n", input + 1, worker + 1);
            by_two_workers(next, after, &said, all);
        } else if next < 3 {
            after[worker] = Some(next);
            by_two_workers(next + 1, after, said, all);
        }
    }
}

#[test]
fn exactly_the_orders_are_found_in_which_workers_can_take_the_next_input() {
    let found = possible("processes/pool");
    let found: BTreeSet<String> = texts(&found).into_iter().map(str::to_owned).collect();
    let mut all = BTreeSet::new();
    by_two_workers(0, [None; 2], "", &mut all);
    assert_eq!(found, all);
}

#[test]
fn a_pool_whose_workers_print_nothing_has_a_class_for_each_way_to_share_the_inputs() {
    for (inputs, classes) in [("[1, 2, 3]", 8), ("[1, 2, 3, 4]", 16), ("[1]", 1)] {
        let cell = format!(
            "use exercises::process::Pool;\nprintln!(\"{{:?}}\", Pool::map(2, &{inputs}, |x| x * x).unwrap().len());"
        );
        let found = explored(&Source::cell(&cell, Edition::E2024));
        assert_eq!(found.verdict, Verdict::Proved);
        assert_eq!((found.classes, found.list.len()), (classes, 1), "{inputs}");
    }
}

#[test]
fn a_task_that_is_given_while_another_thread_closes_the_pool_is_done_or_refused() {
    let found = explored(&text(
        "use exercises::process::Pool;\nuse std::thread;\nfn main() {\n let pool = Pool::new(1, |n: &u32| *n).unwrap();\n \
         thread::scope(|s| {\n s.spawn(|| pool.close());\n println!(\"{}\", pool.apply(1).is_ok());\n });\n \
         pool.join().unwrap();\n}",
    ));
    assert_eq!(texts(&found), ["false\n", "true\n"]);
    assert_eq!((found.verdict, found.failures.len()), (Verdict::Proved, 0));
}

#[test]
fn of_two_workers_that_exit_the_first_is_told_unless_only_the_second_has_ended() {
    let found = explored(&text(
        "use exercises::process::{Pool, PoolError};\nfn main() {\n let answer = Pool::map(2, &[1, 2], |n: &i32| -> u32 \
         { std::process::exit(*n) });\n match answer {\n Err(PoolError::Died { pid, status }) => \
         println!(\"{pid} {status:?}\"),\n other => println!(\"{other:?}\"),\n }\n}",
    ));
    assert_eq!(
        texts(&found),
        [
            "1001 Code(1)\n",
            "1001 Code(2)\n",
            "1002 Code(1)\n",
            "1002 Code(2)\n"
        ]
    );
}

#[test]
fn a_pool_that_waits_for_who_called_it_is_a_deadlock_with_both_lines() {
    let source = text(
        "use exercises::process::{Lock, Pool};\nfn main() {\n let lock = Lock::new().unwrap();\n \
         let _held = lock.lock().unwrap();\n let done = Pool::map(1, &[1], |n: &u32| {\n drop(lock.lock().unwrap());\n \
         *n\n });\n println!(\"{done:?}\");\n}",
    );
    let found = explored(&source);
    assert_eq!(found.verdict, Verdict::Proved);
    let failure = &found.failures[0];
    let lines: Vec<u32> = failure.lines.iter().map(|at| at.line).collect();
    assert_eq!((failure.kind, lines), (FailureKind::Deadlock, vec![5, 6]));
    assert_replays(&source, failure);
}

#[test]
fn a_worker_that_is_ended_with_a_lock_leaves_it_to_the_next_who_is_told() {
    let found = explored(&text(
        "use exercises::process::{Lock, Pool};\nfn main() {\n let lock = Lock::new().unwrap();\n let its_lock = lock.clone();\n \
         let pool = Pool::new(1, move |_: &u32| drop(its_lock.lock())).unwrap();\n let task = pool.apply_async(0);\n \
         pool.terminate();\n pool.join().unwrap();\n drop(task);\n println!(\"{}\", lock.lock().is_ok());\n}",
    ));
    assert_eq!(texts(&found), ["false\n", "true\n"]);
    assert_eq!((found.verdict, found.failures), (Verdict::Proved, vec![]));
}

#[test]
fn an_update_that_workers_lose_is_told_with_its_lines() {
    let source = text(
        "use exercises::process::{Pool, Value};\nfn main() {\n let sum = Value::new(0u32).unwrap();\n \
         Pool::map(2, &[1, 2], |n: &u32| {\n let before = sum.get();\n sum.set(before + n);\n }).unwrap();\n \
         println!(\"{}\", sum.get());\n}",
    );
    let found = explored(&source);
    assert_eq!(texts(&found), ["1\n", "2\n", "3\n"]);
    assert_eq!(found.verdict, Verdict::Proved);
    let lines: Vec<u32> = found.failures[0].lines.iter().map(|at| at.line).collect();
    assert_eq!(
        (found.failures[0].kind, lines),
        (FailureKind::LostUpdate, vec![5, 6])
    );
}

#[test]
fn what_has_no_model_of_pools_is_named_with_its_line() {
    for (program, what, line) in [
        // It would be replaced.
        (
            "use exercises::process::Pool;\nfn main() {\n let pool = Pool::new(1, |_: &u32| std::process::exit(2)).unwrap();\n println!(\"{}\", pool.apply(0).map(|_: u32| ()).is_err());\n}",
            "died-sharing",
            3,
        ),
        // Its workers are killed, and whoever waits for the event is told.
        (
            "use exercises::process::{Event, Pool};\nfn main() {\n let event = Event::new().unwrap();\n let pool = Pool::new(1, move |_: &u32| event.set()).unwrap();\n println!(\"{:?}\", pool.apply(0).is_ok());\n}",
            "died-sharing",
            4,
        ),
        // It is ended while it waits for something else.
        (
            "use exercises::process::{Lock, Pool};\nfn main() {\n let lock = Lock::new().unwrap();\n let _held = lock.lock().unwrap();\n let done = Pool::map(2, &[0, 1], |n: &u32| {\n assert_ne!(*n, 0);\n drop(lock.lock());\n });\n println!(\"{}\", done.is_err());\n}",
            "signal",
            7,
        ),
        (
            "use exercises::process::{Pool, Process};\nfn main() {\n let pool = Pool::new(1, |n: &u32| *n).unwrap();\n let mut child = Process::new(\"a\", || ());\n child.start().unwrap();\n child.join().unwrap();\n drop(pool);\n}",
            "fork-beside-threads",
            5,
        ),
    ] {
        assert_eq!(
            not_modelled(program),
            [(what.to_owned(), line)],
            "{program}"
        );
    }
}
