//! The locks, conditions and onces of parking_lot.

use std::cell::Cell;
use std::time::Duration;

use explorer::model::crossbeam::channel::unbounded;
use explorer::model::parking_lot::{Condvar, Mutex, MutexGuard, Once, ReentrantMutex, RwLock};
use explorer::model::sync::{self, Arc};
use explorer::model::{panic, println, thread};
use explorer::{FailureKind, Relation, Settings, compare, explore};

use super::{MILLISECOND, kinds, outputs, proved};

#[test]
fn locks_without_poison_count_as_those_of_std() {
    let ours = proved(|| {
        let count = Arc::new(Mutex::new(0));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let count = Arc::clone(&count);
                thread::spawn(move || {
                    let before = *count.lock();
                    *count.lock() = before + 1;
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        println!("{}", count.lock());
    });
    let std = proved(|| {
        let count = Arc::new(sync::Mutex::new(0));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let count = Arc::clone(&count);
                thread::spawn(move || {
                    let before = *count.lock().unwrap();
                    *count.lock().unwrap() = before + 1;
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        println!("{}", count.lock().unwrap());
    });
    assert_eq!(outputs(&ours), ["1\n", "2\n"]);
    assert_eq!(ours.classes, std.classes);
    let compared = compare(
        ours.outputs.as_ref().unwrap(),
        std.outputs.as_ref().unwrap(),
    );
    assert_eq!(compared.relation, Relation::Equal);
}

#[test]
fn two_locks_in_opposite_order_are_a_deadlock() {
    let found = proved(|| {
        let locks = Arc::new((Mutex::new(0), RwLock::new(0)));
        let other = Arc::clone(&locks);
        let thread = thread::spawn(move || {
            let _one = other.1.write();
            let _two = other.0.lock();
        });
        {
            let _two = locks.0.lock();
            let _one = locks.1.read();
        }
        thread.join().unwrap();
        println!("done");
    });
    assert_eq!(kinds(&found), [FailureKind::Deadlock]);
    assert_eq!(outputs(&found), ["", "done\n"]);
}

#[test]
fn a_panic_poisons_nothing() {
    let found = proved(|| {
        let locks = Arc::new((Mutex::new(1), RwLock::new(2)));
        let other = Arc::clone(&locks);
        let thread = thread::spawn(move || {
            let _one = other.0.lock();
            let mut two = other.1.write();
            *two += 1;
            panic!("with both");
        });
        println!("{}", thread.join().is_err());
        println!("{} {} {:?}", locks.0.lock(), locks.1.read(), locks.0);
        println!("{:?} {:?}", locks.0.try_lock(), locks.1.try_write());
    });
    assert_eq!(
        outputs(&found),
        ["true\n1 3 Mutex { data: <locked> }\nSome(1) Some(3)\n"]
    );
    assert_eq!(kinds(&found), [FailureKind::Panic]);
}

#[test]
fn trying_gives_up_at_once_or_after_a_while() {
    let found = proved(|| {
        let count = Arc::new(Mutex::new(0));
        let other = Arc::clone(&count);
        let thread = thread::spawn(move || {
            let _guard = other.lock();
        });
        println!("{}", count.try_lock().is_some());
        println!("{}", count.try_lock_for(MILLISECOND).is_some());
        thread.join().unwrap();
        println!("{:?}", count.try_lock_for(MILLISECOND));
    });
    assert_eq!(
        outputs(&found),
        [
            "false\nfalse\nSome(0)\n",
            "false\ntrue\nSome(0)\n",
            "true\nfalse\nSome(0)\n",
            "true\ntrue\nSome(0)\n"
        ]
    );
    let read = proved(|| {
        let lock = RwLock::new(5);
        let _first = lock.read();
        println!(
            "{:?} {:?}",
            lock.try_read_for(MILLISECOND),
            lock.try_write_for(MILLISECOND)
        );
    });
    assert_eq!(outputs(&read), ["Some(5) None\n"]);
}

#[test]
fn unlocked_lets_others_in_and_has_the_lock_again_afterwards() {
    let found = proved(|| {
        let count = Arc::new(Mutex::new(0));
        let mut guard = count.lock();
        let other = Arc::clone(&count);
        let thread = thread::spawn(move || *other.lock() += 1);
        MutexGuard::unlocked(&mut guard, || thread.join().unwrap());
        println!("{guard} {:?}", count.try_lock());
        drop(guard);
        println!("{:?}", count.try_lock());
    });
    assert_eq!(outputs(&found), ["1 None\nSome(1)\n"]);
    assert_eq!(found.failures, []);
    let panicking = proved(|| {
        let count = Mutex::new(3);
        let mut guard = count.lock();
        let run = || MutexGuard::unlocked(&mut guard, || panic::resume_unwind(Box::new(0)));
        let caught = panic::catch_unwind(panic::AssertUnwindSafe(run));
        println!("{} {:?} {guard}", caught.is_err(), count.try_lock());
    });
    assert_eq!(outputs(&panicking), ["true None 3\n"]);
}

/// Somebody waits for a flag that another sets; `careful` ones look at it first.
fn flag(careful: bool) -> impl Fn() + Clone + 'static {
    move || {
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let other = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            *other.0.lock() = true;
            println!("{}", other.1.notify_one());
        });
        let mut guard = shared.0.lock();
        if careful {
            shared.1.wait_while(&mut guard, |flag| !*flag);
        } else {
            shared.1.wait(&mut guard);
        }
        println!("{guard}");
        drop(guard);
        thread.join().unwrap();
    }
}

#[test]
fn a_condition_is_waited_for_with_the_guard_and_a_notification_tells_whom_it_reached() {
    let careful = proved(flag(true));
    assert_eq!(careful.failures, []);
    assert_eq!(
        outputs(&careful),
        ["false\ntrue\n", "true\nfalse\n", "true\ntrue\n"]
    );
    let careless = proved(flag(false));
    assert!(kinds(&careless).contains(&FailureKind::LostWakeup));
}

#[test]
fn all_who_wait_are_told_and_counted() {
    let found = proved(|| {
        let shared = Arc::new((Mutex::new(()), Condvar::new()));
        let (sender, receiver) = unbounded();
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let (shared, sender) = (Arc::clone(&shared), sender.clone());
                thread::spawn(move || {
                    let mut guard = shared.0.lock();
                    sender.send(()).unwrap();
                    shared.1.wait(&mut guard);
                })
            })
            .collect();
        receiver.iter().take(2).for_each(drop);
        // Whoever sent has the mutex until they wait.
        drop(shared.0.lock());
        println!("{} {}", shared.1.notify_all(), shared.1.notify_one());
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
    });
    assert_eq!(outputs(&found), ["2 false\n"]);
    assert_eq!(found.failures, []);
}

#[test]
fn nobody_wakes_unnotified_even_where_that_is_asked_for() {
    let spurious = Settings {
        spurious: 1,
        ..Settings::default()
    };
    let ours = explore(
        &|| {
            let (lock, condition) = (Mutex::new(()), Condvar::new());
            condition.wait(&mut lock.lock());
            println!("woken");
        },
        &spurious,
    );
    assert_eq!(kinds(&ours), [FailureKind::Deadlock]);
    assert_eq!(outputs(&ours), [""]);
    let std = explore(
        &|| {
            let (lock, condition) = (sync::Mutex::new(()), sync::Condvar::new());
            drop(condition.wait(lock.lock().unwrap()));
            println!("woken");
        },
        &spurious,
    );
    assert_eq!(outputs(&std), ["woken\n"]);
}

#[test]
fn a_wait_with_a_limit_ends_by_time_or_by_a_notification() {
    let found = proved(|| {
        let shared = Arc::new((Mutex::new(()), Condvar::new()));
        let other = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            other.1.notify_one();
        });
        let mut guard = shared.0.lock();
        println!("{:?}", shared.1.wait_for(&mut guard, MILLISECOND));
        println!(
            "{:?}",
            shared.1.wait_while_for(&mut guard, |()| true, MILLISECOND)
        );
        drop(guard);
        thread.join().unwrap();
    });
    assert_eq!(
        outputs(&found),
        [
            "WaitTimeoutResult(false)\nWaitTimeoutResult(true)\n",
            "WaitTimeoutResult(true)\nWaitTimeoutResult(true)\n"
        ]
    );
}

#[test]
fn a_mutex_its_holder_acquires_again_keeps_others_out_until_the_last_release() {
    let found = proved(|| {
        let cell = Arc::new(ReentrantMutex::new(Cell::new(0)));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let cell = Arc::clone(&cell);
                thread::spawn(move || {
                    let first = cell.lock();
                    let second = cell.lock();
                    let before = second.get();
                    drop(first);
                    println!("{before}");
                    second.set(before + 1);
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        println!("{}", cell.lock().get());
    });
    assert_eq!(outputs(&found), ["0\n1\n2\n"]);
    let tried = proved(|| {
        let cell = Arc::new(ReentrantMutex::new(()));
        let other = Arc::clone(&cell);
        let guard = cell.try_lock();
        let thread = thread::spawn(move || println!("{}", other.try_lock().is_some()));
        println!(
            "{}",
            cell.is_owned_by_current_thread() && cell.try_lock().is_some()
        );
        thread.join().unwrap();
        drop(guard);
        println!("{}", cell.is_owned_by_current_thread());
    });
    assert_eq!(
        outputs(&tried),
        ["false\ntrue\nfalse\n", "true\nfalse\nfalse\n"]
    );
}

#[test]
fn a_once_runs_once_and_again_by_force_after_a_panic() {
    let found = proved(|| {
        let once = Arc::new(Once::new());
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let once = Arc::clone(&once);
                thread::spawn(move || once.call_once(|| println!("once")))
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        println!("{}", once.is_completed());
    });
    assert_eq!(outputs(&found), ["once\ntrue\n"]);
    let forced = proved(|| {
        let once = Once::new();
        let run = || once.call_once(|| panic::resume_unwind(Box::new(0)));
        assert!(panic::catch_unwind(panic::AssertUnwindSafe(run)).is_err());
        once.call_once_force(|state| println!("{state:?} {}", state.poisoned()));
        once.call_once_force(|_| println!("never"));
    });
    assert_eq!(outputs(&forced), ["Poisoned true\n"]);
}

#[test]
fn a_limit_is_waited_for_in_virtual_time() {
    let program = || {
        let (lock, begun) = (Mutex::new(()), explorer::model::time::Instant::now());
        let _guard = lock.lock();
        assert!(lock.try_lock_for(Duration::from_secs(3)).is_none());
        println!("{}", begun.elapsed().as_secs());
    };
    assert_eq!(outputs(&explore(&program, &Settings::default())), ["3\n"]);
}
