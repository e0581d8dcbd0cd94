//! Memory that nothing orders: `static mut`.
use super::{found, kinds, texts};
use explorer::model::cell::Plain;
use explorer::model::sync::{Arc, Mutex};
use explorer::model::{println, thread};
use explorer::{FailureKind, Settings, Verdict};

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
