//! What processes share: values, arrays, events, conditions, locks that can be taken again, locks on
//! files.

use crate::{LIMIT, NOTICE, eventually, started, within};
use exercises::primitive::thread;
use exercises::primitive::time::{Duration, Instant};
use exercises::process::*;

const SHORT: Duration = Duration::from_millis(20);

#[test]
fn a_value_counts_exactly_in_one_step_and_under_its_lock() {
    let _alone = crate::alone::alone();
    const ADDS: u32 = 20_000;
    let (one_step, locked) = (Value::new(0u32).unwrap(), Value::new(0u64).unwrap());
    let sums = Value::new(0.0f64).unwrap();
    let adders: Vec<_> = (0..3)
        .map(|_| {
            let (one_step, locked, sums) = (one_step.clone(), locked.clone(), sums.clone());
            started("adder", move || {
                for _ in 0..ADDS {
                    one_step.fetch_add(1);
                    sums.update(|sum| sum + 0.5);
                    locked.lock().unwrap().update(|count| count + 1);
                }
            })
        })
        .collect();
    for adder in &adders {
        assert_eq!(adder.join().unwrap(), Some(0));
    }
    assert_eq!(one_step.get(), 3 * ADDS);
    assert_eq!(locked.get(), u64::from(3 * ADDS));
    assert_eq!(sums.get(), f64::from(3 * ADDS) * 0.5);
}

#[test]
fn the_lock_of_a_value_is_reported_when_its_holder_was_killed() {
    let _alone = crate::alone::alone();
    let (value, ready) = (Value::new(1i32).unwrap(), Event::new().unwrap());
    let holder = started("holder", {
        let (value, ready) = (value.clone(), ready.clone());
        move || {
            let mut held = value.lock().unwrap();
            held.set(2);
            ready.set();
            thread::sleep(LIMIT * 10);
            held.set(3);
        }
    });
    ready.wait().unwrap();
    assert!(value.lock_timeout(SHORT).unwrap().is_none());
    assert_eq!(value.get(), 2, "reading needs no lock");
    holder.kill().unwrap();
    holder.join().unwrap();
    let pid = holder.pid().unwrap();
    assert_eq!(
        value.lock().unwrap_err(),
        LockError::Abandoned(Abandoned { pid })
    );
    assert_eq!(value.lock().unwrap().get(), 2);
}

#[test]
fn an_array_of_no_places_is_an_array_and_an_index_outside_panics() {
    let _alone = crate::alone::alone();
    let empty = Array::<f32>::zeroed(0).unwrap();
    assert!(empty.is_empty() && empty.to_vec().is_empty());
    let array = Array::new(&['a', 'b']).unwrap();
    assert_eq!(array.len(), 2);
    assert_eq!(array.swap(1, 'c'), 'b');
    let outside = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| array.get(2)));
    assert!(outside.is_err());
    let counts = Array::<i16>::zeroed(3).unwrap();
    assert_eq!(counts.fetch_add(1, -4), 0);
    assert_eq!(counts.update(1, |count| count * 2), -8);
    assert_eq!(format!("{counts:?}"), "[0, -8, 0]");
}

#[test]
fn a_reentrant_lock_is_free_when_it_was_released_as_often_as_taken() {
    let _alone = crate::alone::alone();
    let lock = ReentrantLock::new().unwrap();
    let free_for_others = || {
        let lock = lock.clone();
        let asker = started("asker", move || {
            i32::from(lock.try_lock().unwrap().is_some())
        });
        asker.join().unwrap() == Some(1)
    };
    let first = lock.lock().unwrap();
    let second = lock.try_lock().unwrap().expect("it is ours");
    let third = lock.lock_timeout(SHORT).unwrap().expect("it is ours");
    drop(first);
    assert!(!free_for_others());
    drop(third);
    assert!(!free_for_others());
    assert_eq!(lock.holder(), Some(id()));
    drop(second);
    assert!(free_for_others());
    assert_eq!(lock.holder(), None);
    // Another thread of the same process is another one.
    let held = lock.lock().unwrap();
    thread::scope(|scope| {
        let other = scope.spawn(None, || lock.lock_timeout(SHORT).unwrap().is_none());
        assert!(other.join().unwrap());
    });
    drop(held);
}

#[test]
fn a_reentrant_lock_that_was_taken_twice_is_free_after_its_holder_was_killed() {
    let _alone = crate::alone::alone();
    let (lock, ready) = (ReentrantLock::new().unwrap(), Event::new().unwrap());
    let holder = started("holder", {
        let (lock, ready) = (lock.clone(), ready.clone());
        move || {
            let _outer = lock.lock().unwrap();
            let _inner = lock.lock().unwrap();
            ready.set();
            thread::sleep(LIMIT * 10);
        }
    });
    ready.wait().unwrap();
    assert!(lock.try_lock().unwrap().is_none());
    holder.kill().unwrap();
    holder.join().unwrap();
    let pid = holder.pid().unwrap();
    assert_eq!(
        lock.lock().unwrap_err(),
        LockError::Abandoned(Abandoned { pid })
    );
    let (outer, inner) = (lock.lock().unwrap(), lock.lock().unwrap());
    drop((outer, inner));
    assert_eq!(lock.holder(), None);
}

#[test]
fn a_file_lock_is_freed_without_a_word_when_its_holder_is_killed() {
    let _alone = crate::alone::alone();
    let (lock, ready) = (FileLock::new().unwrap(), Event::new().unwrap());
    let holder = started("holder", {
        let (lock, ready) = (lock.clone(), ready.clone());
        move || {
            let _held = lock.lock().unwrap();
            ready.set();
            thread::sleep(LIMIT * 10);
        }
    });
    ready.wait().unwrap();
    assert!(lock.try_lock().unwrap().is_none());
    assert!(lock.lock_timeout(SHORT).unwrap().is_none());
    holder.kill().unwrap();
    holder.join().unwrap();
    let held = within(NOTICE, {
        let lock = lock.clone();
        move || lock.lock().map(std::mem::forget).is_ok()
    });
    assert!(held);
    assert!(lock.try_lock().unwrap().is_none(), "each hold is its own");
}

#[test]
fn an_event_lets_everybody_pass_who_waits_even_if_it_is_cleared_at_once() {
    let _alone = crate::alone::alone();
    let (event, waiting) = (Event::new().unwrap(), Value::new(0).unwrap());
    let waiters: Vec<_> = (0..3)
        .map(|_| {
            let (event, waiting) = (event.clone(), waiting.clone());
            started("waiter", move || {
                waiting.fetch_add(1);
                event.wait()
            })
        })
        .collect();
    assert!(!event.wait_timeout(SHORT).unwrap());
    eventually("all are about to wait", || waiting.get() == 3);
    // They are not yet asleep, perhaps: pulses come until all have passed.
    let begin = Instant::now();
    while waiters.iter().any(Process::is_alive) {
        assert!(begin.elapsed() < LIMIT, "somebody slept through all pulses");
        event.set();
        event.clear();
        thread::sleep(Duration::from_micros(500));
    }
    assert!(!event.is_set());
    for waiter in &waiters {
        assert_eq!(waiter.join().unwrap(), Some(0));
    }
    event.set();
    assert!(event.wait_timeout(Duration::ZERO).unwrap(), "it stays set");
    assert_eq!(event.wait(), Ok(()));
}

#[test]
fn those_who_wait_for_an_event_are_told_of_a_death_until_somebody_knows_better() {
    let _alone = crate::alone::alone();
    let (event, ready) = (Event::new().unwrap(), Event::new().unwrap());
    let victim = started("victim", {
        let (event, ready) = (event.clone(), ready.clone());
        move || {
            ready.set();
            thread::sleep(LIMIT * 10);
            event.set();
        }
    });
    ready.wait().unwrap();
    let told = started("told", {
        let event = event.clone();
        move || match event.wait() {
            Err(Abandoned { pid }) => pid % 100,
            Ok(()) => -1,
        }
    });
    victim.kill().unwrap();
    victim.join().unwrap();
    let pid = victim.pid().unwrap();
    assert!(told.join_timeout(NOTICE).unwrap());
    assert_eq!(told.exit_code(), Some(pid % 100));
    assert_eq!(event.wait(), Err(Abandoned { pid }));
    assert_eq!(event.wait_timeout(LIMIT), Err(Abandoned { pid }));
    assert_eq!(event.recover(), 1);
    assert_eq!(event.wait_timeout(SHORT), Ok(false));
    event.set();
    assert_eq!(event.wait(), Ok(()));
}

#[test]
fn a_process_that_ends_normally_disturbs_no_event_and_no_condition() {
    let _alone = crate::alone::alone();
    let (event, changed) = (Event::new().unwrap(), Condition::new().unwrap());
    let leaver = started("leaver", {
        let (event, changed) = (event.clone(), changed.clone());
        move || std::mem::forget((event, changed))
    });
    leaver.join().unwrap();
    let long_enough = Duration::from_millis(300); // past several looks
    assert_eq!(event.wait_timeout(long_enough), Ok(false));
    let held = changed.lock().unwrap();
    let (held, notified) = held.wait_timeout(long_enough).unwrap();
    assert!(!notified);
    drop(held);
}

#[test]
fn a_condition_wakes_one_or_all_and_forgets_what_nobody_waited_for() {
    let _alone = crate::alone::alone();
    let (changed, woken) = (Condition::new().unwrap(), Value::new(0).unwrap());
    changed.lock().unwrap().notify_all();
    let waiters: Vec<_> = (0..3)
        .map(|_| {
            let (changed, woken) = (changed.clone(), woken.clone());
            started("waiter", move || {
                let held = changed.lock().unwrap().wait().unwrap();
                woken.fetch_add(1);
                drop(held);
            })
        })
        .collect();
    eventually("all wait", || changed.waiting() == 3);
    assert_eq!(woken.get(), 0, "the early notification was for nobody");
    changed.lock().unwrap().notify_one();
    eventually("one is awake", || woken.get() == 1);
    eventually("the others wait", || changed.waiting() == 2);
    // Looked at under the lock, past the time in which another one would have come.
    let held = changed.lock().unwrap();
    let (held, notified) = held.wait_timeout(Duration::from_millis(250)).unwrap();
    assert!(!notified, "I came later");
    drop(held);
    assert_eq!(woken.get(), 1);
    changed.lock().unwrap().notify_all();
    for waiter in &waiters {
        assert_eq!(waiter.join().unwrap(), Some(0));
    }
    assert_eq!((woken.get(), changed.waiting()), (3, 0));
}

#[test]
fn a_condition_never_wakes_more_often_than_it_was_notified() {
    let _alone = crate::alone::alone();
    let changed = Condition::new().unwrap();
    let (woken, given, stop) = (
        Value::new(0u32).unwrap(),
        Value::new(0u32).unwrap(),
        Value::new(false).unwrap(),
    );
    let waiters: Vec<_> = (0..3)
        .map(|_| {
            let (changed, woken, given, stop) =
                (changed.clone(), woken.clone(), given.clone(), stop.clone());
            started("waiter", move || {
                let mut held = changed.lock().unwrap();
                while !stop.get() {
                    let limit = Duration::from_micros(fastrand::u64(100..2000));
                    let (again, notified) = held.wait_timeout(limit).unwrap();
                    held = again;
                    if notified && !stop.get() {
                        let woken = woken.fetch_add(1) + 1;
                        assert!(woken <= given.get(), "{woken} of {}", given.get());
                    }
                }
            })
        })
        .collect();
    for _ in 0..2000 {
        let mut held = changed.lock().unwrap();
        given.fetch_add(1);
        held.notify_one();
    }
    let mut held = changed.lock().unwrap();
    stop.set(true);
    held.notify_all();
    drop(held);
    for waiter in &waiters {
        assert_eq!(waiter.join().unwrap(), Some(0));
    }
    assert_eq!(changed.waiting(), 0);
}

#[test]
fn a_condition_waits_while_something_holds_and_not_longer_than_allowed() {
    let _alone = crate::alone::alone();
    let (changed, number) = (Condition::new().unwrap(), Value::new(0).unwrap());
    let held = changed.lock().unwrap();
    assert_eq!(
        changed.lock().unwrap_err(),
        LockError::HeldByThisThread,
        "it is no reentrant lock"
    );
    let (held, reached) = held.wait_while_timeout(SHORT, || number.get() < 3).unwrap();
    assert!(!reached);
    drop(held);
    let counter = started("counter", {
        let (changed, number) = (changed.clone(), number.clone());
        move || {
            for _ in 0..3 {
                let mut held = changed.lock().unwrap();
                number.fetch_add(1);
                held.notify_all();
            }
        }
    });
    let held = changed.lock().unwrap();
    let (held, reached) = held.wait_while_timeout(LIMIT, || number.get() < 3).unwrap();
    assert!(reached);
    drop(held);
    counter.join().unwrap();
}

#[test]
fn those_who_wait_for_a_condition_are_told_of_a_death_until_somebody_knows_better() {
    let _alone = crate::alone::alone();
    let changed = Condition::new().unwrap();
    let victim = started("victim", {
        let changed = changed.clone();
        move || drop(changed.lock().unwrap().wait())
    });
    eventually("it waits", || changed.waiting() == 1);
    victim.kill().unwrap();
    victim.join().unwrap();
    let pid = victim.pid().unwrap();
    let wait = {
        let changed = changed.clone();
        move || changed.lock().unwrap().wait().map(drop)
    };
    assert_eq!(within(NOTICE, wait), Err(Abandoned { pid }));
    assert_eq!(changed.recover(), 1);
    assert_eq!(changed.waiting(), 0, "the dead wait no longer");
    let held = changed.lock().unwrap();
    assert!(!held.wait_timeout(SHORT).unwrap().1);
}

#[test]
fn a_panic_is_a_death_too_for_those_who_wait_for_an_event_or_for_work() {
    let _alone = crate::alone::alone();
    let event = Event::new().unwrap();
    let tasks = JoinableQueue::<u32>::unbounded().unwrap();
    tasks.put(1).unwrap();
    let panics = started("panics", {
        let (event, tasks) = (event.clone(), tasks.clone());
        move || {
            tasks.get().unwrap();
            if true {
                panic!("as it should be");
            }
            event.set();
        }
    });
    assert_eq!(panics.join().unwrap(), Some(1));
    let pid = panics.pid().unwrap();
    let begin = Instant::now();
    assert_eq!(event.wait(), Err(Abandoned { pid }));
    assert_eq!(tasks.join(), Err(Abandoned { pid }));
    assert!(begin.elapsed() < NOTICE);
    assert_eq!(tasks.recover(), 1);
    assert_eq!(tasks.join(), Ok(()));
}
