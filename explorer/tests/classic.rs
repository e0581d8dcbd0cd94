//! Six mistakes that hundreds of native runs seldom or never show: each is found, and found at once.
use explorer::model::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use explorer::model::sync::{Arc, Condvar, Mutex};
use explorer::model::{choose, println, thread};
use explorer::{Exploration, FailureKind, Settings, Verdict, explore, replay};
use std::time::Duration;

/// What it may take, compiling not included.
const AT_ONCE: Duration = Duration::from_millis(50);

/// Explores; the failure must be there, replay, and have come in time and within so many executions.
fn found(
    name: &str,
    program: impl Fn() + Clone + 'static,
    settings: &Settings,
    kind: FailureKind,
    executions: u64,
) -> Exploration {
    // The machine may be busy with others: the best of a few.
    let tries = (0..5).map(|_| explore(&program, settings));
    let exploration = tries.min_by_key(|one| one.elapsed).unwrap();
    let failure = exploration
        .failures
        .iter()
        .find(|failure| failure.kind == kind)
        .unwrap_or_else(|| panic!("{name}: {:?}", exploration.failures));
    std::println!(
        "{name}: {} executions, {:?}, {} {}",
        exploration.executions,
        exploration.elapsed,
        failure.lines.len(),
        failure.schedule
    );
    let replayed = replay(&program, settings, &failure.schedule.parse().unwrap()).unwrap();
    let signature = failure.signature();
    assert!(
        replayed
            .failures
            .iter()
            .any(|one| one.signature() == signature)
    );
    assert_eq!(exploration.executions, executions, "{name}");
    assert!(cfg!(debug_assertions) || exploration.elapsed <= AT_ONCE);
    exploration
}

#[test]
fn an_update_is_lost_between_load_and_store() {
    let program = || {
        let total = Arc::new(AtomicUsize::new(0));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let total = Arc::clone(&total);
                thread::spawn(move || {
                    let before = total.load(SeqCst);
                    total.store(before + 1, SeqCst);
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        println!("{}", total.load(SeqCst));
    };
    let kind = FailureKind::LostUpdate;
    let found = found("lost update", program, &Settings::default(), kind, 3);
    assert_eq!(found.outputs.unwrap().count().to_string(), "2");
}

#[test]
fn two_locks_are_taken_in_opposite_order() {
    let program = || {
        let (one, other) = (Arc::new(Mutex::new(())), Arc::new(Mutex::new(())));
        let (one2, other2) = (Arc::clone(&one), Arc::clone(&other));
        let first = thread::spawn(move || {
            let _one = one.lock().unwrap();
            let _other = other.lock().unwrap();
        });
        let second = thread::spawn(move || {
            let _other = other2.lock().unwrap();
            let _one = one2.lock().unwrap();
        });
        first.join().unwrap();
        second.join().unwrap();
    };
    found(
        "two locks",
        program,
        &Settings::default(),
        FailureKind::Deadlock,
        3,
    );
}

#[test]
fn five_philosophers_starve() {
    let program = || {
        let forks: Vec<_> = (0..5).map(|_| Arc::new(Mutex::new(()))).collect();
        let threads: Vec<_> = (0..5)
            .map(|seat| {
                let (left, right) = (Arc::clone(&forks[seat]), Arc::clone(&forks[(seat + 1) % 5]));
                thread::spawn(move || {
                    let _left = left.lock().unwrap();
                    let _right = right.lock().unwrap();
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
    };
    found(
        "philosophers",
        program,
        &Settings::default(),
        FailureKind::Deadlock,
        31,
    );
}

/// One permit, one who waits for it, one who gives it, and `if` where `while` is needed.
fn if_instead_of_while() {
    let pair = Arc::new((Mutex::new(0), Condvar::new()));
    let takers: Vec<_> = (0..2)
        .map(|_| {
            let pair = Arc::clone(&pair);
            thread::spawn(move || {
                let mut permits = pair.0.lock().unwrap();
                if *permits == 0 {
                    permits = pair.1.wait(permits).unwrap();
                }
                assert!(*permits > 0, "no permit");
                *permits -= 1;
            })
        })
        .collect();
    for _ in 0..2 {
        *pair.0.lock().unwrap() += 1;
        pair.1.notify_all();
    }
    for taker in takers {
        let _ = taker.join();
    }
}

#[test]
fn an_if_around_a_wait_lets_somebody_through() {
    let settings = Settings::default();
    let exploration = explore(&if_instead_of_while, &settings);
    let kinds: Vec<_> = exploration.failures.iter().map(|one| one.kind).collect();
    assert!(kinds.contains(&FailureKind::Panic), "{kinds:?}");
    found(
        "if instead of while",
        if_instead_of_while,
        &settings,
        FailureKind::Panic,
        exploration.executions,
    );
}

#[test]
fn a_permit_is_checked_and_then_taken() {
    let program = || {
        let permits = Arc::new(AtomicUsize::new(1));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let permits = Arc::clone(&permits);
                thread::spawn(move || {
                    if permits.load(SeqCst) > 0 {
                        permits.fetch_sub(1, SeqCst);
                    }
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        assert!(
            permits.load(SeqCst) == 0,
            "more permits taken than there were"
        );
    };
    let exploration = explore(&program, &Settings::default());
    found(
        "check then act",
        program,
        &Settings::default(),
        FailureKind::Panic,
        exploration.executions,
    );
}

#[test]
fn a_wake_up_comes_before_the_wait() {
    let program = || {
        let pair = Arc::new((Mutex::new(()), Condvar::new()));
        let other = Arc::clone(&pair);
        let waiter = thread::spawn(move || {
            let guard = other.0.lock().unwrap();
            drop(other.1.wait(guard).unwrap());
        });
        pair.1.notify_one();
        waiter.join().unwrap();
    };
    let exploration = found(
        "wake-up before the wait",
        program,
        &Settings::default(),
        FailureKind::LostWakeup,
        2,
    );
    // The line of the wait, and the line of the notification nobody heard.
    let lost = exploration
        .failures
        .iter()
        .find(|one| one.kind == FailureKind::LostWakeup);
    assert_eq!(lost.unwrap().lines.len(), 2);
}

/// Two who give way to each other for ever, each always trying again.
#[test]
fn whoever_only_ever_gives_way_is_a_livelock_and_an_unfair_schedule_is_none() {
    let settings = Settings {
        max_steps: 400,
        time: Duration::from_millis(500),
        ..Settings::default()
    };
    // Each waits for the other to begin.
    let polite = || {
        let begun = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
        let other = Arc::clone(&begun);
        let thread = thread::spawn(move || {
            while other.0.load(SeqCst) == 0 {
                other.0.fetch_add(0, SeqCst);
            }
        });
        while begun.1.load(SeqCst) == 0 {
            begun.1.fetch_add(0, SeqCst);
        }
        thread.join().unwrap();
    };
    let kinds =
        |found: &Exploration| -> Vec<_> { found.failures.iter().map(|one| one.kind).collect() };
    assert_eq!(kinds(&explore(&polite, &settings)), [FailureKind::Livelock]);
    // It goes round until main is through, and main always comes through.
    let patient = || {
        let done = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
        let other = Arc::clone(&done);
        let thread = thread::spawn(move || {
            while other.0.load(SeqCst) == 0 {
                other.1.fetch_add(1, SeqCst);
            }
        });
        done.0.store(1, SeqCst);
        thread.join().unwrap();
    };
    let found = explore(&patient, &settings);
    assert_eq!(kinds(&found), []);
    assert_ne!(found.verdict, explorer::Verdict::Proved);
}

#[test]
fn whoever_would_come_to_an_end_if_everybody_had_a_turn_is_no_livelock() {
    let kinds = |program: fn(), max_steps: u32| -> Vec<FailureKind> {
        let settings = Settings {
            max_steps,
            max_classes: 400,
            fallback: false,
            ..Settings::default()
        };
        let found = explore(&program, &settings);
        assert_ne!(found.verdict, Verdict::Proved);
        found.failures.iter().map(|one| one.kind).collect()
    };
    // It goes round until main is through, and main waits for a lock that is free in every round.
    let patient = || {
        let done = Arc::new((Mutex::new(false), Mutex::new(0)));
        let other = Arc::clone(&done);
        let thread = thread::spawn(move || {
            while !*other.0.lock().unwrap() {
                *other.1.lock().unwrap() += 1;
            }
        });
        *done.0.lock().unwrap() = true;
        thread.join().unwrap();
    };
    // It takes long, and that is all.
    let long = || {
        let total = Arc::new(Mutex::new(0));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let total = Arc::clone(&total);
                thread::spawn(move || (0..200).for_each(|_| *total.lock().unwrap() += 1))
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
    };
    for max_steps in 400..408 {
        assert_eq!(kinds(patient, max_steps), [], "{max_steps}");
        assert_eq!(kinds(long, max_steps), [], "{max_steps}");
    }
    // Each gives its lock back when the other one is taken: in step they never get both.
    let in_step = || {
        let locks = Arc::new((Mutex::new(()), Mutex::new(())));
        let other = Arc::clone(&locks);
        let thread = thread::spawn(move || {
            loop {
                let _second = other.1.lock().unwrap();
                if other.0.try_lock().is_ok() {
                    break;
                }
            }
        });
        loop {
            let _first = locks.0.lock().unwrap();
            if locks.1.try_lock().is_ok() {
                break;
            }
        }
        thread.join().unwrap();
    };
    let mut found = kinds(in_step, 400);
    found.dedup();
    assert_eq!(found, [FailureKind::Livelock]);
}

#[test]
fn what_is_left_open_goes_every_way() {
    let found = explore(
        &|| {
            let thread = thread::spawn(|| println!("thread {}", choose(3)));
            thread.join().unwrap();
            let way = choose(2);
            println!("main {way}");
            assert_eq!(way, choose(1), "on purpose");
        },
        &Settings::default(),
    );
    let outputs = found.outputs.as_ref().unwrap();
    assert_eq!(
        (found.verdict, found.classes, outputs.count().to_string()),
        (Verdict::Proved, 6, "6".to_owned())
    );
    let schedule = found.failures[0].schedule.to_string();
    assert!(schedule.contains("0/1"), "the second way: {schedule}");
}
