//! `if` where `while` is needed, in programs that go well as long as nobody wakes without a notification.
use explorer::model::sync::{Arc, Condvar, Mutex, MutexGuard};
use explorer::model::{parking_lot, println, thread};
use explorer::{
    Allowance, Disturbed, Failure, FailureKind, Happening, Limit, Schedule, Settings, Verdict,
    disturbed, explore, replay,
};

/// What becomes of a program that goes well without spurious wake-ups.
fn disturb(program: impl Fn() + Clone + 'static, settings: &Settings) -> Disturbed {
    let calm = explore(&program, &Settings::default());
    assert_eq!((calm.verdict, calm.failures.len()), (Verdict::Proved, 0));
    let endless = Allowance::endless();
    disturbed(&program, settings, &calm, &endless, &mut |_| true)
}

/// Some way to wait for it.
type Wait = for<'a> fn(&Condvar, MutexGuard<'a, bool>) -> MutexGuard<'a, bool>;

fn with_if<'a>(condition: &Condvar, mut ready: MutexGuard<'a, bool>) -> MutexGuard<'a, bool> {
    if !*ready {
        ready = condition.wait(ready).unwrap();
    }
    ready
}

const WAIT: u32 = 22;

fn with_while<'a>(condition: &Condvar, mut ready: MutexGuard<'a, bool>) -> MutexGuard<'a, bool> {
    while !*ready {
        println!("not yet");
        ready = condition.wait(ready).unwrap();
        println!("woken");
    }
    ready
}

fn with_wait_while<'a>(condition: &Condvar, ready: MutexGuard<'a, bool>) -> MutexGuard<'a, bool> {
    condition.wait_while(ready, |ready| !*ready).unwrap()
}

/// One waits until another is ready, and then does this.
fn waiting(wait: Wait, then: fn(&bool)) -> impl Fn() + Clone + 'static {
    move || {
        let pair = Arc::new((Mutex::new(false), Condvar::new()));
        let other = Arc::clone(&pair);
        let waiter = thread::spawn(move || then(&wait(&other.1, other.0.lock().unwrap())));
        *pair.0.lock().unwrap() = true;
        println!("ready");
        pair.1.notify_one();
        let _ = waiter.join();
    }
}

fn tells(ready: &bool) {
    println!("{ready}");
}

fn insists(ready: &bool) {
    assert!(*ready, "not ready");
}

#[test]
fn an_if_that_a_spurious_wake_up_breaks_is_told_with_a_schedule_that_shows_it() {
    let found = disturb(waiting(with_if, insists), &Settings::default());
    assert_eq!(found.limit, None);
    let woken = found.woken.unwrap();
    let insists = |one: &&Failure| one.message.as_deref() == Some("not ready");
    let failure = woken.failures.iter().find(insists).unwrap();
    assert_eq!(failure.kind, FailureKind::Panic);
    let waits: Vec<u32> = woken.waits.iter().map(|at| at.line).collect();
    assert_eq!(waits, [WAIT]);
    let schedule: Schedule = failure.schedule.parse().unwrap();
    let program = waiting(with_if, self::insists);
    let settings = Settings::default();
    assert!(replay(&program, &settings, &schedule).is_err());
    let shown = replay(&program, &settings.with_spurious_wakeups(), &schedule).unwrap();
    assert!(shown.failures.contains(failure));
}

#[test]
fn an_if_that_makes_another_output_possible_is_told_with_it() {
    let found = disturb(waiting(with_if, tells), &Settings::default());
    let woken = found.woken.unwrap();
    assert_eq!(woken.failures, []);
    assert_eq!(woken.waits[0].line, WAIT);
    let output = woken.output.unwrap();
    assert!(output.text.contains("false\n"), "{output:?}");
    let schedule: Schedule = woken.schedule.unwrap().parse().unwrap();
    let settings = Settings::default().with_spurious_wakeups();
    let shown = replay(&waiting(with_if, tells), &settings, &schedule).unwrap();
    let woken =
        |one: &Happening| matches!(one, Happening::Step { does, .. } if does == "spurious-wake");
    assert_eq!(shown.happenings.iter().filter(|one| woken(one)).count(), 1);
    let printed =
        |one: &Happening| matches!(one, Happening::Print { text, .. } if text == "false\n");
    assert!(shown.happenings.iter().any(printed));
}

#[test]
fn whoever_asks_again_is_left_alone_whatever_that_prints() {
    for wait in [with_while as Wait, with_wait_while] {
        for then in [tells, insists] {
            let found = disturb(waiting(wait, then), &Settings::default());
            let nothing = Disturbed {
                limit: None,
                woken: None,
            };
            assert_eq!(found, nothing);
        }
    }
}

#[test]
fn an_if_in_a_loop_is_no_while() {
    let program = || {
        let queue = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
        let other = Arc::clone(&queue);
        let taker = thread::spawn(move || {
            for _ in 0..2 {
                let mut items = other.0.lock().unwrap();
                if items.is_empty() {
                    items = other.1.wait(items).unwrap();
                }
                println!("{:?}", items.pop());
            }
        });
        for item in 0..2 {
            queue.0.lock().unwrap().push(item);
            queue.1.notify_one();
        }
        taker.join().unwrap();
    };
    let woken = disturb(program, &Settings::default()).woken.unwrap();
    let output = woken.output.unwrap();
    assert!(output.text.contains("None\n"), "{output:?}");
}

#[test]
fn nobody_wakes_unnotified_from_a_wait_of_parking_lot() {
    let program = || {
        let pair = Arc::new((parking_lot::Mutex::new(false), parking_lot::Condvar::new()));
        let other = Arc::clone(&pair);
        let waiter = thread::spawn(move || {
            let mut ready = other.0.lock();
            if !*ready {
                other.1.wait(&mut ready);
            }
            insists(&ready);
        });
        *pair.0.lock() = true;
        pair.1.notify_one();
        let _ = waiter.join();
    };
    assert!(!explore(&program, &Settings::default()).waits);
    assert_eq!(disturb(program, &Settings::default()).woken, None);
}

#[test]
fn only_a_wait_that_may_end_so_is_worth_the_trouble() {
    let waits = |wait: Wait| explore(&waiting(wait, tells), &Settings::default()).waits;
    assert!(waits(with_while) && waits(with_wait_while));
    let program = || drop(Mutex::new(()).lock().unwrap());
    assert!(!explore(&program, &Settings::default()).waits);
}

#[test]
fn what_was_not_tried_is_not_passed_over() {
    let settings = Settings {
        max_classes: 1,
        fallback: false,
        ..Settings::default()
    };
    let found = disturb(waiting(with_while, tells), &settings);
    assert_eq!((found.limit, found.woken), (Some(Limit::Classes), None));
}
