//! Bounds of every kind: preemptions, time, classes, memory, somebody who interrupts; and several processes.
use explorer::dependence::Dependence;
use explorer::model::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use explorer::model::sync::{Arc, Mutex};
use explorer::model::{println, thread};
use explorer::{
    Exploration, FailureKind, Limit, Phase, Settings, Standing, Verdict, explore, explore_watched,
};
use std::time::Duration;

fn texts(exploration: &Exploration) -> Vec<String> {
    let outputs = exploration.outputs.as_ref().unwrap();
    outputs.list(99).into_iter().map(|one| one.text).collect()
}

/// So many threads add by load and store, twice each.
fn lost_update(threads: usize) {
    let total = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..threads)
        .map(|_| {
            let total = Arc::clone(&total);
            thread::spawn(move || {
                for _ in 0..2 {
                    let before = total.load(SeqCst);
                    total.store(before + 1, SeqCst);
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    println!("{}", total.load(SeqCst));
}

/// Two threads take a mutex `times` times each: (2 times choose times) classes.
fn counting(times: usize) {
    let lock = Arc::new(Mutex::new(0));
    let threads: Vec<_> = (0..2)
        .map(|number| {
            let lock = Arc::clone(&lock);
            thread::spawn(move || {
                for _ in 0..times {
                    *lock.lock().unwrap() += number;
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn two_lost_updates_need_one_preemption_and_one_alone_needs_two() {
    let with = |preemptions| {
        let settings = Settings {
            preemptions: Some(preemptions),
            ..Settings::default()
        };
        explore(&|| lost_update(2), &settings)
    };
    let expected: [&[&str]; 4] = [
        &["4\n"],
        &["2\n", "4\n"],
        &["2\n", "3\n", "4\n"],
        &["2\n", "3\n", "4\n"],
    ];
    for (preemptions, totals) in expected.into_iter().enumerate() {
        let found = with(preemptions as u32);
        assert_eq!(texts(&found), totals, "{preemptions} preemptions");
        let lost = found
            .failures
            .iter()
            .any(|one| one.kind == FailureKind::LostUpdate);
        assert_eq!(lost, preemptions > 0);
        let bound = Some(preemptions as u32);
        assert_eq!(found.verdict, Verdict::Bounded { bound });
    }
    // With a bound that nothing reaches, everything was tried: as many classes as without any reduction for threads
    // that are alike.
    let all = with(20);
    assert_eq!((all.verdict, all.classes), (Verdict::Proved, 34));
}

#[test]
fn past_the_budget_preemptions_are_bounded_and_then_it_is_sampled() {
    let settings = Settings {
        max_classes: 1_000,
        time: Duration::from_millis(400),
        ..Settings::default()
    };
    let found = explore(&|| counting(40), &settings);
    let Verdict::Bounded { bound: Some(bound) } = found.verdict else {
        panic!("{:?}", found.verdict);
    };
    assert_eq!(found.limit, Some(Limit::Classes));
    let phases: Vec<_> = found.phases.iter().map(|one| one.phase).collect();
    assert_eq!(phases[0], Phase::Exhaustive);
    assert_eq!(phases[1], Phase::Bounded { preemptions: 0 });
    assert!(phases.contains(&Phase::Bounded { preemptions: bound }));
    assert_eq!(phases.last(), Some(&Phase::Sampling));
    assert!(found.phases[1].complete && !found.phases[0].complete);
    let sum: u64 = found.phases.iter().map(|one| one.executions).sum();
    assert_eq!(found.executions, sum);
    assert!(found.elapsed < Duration::from_secs(5));
}

#[test]
fn without_a_fallback_it_is_sampled_at_once() {
    let settings = Settings {
        max_classes: 1_000,
        fallback: false,
        ..Settings::default()
    };
    let found = explore(&|| counting(9), &settings);
    assert_eq!(found.verdict, Verdict::Sampled { executions: 1_000 });
}

#[test]
fn memory_is_bounded() {
    let settings = Settings {
        max_bytes: 10_000,
        fallback: false,
        ..Settings::default()
    };
    let program = || {
        let lock = Arc::new(Mutex::new(0));
        let threads: Vec<_> = (0..3)
            .map(|number| {
                let lock = Arc::clone(&lock);
                thread::spawn(move || {
                    for _ in 0..4 {
                        let mut total = lock.lock().unwrap();
                        *total = *total * 2 + number;
                        println!("{total}");
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
    };
    assert_eq!(explore(&program, &settings).limit, Some(Limit::Memory));
}

#[test]
fn whoever_watches_sees_how_far_it_is_and_can_interrupt() {
    let mut seen: Vec<Standing> = Vec::new();
    let settings = Settings {
        time: Duration::from_secs(60),
        ..Settings::default()
    };
    let mut watch = |standing: &Standing| {
        seen.push(*standing);
        standing.executions < 5_000
    };
    let program = || counting(40);
    let found = explore_watched(&program, &settings, &Dependence::default(), &mut watch);
    assert_eq!(found.limit, Some(Limit::Interrupted));
    assert_eq!(found.phases.len(), 1);
    assert!(matches!(found.verdict, Verdict::Sampled { executions } if executions >= 5_000));
    assert!(seen.iter().all(|one| one.phase == Phase::Exhaustive));
    assert!(found.estimate.unwrap() > found.executions as f64);
}

#[test]
fn the_estimate_is_right_when_the_tree_is_nearly_done() {
    let mut last = None;
    let program = || counting(9);
    let mut watch = |standing: &Standing| {
        last = standing
            .estimate
            .map(|estimate| (standing.executions, estimate));
        true
    };
    let settings = Settings {
        time: Duration::from_secs(60),
        ..Settings::default()
    };
    let found = explore_watched(&program, &settings, &Dependence::default(), &mut watch);
    let (executions, estimate) = last.unwrap();
    assert_eq!(found.executions, 48_620);
    assert!(executions > 10_000);
    assert!((20_000.0..200_000.0).contains(&estimate), "{estimate}");
}

/// Everything that must be the same however many processes explored.
fn essence(found: &Exploration) -> String {
    let outputs = found.outputs.as_ref().unwrap();
    format!(
        "{:?} {} classes, {} outputs, {:?}, {:?}",
        found.verdict,
        found.classes,
        outputs.count(),
        outputs.list(1_000),
        found.failures
    )
}

/// Locks, a condition, a choice of whom to wake, and more than one failure.
fn buffer(items: usize) {
    use explorer::model::sync::Condvar;
    let buffer = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
    let producers: Vec<_> = (0..2)
        .map(|producer| {
            let buffer = Arc::clone(&buffer);
            thread::spawn(move || {
                for item in 0..items {
                    let mut queue = buffer.0.lock().unwrap();
                    while queue.len() == 1 {
                        queue = buffer.1.wait(queue).unwrap();
                    }
                    queue.push((producer, item));
                    // One condition for both sides, and only one is woken: it may be the wrong one.
                    buffer.1.notify_one();
                }
            })
        })
        .collect();
    for _ in 0..2 * items {
        let mut queue = buffer.0.lock().unwrap();
        while queue.is_empty() {
            queue = buffer.1.wait(queue).unwrap();
        }
        let (producer, item) = queue.remove(0);
        println!("{producer}.{item}");
        buffer.1.notify_one();
    }
    for producer in producers {
        producer.join().unwrap();
    }
}

/// Children that add by load and store to a number they share, and end with what they saw.
fn children(count: usize) {
    use explorer::model::fork::{SharedNumber, exit, fork};
    let total = Arc::new(SharedNumber::new(0));
    let children: Vec<_> = (0..count)
        .map(|_| {
            let total = Arc::clone(&total);
            fork(move || {
                for _ in 0..2 {
                    let before = total.get();
                    total.set(before + 1);
                }
                exit(total.get() as i32);
            })
            .unwrap()
        })
        .collect();
    for child in children {
        println!("{}", child.wait());
    }
}

/// The lock of stdout is held where an operation comes, but only in a class that is met late.
fn lock_of_stdout_seen_late() {
    use explorer::model::io::stdout;
    let order = Arc::new(Mutex::new(Vec::new()));
    let threads: Vec<_> = (0..2)
        .map(|name| {
            let order = Arc::clone(&order);
            thread::spawn(move || {
                for _ in 0..8 {
                    order.lock().unwrap().push(name);
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let order = order.lock().unwrap();
    if order.starts_with(&[1; 8]) {
        let _held = stdout().lock();
        let _ = thread::spawn(|| ()).join();
    }
}

#[test]
fn what_only_a_helper_sees_of_the_lock_of_stdout_is_known_here() {
    use explorer::model::io::{lock_stdout, stdout_lock_was_missed};
    let found = |workers| {
        lock_stdout(false);
        let settings = Settings {
            workers,
            ..Settings::default()
        };
        let found = explore(&lock_of_stdout_seen_late, &settings);
        assert!(found.executions > 2_000, "{}", found.executions);
        stdout_lock_was_missed()
    };
    assert_eq!((found(1), found(2)), (true, true));
}

#[test]
fn several_processes_find_what_one_finds() {
    type Program = fn();
    let programs: [(Program, u64); 4] = [
        (|| counting(9), 48_620),
        (|| buffer(2), 0),
        (|| lost_update(3), 0),
        (|| children(3), 0),
    ];
    for (number, (program, classes)) in programs.into_iter().enumerate() {
        let with = |workers| {
            let settings = Settings {
                workers,
                time: Duration::from_secs(120),
                ..Settings::default()
            };
            explore(&program, &settings)
        };
        let (one, several) = (with(1), with(3));
        std::println!(
            "{number}: {} executions in {:?}, {} in {:?}",
            one.executions,
            one.elapsed,
            several.executions,
            several.elapsed
        );
        assert!(
            one.executions > 2_000,
            "too small to be shared: {}",
            one.executions
        );
        assert_eq!(essence(&several), essence(&one), "program {number}");
        assert!(classes == 0 || one.classes == classes);
    }
}

#[test]
fn several_processes_end_at_a_limit() {
    let settings = Settings {
        workers: 2,
        max_classes: 20_000,
        fallback: false,
        ..Settings::default()
    };
    let found = explore(&|| counting(40), &settings);
    assert_eq!(found.limit, Some(Limit::Classes));
    assert!(found.classes >= 20_000);
    assert!(matches!(found.verdict, Verdict::Sampled { .. }));
}
