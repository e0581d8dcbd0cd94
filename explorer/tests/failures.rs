//! The classic mistakes, found with their lines, and shown again by their schedule.
use explorer::model::cell::Plain;
use explorer::model::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use explorer::model::sync::mpsc;
use explorer::model::sync::{Arc, Barrier, Condvar, Mutex, RwLock};
use explorer::model::{println, process, thread};
use explorer::{
    Assumption, Ending, Exploration, FailureKind, Happening, Schedule, Settings, Verdict, explore,
    replay,
};
use std::time::Duration;

fn kinds(exploration: &Exploration) -> Vec<FailureKind> {
    let mut kinds: Vec<_> = exploration
        .failures
        .iter()
        .map(|failure| failure.kind)
        .collect();
    kinds.dedup();
    kinds
}

/// Explores, and replays every failure.
fn found(program: impl Fn() + Clone + 'static, settings: &Settings) -> Exploration {
    let exploration = explore(&program, settings);
    for failure in &exploration.failures {
        let schedule: Schedule = failure.schedule.parse().unwrap();
        assert_eq!(schedule.to_string(), failure.schedule);
        let replayed = replay(&program, settings, &schedule).unwrap();
        assert!(
            replayed
                .failures
                .iter()
                .any(|again| again.signature() == failure.signature()),
            "{failure:?} is not shown by its schedule"
        );
    }
    exploration
}

#[test]
fn a_clean_program_has_no_failures() {
    let exploration = found(
        || {
            let total = Arc::new(Mutex::new(0));
            let threads: Vec<_> = (0..3)
                .map(|_| {
                    let total = Arc::clone(&total);
                    thread::spawn(move || *total.lock().unwrap() += 1)
                })
                .collect();
            threads
                .into_iter()
                .for_each(|thread| thread.join().unwrap());
            println!("{}", total.lock().unwrap());
        },
        &Settings::default(),
    );
    assert_eq!(kinds(&exploration), []);
    assert_eq!(exploration.verdict, Verdict::Proved);
}

fn check_then_act() {
    let permits = Arc::new(AtomicUsize::new(1));
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let permits = Arc::clone(&permits);
            thread::spawn(move || {
                if permits.load(SeqCst) > 0 {
                    permits.fetch_sub(1, SeqCst);
                    println!("in");
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
}

#[test]
fn a_check_before_an_act_lets_two_threads_in() {
    let exploration = found(check_then_act, &Settings::default());
    assert!(kinds(&exploration).contains(&FailureKind::Panic));
    let endings: Vec<_> = exploration
        .outputs
        .unwrap()
        .list(9)
        .into_iter()
        .map(|outcome| outcome.ending)
        .collect();
    assert_eq!(endings, [Ending::Finished(0), Ending::Panicked]);
}

fn wake_up_before_the_wait() {
    let pair = Arc::new((Mutex::new(()), Condvar::new()));
    let other = Arc::clone(&pair);
    let waiter = thread::spawn(move || {
        let guard = other.0.lock().unwrap();
        drop(other.1.wait(guard).unwrap());
    });
    pair.1.notify_one();
    waiter.join().unwrap();
}

#[test]
fn a_notification_before_the_wait_is_lost() {
    let exploration = found(wake_up_before_the_wait, &Settings::default());
    assert_eq!(
        kinds(&exploration),
        [FailureKind::Deadlock, FailureKind::LostWakeup]
    );
}

fn if_instead_of_while(notifies: bool) {
    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let other = Arc::clone(&pair);
    let waiter = thread::spawn(move || {
        let mut ready = other.0.lock().unwrap();
        if !*ready {
            ready = other.1.wait(ready).unwrap();
        }
        assert!(*ready);
    });
    if notifies {
        pair.1.notify_one();
    }
    *pair.0.lock().unwrap() = true;
    pair.1.notify_one();
    let _ = waiter.join();
}

#[test]
fn an_if_where_a_while_is_needed_shows_by_a_second_notification_or_a_spurious_one() {
    assert_eq!(
        kinds(&found(|| if_instead_of_while(true), &Settings::default())),
        [FailureKind::Panic]
    );
    assert_eq!(
        kinds(&found(|| if_instead_of_while(false), &Settings::default())),
        []
    );
    let spurious = Settings {
        spurious: 1,
        ..Settings::default()
    };
    assert_eq!(
        kinds(&found(|| if_instead_of_while(false), &spurious)),
        [FailureKind::Panic]
    );
}

#[test]
fn plain_accesses_that_nothing_orders_are_a_race() {
    let racing = |locked: bool| {
        move || {
            let shared = Arc::new((Plain::new(0), Mutex::new(())));
            let threads: Vec<_> = (0..2)
                .map(|_| {
                    let shared = Arc::clone(&shared);
                    thread::spawn(move || {
                        let _guard = locked.then(|| shared.1.lock().unwrap());
                        shared.0.set(shared.0.get() + 1);
                    })
                })
                .collect();
            threads
                .into_iter()
                .for_each(|thread| thread.join().unwrap());
        }
    };
    assert_eq!(
        kinds(&found(racing(false), &Settings::default())),
        [FailureKind::DataRace]
    );
    assert_eq!(kinds(&found(racing(true), &Settings::default())), []);
}

fn texts(found: &Exploration) -> Vec<String> {
    let list = found.outputs.as_ref().unwrap().list(100);
    list.into_iter().map(|outcome| outcome.text).collect()
}

#[test]
fn threads_that_are_left_as_they_are_run_none_of_their_destructors() {
    static DROPPED: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    struct Counted(Option<thread::JoinHandle<()>>);
    impl Drop for Counted {
        fn drop(&mut self) {
            DROPPED.fetch_add(1, SeqCst);
            if let Some(thread) = self.0.take() {
                thread.join().unwrap();
            }
        }
    }
    explorer::model::thread_local! {
        static OWN: Counted = Counted(None);
    }
    let opposite = || {
        let both = Arc::new((Mutex::new(()), Mutex::new(())));
        let other = Arc::clone(&both);
        let _thread = Counted(Some(thread::spawn(move || {
            OWN.with(|_| ());
            let _one = other.1.lock();
            let _two = other.0.lock();
        })));
        let _one = both.0.lock();
        let _two = both.1.lock();
    };
    let found = found(
        move || process::run_main_with_destructors(opposite),
        &Settings::default(),
    );
    assert_eq!(kinds(&found), [FailureKind::Deadlock]);
    assert_eq!(found.verdict, Verdict::Proved);
    // In each execution that came through main's and the thread's own.
    let through = DROPPED.load(SeqCst);
    assert!(through > 0 && through.is_multiple_of(2), "{through}");
}

#[test]
fn what_a_race_loses_is_among_the_outputs() {
    let adding = |locked: bool| {
        move || {
            let shared = Arc::new((Plain::new(0), Mutex::new(())));
            let threads: Vec<_> = (0..2)
                .map(|_| {
                    let shared = Arc::clone(&shared);
                    thread::spawn(move || {
                        for _ in 0..2 {
                            let _guard = locked.then(|| shared.1.lock().unwrap());
                            shared.0.set(shared.0.get() + 1);
                        }
                    })
                })
                .collect();
            threads
                .into_iter()
                .for_each(|thread| thread.join().unwrap());
            println!("{}", shared.0.get());
        }
    };
    let racing = found(adding(false), &Settings::default());
    assert_eq!(racing.verdict, Verdict::Proved);
    assert_eq!(texts(&racing), ["2\n", "3\n", "4\n"]);
    assert_eq!(kinds(&racing), [FailureKind::DataRace]);
    let locked = found(adding(true), &Settings::default());
    assert_eq!(locked.verdict, Verdict::Proved);
    assert_eq!(texts(&locked), ["4\n"]);
    assert_eq!(kinds(&locked), []);
}

#[test]
fn plain_memory_orders_nothing_so_a_race_behind_a_race_is_one_too() {
    let program = || {
        let shared = Arc::new((Plain::new(0), Plain::new(false)));
        let other = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            other.0.set(1);
            other.1.set(true);
        });
        if shared.1.get() {
            println!("{}", shared.0.get());
        }
        thread.join().unwrap();
    };
    let found = found(program, &Settings::default());
    assert_eq!(texts(&found), ["", "1\n"]);
    let lines = |failure: &explorer::Failure| -> Vec<u32> {
        failure.lines.iter().map(|at| at.line).collect()
    };
    let races: Vec<_> = found.failures.iter().map(lines).collect();
    let first = races[0][0];
    assert_eq!(races, [[first, first + 4], [first + 1, first + 3]]);
}

#[test]
fn plain_memory_that_is_read_in_a_loop_is_no_poll_where_nobody_can_change_it() {
    let counting = |reads: u32| {
        move || {
            let limit = Arc::new(Plain::new(reads));
            let other = Arc::clone(&limit);
            let thread = thread::spawn(move || {
                let _ = other.get();
            });
            let count = |from: u32| (from..).take_while(|&now| now < limit.get()).count();
            let before = count(reads - 100);
            thread.join().unwrap();
            println!("{before} {}", count(0));
        }
    };
    let found = found(counting(2_000), &Settings::default());
    assert_eq!(found.verdict, Verdict::Proved);
    assert_eq!(texts(&found), ["100 2000\n"]);
}

#[test]
fn a_flag_in_plain_memory_that_is_waited_for_is_seen_to_come() {
    let program = || {
        let flag = Arc::new(Plain::new(false));
        let other = Arc::clone(&flag);
        let thread = thread::spawn(move || while !other.get() {});
        flag.set(true);
        thread.join().unwrap();
        println!("came");
    };
    let found = found(program, &Settings::default());
    assert_eq!(found.verdict, Verdict::Bounded { bound: None });
    assert_eq!(texts(&found), ["came\n"]);
    assert_eq!(kinds(&found), [FailureKind::DataRace]);
}

#[test]
fn polling_for_what_comes_is_no_livelock_and_for_what_never_comes_is_one() {
    let polling = |comes: bool| {
        move || {
            let flag = Arc::new(AtomicBool::new(false));
            let other = Arc::clone(&flag);
            let poller = thread::spawn(move || while !other.load(SeqCst) {});
            if comes {
                flag.store(true, SeqCst);
            }
            poller.join().unwrap();
        }
    };
    let comes = found(polling(true), &Settings::default());
    assert_eq!(
        (kinds(&comes), comes.verdict),
        (vec![], Verdict::Bounded { bound: None })
    );
    assert_eq!(
        kinds(&found(polling(false), &Settings::default())),
        [FailureKind::Livelock]
    );
}

#[test]
fn whoever_waits_for_a_point_in_time_without_sleeping_comes_to_it() {
    let exploration = found(
        || {
            let begun = explorer::model::time::Instant::now();
            while begun.elapsed() < Duration::from_millis(50) {}
            println!("over");
        },
        &Settings::default(),
    );
    assert_eq!(exploration.verdict, Verdict::Proved);
    assert_eq!(exploration.outputs.unwrap().count().to_string(), "1");
}

#[test]
fn an_endless_loop_is_cut_off_and_never_called_proved() {
    let settings = Settings {
        max_steps: 200,
        time: Duration::from_millis(500),
        ..Settings::default()
    };
    let exploration = explore(
        &|| {
            let lock = Mutex::new(());
            loop {
                drop(lock.lock().unwrap());
            }
        },
        &settings,
    );
    assert_eq!(
        (kinds(&exploration), exploration.verdict),
        (
            vec![FailureKind::Livelock],
            Verdict::Bounded { bound: None }
        )
    );
}

#[test]
fn a_thread_left_blocked_at_the_end_is_told() {
    let exploration = found(
        || {
            let (sender, receiver) = mpsc::channel::<u8>();
            std::mem::forget(sender);
            thread::spawn(move || receiver.recv());
            println!("done");
        },
        &Settings::default(),
    );
    assert_eq!(kinds(&exploration), [FailureKind::BlockedAtExit]);
    assert_eq!(exploration.outputs.unwrap().count().to_string(), "1");
}

#[test]
fn a_program_that_differs_from_run_to_run_is_told() {
    let runs = std::rc::Rc::new(std::cell::Cell::new(0));
    let exploration = explore(
        &move || {
            runs.set(runs.get() + 1);
            let lock = Arc::new(Mutex::new(0));
            let other = Arc::clone(&lock);
            let thread = thread::spawn(move || *other.lock().unwrap() += 1);
            if runs.get() % 2 == 0 {
                let _ = lock.try_lock();
            }
            *lock.lock().unwrap() += 1;
            thread.join().unwrap();
        },
        &Settings::default(),
    );
    assert!(kinds(&exploration).contains(&FailureKind::Nondeterminism));
    assert_ne!(exploration.verdict, Verdict::Proved);
}

#[test]
fn a_poisoned_mutex_is_poisoned_before_it_is_free() {
    let exploration = found(
        || {
            let lock = Arc::new(Mutex::new(0));
            let other = Arc::clone(&lock);
            let thread = thread::spawn(move || {
                let _guard = other.lock().unwrap();
                panic!("on purpose");
            });
            println!("poisoned {}", lock.lock().is_err());
            let _ = thread.join();
        },
        &Settings::default(),
    );
    let texts: Vec<_> = exploration
        .outputs
        .as_ref()
        .unwrap()
        .list(9)
        .into_iter()
        .map(|one| one.text)
        .collect();
    assert_eq!(texts, ["poisoned false\n", "poisoned true\n"]);
    assert_eq!(
        exploration.failures[0].message.as_deref(),
        Some("on purpose")
    );
}

#[test]
fn one_of_those_who_pass_a_barrier_leads() {
    let exploration = found(
        || {
            let barrier = Arc::new(Barrier::new(2));
            let other = Arc::clone(&barrier);
            let thread = thread::spawn(move || println!("thread {}", other.wait().is_leader()));
            let leads = barrier.wait().is_leader();
            thread.join().unwrap();
            println!("main {leads}");
        },
        &Settings::default(),
    );
    let texts: Vec<_> = exploration
        .outputs
        .unwrap()
        .list(9)
        .into_iter()
        .map(|one| one.text)
        .collect();
    assert_eq!(
        texts,
        ["thread false\nmain true\n", "thread true\nmain false\n"]
    );
}

#[test]
fn a_rendezvous_and_a_scope_work() {
    let exploration = found(
        || {
            let lock = RwLock::new(0);
            thread::scope(|scope| {
                let (sender, receiver) = mpsc::sync_channel(0);
                let lock = &lock;
                scope.spawn(move || {
                    for item in 0..2 {
                        sender.send(item).unwrap();
                    }
                });
                scope.spawn(move || {
                    for item in receiver {
                        *lock.write().unwrap() += item;
                        println!("{item}");
                    }
                });
            });
            println!("sum {}", lock.read().unwrap());
            process::exit(3);
        },
        &Settings::default(),
    );
    let outcomes = exploration.outputs.unwrap().list(9);
    assert_eq!(
        (
            outcomes.len(),
            outcomes[0].text.as_str(),
            outcomes[0].ending
        ),
        (1, "0\n1\nsum 1\n", Ending::Finished(3))
    );
    assert_eq!(exploration.failures, []);
}

/// Where the process can be ended before main has come to its end, by this file's lines; and whether main can do so.
fn ends(program: impl Fn() + Clone + 'static) -> (usize, bool) {
    let exploration = found(program.clone(), &Settings::default());
    for departure in &exploration.departures {
        assert!(departure.line.file.ends_with("failures.rs"));
        let schedule: Schedule = departure.schedule.parse().unwrap();
        let replayed = replay(&program, &Settings::default(), &schedule).unwrap();
        let ended = |one: &Happening| matches!(one, Happening::End { .. });
        assert!(replayed.happenings.iter().any(ended), "{departure:?}");
    }
    (exploration.departures.len(), exploration.completes)
}

#[test]
fn who_ends_the_process_before_main_has_come_to_its_end_is_known() {
    use explorer::model::process::{ExitCode, run_main};
    assert_eq!(ends(|| ()), (0, true));
    assert_eq!(ends(|| process::exit(0)), (1, false));
    assert_eq!(ends(|| process::abort()), (1, false));
    assert_eq!(ends(|| panic!("no")), (0, false));
    // Whether it comes first is open.
    let beside = || drop(thread::spawn(|| process::exit(1)));
    assert_eq!(ends(beside), (1, true));
    // Main's own code is its end; a main within main is none.
    let failing = || run_main(|| ExitCode::FAILURE);
    assert_eq!(ends(failing), (0, true));
    assert_eq!(ends(move || run_main(failing)), (1, false));
}

#[test]
fn a_panic_without_a_word_is_one_where_it_ends_main() {
    use explorer::model::panic::resume_unwind;
    let exploration = found(|| resume_unwind(Box::new(1)), &Settings::default());
    assert_eq!(kinds(&exploration), [FailureKind::Panic]);
}

#[test]
fn a_panic_that_is_caught_and_goes_on_is_told_where_it_began() {
    use explorer::model::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    let line = line!() + 4;
    let program = || {
        let thread = thread::spawn(|| {
            let caught = catch_unwind(AssertUnwindSafe(|| {
                panic!("on purpose");
            }));
            // One that stays caught is forgotten.
            catch_unwind(|| panic!("on purpose")).unwrap_err();
            resume_unwind(caught.unwrap_err());
        });
        println!("{}", thread.join().is_err());
    };
    let exploration = found(program, &Settings::default());
    assert_eq!(kinds(&exploration), [FailureKind::Panic]);
    let lines = &exploration.failures[0].lines;
    assert_eq!(lines.iter().map(|at| at.line).collect::<Vec<_>>(), [line]);
}

#[test]
fn a_function_that_is_handed_to_std_waits_where_the_thread_was_last() {
    let program = || {
        let lock = Arc::new(Mutex::new(()));
        let held = lock.lock().unwrap();
        let other = Arc::clone(&lock);
        let thread = thread::spawn(move || drop(other.lock()));
        let ends = [thread].into_iter().map(thread::JoinHandle::join);
        assert_eq!(ends.count(), 1);
        drop(held);
    };
    let exploration = found(program, &Settings::default());
    assert_eq!(kinds(&exploration), [FailureKind::Deadlock]);
    for line in &exploration.failures[0].lines {
        assert!(line.file.ends_with("failures.rs"), "{line:?}");
    }
}

#[test]
fn a_schedule_that_does_not_fit_is_refused() {
    let schedule: Schedule = "0x2.7".parse().unwrap();
    assert_eq!(
        replay(&wake_up_before_the_wait, &Settings::default(), &schedule)
            .unwrap_err()
            .step,
        2
    );
    for wrong in ["x", "1..2", "1x0", "1x99999999", "-1", "99", "1/999"] {
        assert!(wrong.parse::<Schedule>().is_err(), "{wrong}");
    }
}

#[test]
fn a_replay_shows_the_prints_in_their_order() {
    let program = || {
        println!("one");
        thread::spawn(|| println!("two")).join().unwrap();
    };
    let replayed = replay(&program, &Settings::default(), &"0.1.0x2".parse().unwrap()).unwrap();
    let texts: Vec<_> = replayed
        .happenings
        .iter()
        .filter_map(|one| match one {
            Happening::Print { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["one\n", "two\n"]);
}

#[test]
fn an_execution_given_up_in_the_middle_of_a_panic_leaves_the_explorer_alive() {
    let program = || {
        let lock = Arc::new(Mutex::new(0));
        let threads: Vec<_> = (0..2)
            .map(|number| {
                let lock = Arc::clone(&lock);
                thread::spawn(move || {
                    let _guard = lock.lock();
                    panic!("on purpose, {number}");
                })
            })
            .collect();
        println!("{}", lock.try_lock().is_ok());
        drop(threads);
    };
    let witness = explorer::enumerate(&program, &Settings::default(), 100_000);
    let exploration = found(program, &Settings::default());
    let outcomes: std::collections::BTreeSet<_> =
        exploration.outputs.unwrap().list(99).into_iter().collect();
    assert_eq!(outcomes, witness.outcomes);
}

#[test]
fn an_endless_loop_of_prints_ends_and_is_never_called_proved() {
    let settings = Settings {
        max_states: 1_000,
        ..Settings::default()
    };
    let exploration = explore(
        &|| {
            loop {
                println!("again");
            }
        },
        &settings,
    );
    assert_eq!(exploration.verdict, Verdict::Bounded { bound: None });
    assert_eq!(kinds(&exploration), [FailureKind::Livelock]);
    assert!(exploration.outputs.is_err());
}

#[test]
fn more_threads_than_the_model_has_are_never_called_proved() {
    let start = |count: usize| {
        move || {
            let threads: Vec<_> = (0..count).map(|_| thread::spawn(|| {})).collect();
            threads
                .into_iter()
                .for_each(|thread| thread.join().unwrap());
        }
    };
    let fits = explore(&start(63), &Settings::default());
    assert_eq!((fits.verdict, kinds(&fits)), (Verdict::Proved, vec![]));
    let too_many = explore(&start(64), &Settings::default());
    assert_eq!(too_many.verdict, Verdict::Bounded { bound: None });
    assert!(
        too_many
            .assumptions
            .contains(&Assumption::Threads { bound: 64 })
    );
}
