//! Several processes that explore one program: their answer is that of one, and their end is no other.
mod common;

use common::{job, text, workshop};
use explorer::job::{Done, Explored, Question};
use explorer::{FailureKind, Happening, Limit, Verdict};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use student::{Error, Watch};

/// More than this machine may have cores.
const WORKERS: usize = 3;

/// They begin to help after so many executions.
const ALONE: u64 = 2_000;

const LONGEST: Duration = Duration::from_secs(60);

/// Explores with so many workers; `watch` is called now and then.
fn explored_by(
    workers: usize,
    program: &str,
    memory_bytes: u64,
    watch: &dyn Fn() -> bool,
) -> Result<Explored, Error> {
    let compiled = workshop().compile(&text(program)).unwrap();
    let mut job = job();
    job.workers = workers;
    job.budget = LONGEST;
    job.memory_bytes = memory_bytes;
    let mut watch = Watch {
        progress: &mut |_, _| {},
        interrupted: &|| watch(),
    };
    match workshop().explore(&[&compiled], job, &mut watch)? {
        Done::Explored { explored, .. } => Ok(*explored),
        other => panic!("{other:?}"),
    }
}

fn by_all(program: &str) -> Result<Explored, Error> {
    explored_by(WORKERS, program, 1 << 30, &|| false)
}

/// Three threads that note their names, four times each: 34,650 orders. What stands at the end happens in one of them,
/// which is not met before others help.
fn late(what: &str) -> String {
    let program = r#"
use std::sync::Mutex;
use std::thread;
#[allow(dead_code)]
unsafe extern "C" { fn fork() -> i32; fn abort() -> !; }
static ORDER: Mutex<Vec<usize>> = Mutex::new(Vec::new());
fn main() {
    let threads: Vec<_> = (0..3)
        .map(|name| thread::spawn(move || for _ in 0..4 { ORDER.lock().unwrap().push(name); }))
        .collect();
    for thread in threads { thread.join().unwrap(); }
    let order = ORDER.lock().unwrap().clone();
    if order == [2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0] { WHAT }
    println!("{}{}", order[0], order[11]);
}
"#;
    program.replace("WHAT", what)
}

/// The processes that explore for this one, by their groups.
fn groups() -> HashMap<u32, usize> {
    let own = std::process::id();
    let mut parents = HashMap::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Some(number) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // The name may hold anything but ends with the last parenthesis.
        let Some((_, rest)) = stat.rsplit_once(") ") else {
            continue;
        };
        let mut fields = rest
            .split(' ')
            .skip(1)
            .map_while(|field| field.parse::<u32>().ok());
        if let (Some(parent), Some(group)) = (fields.next(), fields.next()) {
            parents.insert(number, (parent, group));
        }
    }
    let mut sizes = HashMap::new();
    for &(_, group) in parents.values() {
        if parents
            .get(&group)
            .is_some_and(|&(parent, _)| parent == own)
        {
            *sizes.entry(group).or_default() += 1;
        }
    }
    sizes
}

/// What is said, but for how long it took: executions in which everything was asleep count differently too.
fn said(mut explored: Explored) -> serde_json::Value {
    assert!(explored.executions > ALONE, "too small to be shared");
    explored.elapsed = Duration::ZERO;
    explored.executions = 0;
    serde_json::to_value(explored).unwrap()
}

#[test]
fn several_processes_answer_as_one_does() {
    let lost_updates = r#"
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
static TOTAL: AtomicUsize = AtomicUsize::new(10);
fn main() {
    let threads: Vec<_> = (0..3)
        .map(|name| thread::spawn(move || {
            for _ in 0..2 { let before = TOTAL.load(SeqCst); TOTAL.store(before + 1, SeqCst); }
            println!("{name}");
        }))
        .collect();
    for thread in threads { thread.join().unwrap(); }
    let total = TOTAL.load(SeqCst);
    assert!(total > 12, "two");
    println!("{total}");
}
"#;
    let wrong_one_woken = r#"
use std::sync::{Condvar, Mutex};
use std::thread;
static QUEUE: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());
static CHANGED: Condvar = Condvar::new();
fn main() {
    let producers: Vec<_> = (0..2)
        .map(|producer| thread::spawn(move || for item in 0..2 {
            let mut queue = QUEUE.lock().unwrap();
            while queue.len() == 1 { queue = CHANGED.wait(queue).unwrap(); }
            queue.push((producer, item));
            CHANGED.notify_one();
        }))
        .collect();
    for _ in 0..4 {
        let mut queue = QUEUE.lock().unwrap();
        while queue.is_empty() { queue = CHANGED.wait(queue).unwrap(); }
        let (producer, item) = queue.remove(0);
        println!("{producer}.{item}");
        CHANGED.notify_one();
    }
    for producer in producers { producer.join().unwrap(); }
}
"#;
    let kinds = [FailureKind::Panic, FailureKind::Deadlock];
    for (program, kind) in [lost_updates, wrong_one_woken].into_iter().zip(kinds) {
        let one = explored_by(1, program, 1 << 30, &|| false).unwrap();
        assert_eq!(one.verdict, Verdict::Proved);
        assert!(
            one.failures.iter().any(|failure| failure.kind == kind),
            "{:?}",
            one.failures
        );
        let several = by_all(program).unwrap();
        assert_eq!(said(several), said(one));
    }
    let one = explored_by(1, &late("panic!(\"late\")"), 1 << 30, &|| false).unwrap();
    assert_eq!(one.classes, 34_650);
    assert_eq!(said(by_all(&late("panic!(\"late\")")).unwrap()), said(one));
}

#[test]
fn two_programs_that_are_not_small_are_compared_by_all() {
    let sources = [late("print!(\"x\")"), late("")].map(|program| text(&program));
    let compare = |workers| {
        let mut job = job();
        job.workers = workers;
        job.budget = LONGEST;
        match common::done(&sources.each_ref(), job).unwrap() {
            Done::Explored {
                explored,
                comparison: Some(compared),
            } => (
                said(*explored),
                said(compared.explored),
                format!("{:?}", compared.comparison),
            ),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(compare(WORKERS), compare(1));
}

#[test]
fn what_only_one_of_two_programs_can_print_has_a_schedule_whoever_met_it() {
    // 11,550 orders, most of whose lines are first met after others have begun to help, now by one, now by another.
    let many_lines = |what| {
        late(what)
            .replace("0..4 {", "0..4 - name / 2 {")
            .replace("\"{}{}\", order[0], order[11]", "\"{order:?}\"")
    };
    let last =
        many_lines("print!(\"x\")").replace("[2, 2, 2, 2, 1, 1, 1, 1,", "[2, 2, 2, 1, 1, 1, 1,");
    let sources = [many_lines(""), last].map(|program| text(&program));
    let mut job = job();
    job.workers = WORKERS;
    job.budget = LONGEST;
    let compared = match common::done(&sources.each_ref(), job.clone()).unwrap() {
        Done::Explored {
            comparison: Some(compared),
            ..
        } => compared,
        other => panic!("{other:?}"),
    };
    assert!(compared.explored.executions > ALONE);
    let only = compared.comparison.unwrap().only_program.unwrap();
    assert!(only.text.starts_with('x'), "{only:?}");
    job.question = Question::Replay(compared.schedule.unwrap());
    match common::done(&[&sources[1]], job).unwrap() {
        Done::Replayed { happenings, .. } => {
            let printed = happenings.iter().filter_map(|happening| match happening {
                Happening::Print { text, .. } => Some(text.as_str()),
                _ => None,
            });
            assert_eq!(printed.collect::<String>(), only.text);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_interrupt_gives_what_all_of_them_have_found() {
    let all = std::cell::Cell::new(0);
    let begun = Instant::now();
    // More classes than anybody waits for.
    let program = late("").replace("0..4", "0..40");
    let found = explored_by(WORKERS, &program, 1 << 30, &|| {
        all.set(groups().into_values().fold(all.get(), usize::max));
        // The one that is asked, the one they are forked from, and they.
        all.get() >= WORKERS + 2 || begun.elapsed() > LONGEST / 2
    })
    .unwrap();
    assert_eq!(all.get(), WORKERS + 2);
    assert!(begun.elapsed() < LONGEST, "{:?}", begun.elapsed());
    assert!(matches!(found.verdict, Verdict::Sampled { .. }));
    assert!(found.executions > 0);
}

#[test]
fn what_a_program_does_to_a_helper_is_told_as_if_there_was_one_process() {
    for what in [
        "unsafe { std::ptr::null_mut::<u8>().write_volatile(1) }",
        "unsafe { if fork() < 0 { abort(); } else { loop {} } }",
    ] {
        let alone = explored_by(1, &late(what), 1 << 30, &|| false).unwrap_err();
        let together = by_all(&late(what)).unwrap_err();
        assert_eq!(format!("{together:?}"), format!("{alone:?}"));
        assert!(matches!(alone, Error::Crashed { .. }), "{alone:?}");
    }
    let endless = by_all(&late("loop {}")).unwrap_err();
    assert!(matches!(endless, Error::Stuck { .. }), "{endless:?}");
    let huge = by_all(&late("drop(vec![1u8; 1 << 40])")).unwrap_err();
    assert!(matches!(huge, Error::OutOfMemory { .. }), "{huge:?}");
}

#[test]
fn memory_is_bounded_for_all_of_them_together() {
    // What a static points to is not freed between executions.
    let program = late("").replace(
        "let order =",
        "ORDER.lock().unwrap().extend([7; 4096]); let order =",
    );
    let program = program.replace("0..4", "0..40");
    for workers in [1, WORKERS] {
        let found = explored_by(workers, &program, 100 << 20, &|| false).unwrap();
        assert!(found.executions > ALONE);
        assert!(matches!(found.verdict, Verdict::Sampled { .. }));
        assert_eq!(found.limit, Some(Limit::Interrupted), "{found:?}");
    }
}
