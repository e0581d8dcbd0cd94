//! What brings an order about, what is likely, and what is luck.
use explorer::model::sync::atomic::{AtomicBool, Ordering::SeqCst};
use explorer::model::sync::mpsc;
use explorer::model::sync::{Arc, Barrier, Condvar, Mutex, Once};
use explorer::model::{println, thread};
use explorer::{By, Exploration, Settings, explore, timing};
use std::time::Duration;

/// Every guarantee as "before < after: by line".
fn told(exploration: &Exploration, from: u32) -> Vec<String> {
    let guarantees = exploration.guarantees().unwrap();
    assert_eq!(guarantees.left_out, 0);
    guarantees
        .told
        .iter()
        .map(|one| {
            let cause = one.cause.as_ref().unwrap();
            let line = cause.line.as_ref().map_or(0, |line| line.line - from);
            format!("{} < {}: {:?} {line}", one.before, one.after, cause.by)
        })
        .collect()
}

fn explained(program: impl Fn() + Clone + 'static, from: u32) -> Vec<String> {
    told(&explore(&program, &Settings::default()), from)
}

#[test]
fn a_join_a_spawn_and_program_order_are_told_with_their_lines() {
    let from = line!();
    let program = || {
        println!("begin");
        let thread = thread::spawn(|| {
            println!("one");
            println!("two");
        });
        thread.join().unwrap();
        println!("done");
    };
    assert_eq!(
        explained(program, from),
        [
            "two < done: Join 7",
            "begin < one: Spawn 3",
            "one < two: ProgramOrder 5"
        ]
    );
}

#[test]
fn a_barrier_and_a_channel_are_told() {
    let from = line!();
    let program = || {
        let barrier = Arc::new(Barrier::new(2));
        let other = Arc::clone(&barrier);
        thread::spawn(move || {
            println!("a");
            other.wait();
        });
        barrier.wait();
        println!("b");
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            println!("c");
            sender.send(1).unwrap();
        });
        receiver.recv().unwrap();
        println!("d");
    };
    assert_eq!(
        explained(program, from),
        ["a < b: Barrier 8", "c < d: Channel 15", "b < c: Spawn 11"]
    );
}

#[test]
fn a_condition_is_told_whichever_way_the_wait_goes() {
    let from = line!();
    let program = || {
        let pair = Arc::new((Mutex::new(false), Condvar::new()));
        let other = Arc::clone(&pair);
        thread::spawn(move || {
            println!("made");
            *other.0.lock().unwrap() = true;
            other.1.notify_one();
        });
        let mut ready = pair.0.lock().unwrap();
        while !*ready {
            ready = pair.1.wait(ready).unwrap();
        }
        println!("used");
    };
    // Where main comes late the lock alone orders them. What is told is what can matter.
    let guarantees = explore(&program, &Settings::default())
        .guarantees()
        .unwrap();
    let cause = guarantees.told[0].cause.clone().unwrap();
    assert_eq!((cause.by, cause.always), (By::Condition, false));
    assert_eq!(cause.line.unwrap().line - from, 11);
}

#[test]
fn a_lock_an_atomic_and_a_once_are_told() {
    let from = line!();
    let program = || {
        let flag = Arc::new(AtomicBool::new(false));
        let once = Arc::new(Once::new());
        let (flag2, once2) = (Arc::clone(&flag), Arc::clone(&once));
        let thread = thread::spawn(move || {
            println!("first");
            flag2.store(true, SeqCst);
            once2.call_once(|| println!("once"));
        });
        while !flag.load(SeqCst) {}
        println!("second");
        once.call_once(|| println!("once"));
        println!("last");
        thread.join().unwrap();
    };
    let told = explained(program, from);
    assert!(
        told.contains(&"first < second: Atomic 10".to_owned()),
        "{told:?}"
    );
    assert!(
        told.iter().any(|one| one.starts_with("once < last")),
        "{told:?}"
    );
}

#[test]
fn two_lines_of_one_print_are_in_program_order() {
    let from = line!();
    assert_eq!(
        explained(|| println!("one\ntwo"), from),
        ["one < two: ProgramOrder 2"]
    );
}

#[test]
fn too_many_guarantees_are_counted_not_hidden() {
    let program = || {
        let threads: Vec<_> = (0..2)
            .map(|thread| {
                thread::spawn(move || {
                    for line in 0..60 {
                        println!("{thread}.{line}");
                    }
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        println!("end");
    };
    let guarantees = explore(&program, &Settings::default())
        .guarantees()
        .unwrap();
    assert_eq!((guarantees.told.len(), guarantees.left_out), (100, 20));
    assert_eq!(guarantees.told[0].cause.as_ref().unwrap().by, By::Join);
}

#[test]
fn sleeping_makes_an_order_likely_with_the_delay_that_breaks_it() {
    let program = || {
        let threads: Vec<_> = [30, 10, 20]
            .into_iter()
            .map(|pause| {
                thread::spawn(move || {
                    thread::sleep(Duration::from_millis(pause));
                    println!("{pause}");
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
    };
    let settings = Settings::default();
    let exploration = explore(&program, &settings);
    assert_eq!(
        exploration.outputs.as_ref().unwrap().count().to_string(),
        "6"
    );
    let told = timing(&program, &settings, &exploration, 100, 7).unwrap();
    let pairs: Vec<_> = told
        .likely
        .iter()
        .map(|one| (one.before.as_str(), one.after.as_str(), one.share))
        .collect();
    assert_eq!(pairs, [("10", "20", 1.0), ("20", "30", 1.0)]);
    for one in &told.likely {
        let margin = one.margin_ms.unwrap();
        assert!((9.0..11.0).contains(&margin), "{margin}");
    }
    assert_eq!(told.luck, []);
    assert_eq!(
        timing(&program, &settings, &exploration, 100, 7).unwrap(),
        told
    );
}

/// The margin of the order of two lines.
fn margin(program: &(impl Fn() + Clone + 'static), before: &str, after: &str) -> Option<f64> {
    let settings = Settings::default();
    let exploration = explore(program, &settings);
    let told = timing(program, &settings, &exploration, 100, 7).unwrap();
    let mut likely = told.likely.iter();
    let one = likely.find(|one| (one.before.as_str(), one.after.as_str()) == (before, after));
    one.unwrap_or_else(|| panic!("{told:?}")).margin_ms
}

#[test]
fn a_thread_that_started_the_other_is_held_up_after_that() {
    let program = || {
        let thread = thread::spawn(|| {
            thread::sleep(Duration::from_millis(40));
            println!("awake");
        });
        println!("started");
        thread.join().unwrap();
    };
    let margin = margin(&program, "started", "awake").unwrap();
    assert!((39.0..42.0).contains(&margin), "{margin}");
}

#[test]
fn a_thread_that_prints_with_a_lock_in_hand_is_held_up_before_it_takes_it() {
    let program = || {
        let lock = Arc::new(Mutex::new(()));
        let theirs = Arc::clone(&lock);
        let thread = thread::spawn(move || {
            thread::sleep(Duration::from_millis(40));
            let _held = theirs.lock().unwrap();
            println!("second");
        });
        let held = lock.lock().unwrap();
        println!("first");
        drop(held);
        thread.join().unwrap();
    };
    let margin = margin(&program, "first", "second").unwrap();
    assert!((39.0..42.0).contains(&margin), "{margin}");
}

#[test]
fn threads_that_do_the_same_are_luck() {
    let program = || {
        let threads: Vec<_> = ["a", "b"]
            .into_iter()
            .map(|name| thread::spawn(move || println!("{name}")))
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
    };
    let settings = Settings::default();
    let exploration = explore(&program, &settings);
    let told = timing(&program, &settings, &exploration, 200, 7).unwrap();
    assert_eq!((told.likely.len(), told.luck.len()), (0, 1));
    assert!((0.3..0.8).contains(&told.luck[0].share), "{told:?}");
}

#[test]
fn a_wait_with_a_limit_ends_by_time_when_nothing_comes_first() {
    let program = |work: u64| {
        move || {
            let (sender, receiver) = mpsc::channel();
            let thread = thread::spawn(move || {
                thread::sleep(Duration::from_millis(work));
                let _ = sender.send(1);
            });
            match receiver.recv_timeout(Duration::from_millis(50)) {
                Ok(_) => println!("came"),
                Err(_) => println!("waited in vain"),
            }
            println!("over");
            thread.join().unwrap();
            println!("joined");
        }
    };
    let settings = Settings::default();
    for (work, usual) in [(10, "came"), (90, "waited in vain")] {
        let exploration = explore(&program(work), &settings);
        assert_eq!(
            exploration.outputs.as_ref().unwrap().count().to_string(),
            "2"
        );
        let orders = timing(&program(work), &settings, &exploration, 50, 7).unwrap();
        // Both ways are possible; one is usual, so the other is never together with it.
        assert_eq!(orders.likely, [], "{usual}");
    }
}
