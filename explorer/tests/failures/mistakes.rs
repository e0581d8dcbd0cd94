//! What programs do wrong that use locks, conditions and atomics.
use super::{found, kinds};
use explorer::model::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use explorer::model::sync::{Arc, Condvar, Mutex};
use explorer::model::{println, thread};
use explorer::{Ending, FailureKind, Settings, Verdict};

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

pub fn wake_up_before_the_wait() {
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
