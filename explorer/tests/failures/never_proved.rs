//! Programs that never end, differ from run to run, or have too many threads.
use super::{found, kinds};
use explorer::model::sync::atomic::{AtomicBool, Ordering::SeqCst};
use explorer::model::sync::{Arc, Mutex};
use explorer::model::{println, thread};
use explorer::{Assumption, FailureKind, Settings, Verdict, explore};
use std::time::Duration;

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
