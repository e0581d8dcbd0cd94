//! Programs that do not mean well, or know no better: each ends in a plain answer, and soon.
mod common;

use common::{explored, job, source, text, texts, try_explored, workshop};
use explorer::job::{Done, Explored, Job, Question};
use explorer::{Ending, FailureKind, Spent, Verdict};
use std::time::{Duration, Instant};
use student::{Error, Watch};

/// Nothing here may take longer, compiling and a busy machine included.
const LONGEST: Duration = Duration::from_secs(60);

fn refused(name: &str) -> Error {
    workshop();
    let begun = Instant::now();
    let error = try_explored(&source(name)).unwrap_err();
    assert!(begun.elapsed() < LONGEST, "{name}: {:?}", begun.elapsed());
    error
}

#[test]
fn a_loop_without_operations_is_noticed() {
    assert!(matches!(
        refused("hostile/endless_loop"),
        Error::Stuck { .. }
    ));
    assert!(matches!(
        refused("hostile/endless_thread"),
        Error::Stuck { .. }
    ));
}

#[test]
fn memory_is_bounded() {
    assert!(matches!(refused("hostile/huge"), Error::OutOfMemory { .. }));
    // Whichever comes first on a busy machine.
    assert!(matches!(
        refused("hostile/growing"),
        Error::OutOfMemory { .. } | Error::Stuck { .. }
    ));
}

#[test]
fn crashes_are_told() {
    for name in [
        "segfault",
        "recursion",
        "fork_bomb",
        "own_panic_while_panicking",
    ] {
        let error = refused(&format!("hostile/{name}"));
        assert!(matches!(error, Error::Crashed { .. }), "{name}: {error:?}");
    }
}

#[test]
fn an_abort_and_an_exit_are_ends_like_others() {
    let aborted = explored(&source("hostile/abort"));
    assert_eq!(texts(&aborted), ["before\n"]);
    assert_eq!(aborted.endings, [Ending::Finished(134)]);
    let left = explored(&source("hostile/exit_in_a_thread"));
    assert_eq!(left.endings, [Ending::Finished(7)]);
    assert_eq!(texts(&left), ["", "main\n"]);
}

#[test]
fn a_million_prints_end() {
    match try_explored(&source("hostile/million_prints")) {
        Ok(found) => assert_ne!(found.verdict, Verdict::Proved),
        Err(error) => assert!(
            matches!(error, Error::OutOfMemory { .. } | Error::Overdue { .. }),
            "{error:?}"
        ),
    }
}

#[test]
fn threads_without_end_are_never_called_proved() {
    let found = explored(&source("hostile/endless_threads"));
    assert_ne!(found.verdict, Verdict::Proved);
}

#[test]
fn files_cannot_be_read() {
    assert!(matches!(
        refused("hostile/reads_a_file"),
        Error::NotModelled { .. }
    ));
}

#[test]
fn what_is_written_behind_our_back_is_no_answer() {
    let found = explored(&source("hostile/raw_write"));
    assert_eq!(texts(&found), ["real\n"]);
}

#[test]
fn constants_that_never_end_are_a_mistake_of_the_program() {
    assert!(matches!(
        refused("hostile/constant"),
        Error::DoesNotCompile { .. }
    ));
    assert!(matches!(
        refused("hostile/empty"),
        Error::DoesNotCompile { .. }
    ));
}

#[test]
fn what_a_program_says_of_the_compiler_does_not_change_it() {
    let nested = format!(
        "fn main() {{ {}1{}; }}",
        "(".repeat(30_000),
        ")".repeat(30_000)
    );
    assert!(matches!(
        try_explored(&text(&nested)),
        Err(Error::DoesNotCompile { .. })
    ));
}

#[test]
fn an_interrupt_ends_the_compilers() {
    // A constant that takes a minute or more.
    let slow = "#![allow(long_running_const_eval)]\nconst fn sum(n: u64) -> u64 { let (mut i, mut sum) = (0, 0); while i < n { sum += i % 7; i += 1; } sum }\nconst SUM: u64 = sum(1_000_000_000_000);\nfn main() { println!(\"{SUM}\"); }";
    workshop();
    let begun = Instant::now();
    let late = || begun.elapsed() > Duration::from_millis(500);
    let outcome = workshop().compile_unless(&text(slow), &late);
    assert!(matches!(outcome, Err(Error::Interrupted)), "{outcome:?}");
}

#[test]
fn an_interrupt_gives_what_was_found_so_far() {
    // More classes than anybody waits for.
    let program = "use std::sync::{Arc, Mutex};\nuse std::thread;\nfn main() { let all: Arc<Mutex<Vec<usize>>> = Arc::default(); let threads: Vec<_> = (0..6).map(|name| { let all = Arc::clone(&all); thread::spawn(move || for _ in 0..4 { all.lock().unwrap().push(name); }) }).collect(); for thread in threads { thread.join().unwrap(); } }";
    let compiled = workshop().compile(&text(program)).unwrap();
    let begun = Instant::now();
    let mut job = job();
    job.budget = LONGEST;
    job.question = Question::Explore;
    let mut watch = Watch {
        progress: &mut |_, _| {},
        interrupted: &|| begun.elapsed() > Duration::from_millis(500),
    };
    let done = workshop().explore(&[&compiled], job, &mut watch);
    assert!(begun.elapsed() < LONGEST / 2, "{:?}", begun.elapsed());
    match done {
        Ok(explorer::job::Done::Explored { explored, .. }) => {
            assert!(
                matches!(explored.verdict, Verdict::Sampled { .. }),
                "{explored:?}"
            );
            assert!(explored.executions > 0);
        }
        other => panic!("{other:?}"),
    }
}

/// Ten threads that print as they like, which has one class and more outputs than can be counted; then two locks in
/// opposite order.
const PRINTS_AND_A_DEADLOCK: &str = "use std::sync::{Arc, Mutex};
use std::thread;
fn main() {
    let all: Vec<_> = (0..10)
        .map(|name| thread::spawn(move || for line in 0..5 { println!(\"{name} {line}\"); }))
        .collect();
    for one in all { one.join().unwrap(); }
    let (a, b) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let (a2, b2) = (a.clone(), b.clone());
    let other = thread::spawn(move || { let _a = a2.lock().unwrap(); let _b = b2.lock().unwrap(); });
    { let _b = b.lock().unwrap(); let _a = a.lock().unwrap(); }
    other.join().unwrap();
}";

/// What was found though its outputs could not be worked out.
fn found_all_the_same(job: Job, interrupted: &dyn Fn() -> bool) -> Explored {
    let compiled = workshop().compile(&text(PRINTS_AND_A_DEADLOCK)).unwrap();
    let mut watch = Watch {
        progress: &mut |_, _| {},
        interrupted,
    };
    match workshop().explore(&[&compiled], job, &mut watch) {
        Ok(Done::Explored { explored, .. }) => {
            let deadlock = |failure: &explorer::Failure| failure.kind == FailureKind::Deadlock;
            assert!(explored.failures.iter().any(deadlock), "{explored:?}");
            assert_eq!(explored.outputs, None);
            *explored
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_interrupt_while_outputs_are_counted_keeps_what_was_found() {
    workshop();
    let begun = Instant::now();
    let job = Job {
        budget: LONGEST,
        // So that an interrupt comes first.
        memory_bytes: 8 << 30,
        ..job()
    };
    let found = found_all_the_same(job, &|| begun.elapsed() > Duration::from_secs(2));
    assert_eq!(found.cut_short, Some(Spent::Interrupted));
}

#[test]
fn too_little_memory_for_the_outputs_keeps_what_was_found() {
    let job = Job {
        budget: LONGEST,
        memory_bytes: 256 << 20,
        ..job()
    };
    let found = found_all_the_same(job, &|| false);
    assert_eq!(found.cut_short, Some(Spent::Memory));
    assert_eq!(found.verdict, Verdict::Proved);
}

#[test]
fn too_little_time_for_the_outputs_keeps_what_was_found() {
    let job = Job {
        budget: Duration::from_secs(1),
        memory_bytes: 8 << 30,
        ..job()
    };
    let found = found_all_the_same(job, &|| false);
    assert_eq!(found.cut_short, Some(Spent::Time));
}

#[test]
fn an_interrupt_keeps_a_deadlock_that_was_found_among_many_classes() {
    let program = "use std::sync::{Arc, Mutex};
use std::thread;
fn main() {
    let (a, b) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let (a2, b2) = (a.clone(), b.clone());
    let other = thread::spawn(move || { let _a = a2.lock().unwrap(); let _b = b2.lock().unwrap(); });
    { let _b = b.lock().unwrap(); let _a = a.lock().unwrap(); }
    other.join().unwrap();
    let all: Vec<_> = (0..6).map(|name| { let a = a.clone(); thread::spawn(move || for line in 0..4 { let mut sum = a.lock().unwrap(); *sum += 1; println!(\"{name} {line} {sum}\"); }) }).collect();
    for one in all { one.join().unwrap(); }
}";
    let compiled = workshop().compile(&text(program)).unwrap();
    let begun = Instant::now();
    let job = Job {
        budget: LONGEST,
        ..job()
    };
    let mut watch = Watch {
        progress: &mut |_, _| {},
        interrupted: &|| begun.elapsed() > Duration::from_secs(3),
    };
    match workshop().explore(&[&compiled], job, &mut watch) {
        Ok(Done::Explored { explored, .. }) => {
            assert_ne!(explored.verdict, Verdict::Proved);
            let deadlock = |failure: &explorer::Failure| failure.kind == FailureKind::Deadlock;
            assert!(explored.failures.iter().any(deadlock), "{explored:?}");
        }
        other => panic!("{other:?}"),
    }
}
