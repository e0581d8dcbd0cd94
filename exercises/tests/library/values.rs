//! Values of a thread's own, locks without a value, and values one waits for.

use crate::{LIMIT, eventually, within};
use exercises::primitive::Arc;
use exercises::primitive::atomic::{AtomicUsize, Ordering};
use exercises::primitive::thread;
use exercises::primitive::time::Duration;
use exercises::sync::{Barrier, Condition, Local, Lock, NotHeld, NotSet, ReentrantLock, Semaphore};
use std::cell::Cell;

const SHORT: Duration = Duration::from_millis(5);

#[test]
fn each_thread_has_its_own_value_and_main_the_initial_one() {
    let _alone = crate::alone::alone();
    let (value, both) = (Local::new(|| 0), Barrier::new(2));
    thread::scope(|s| {
        for own in [111, 222] {
            let (value, both) = (&value, &both);
            s.spawn(None, move || {
                value.set(own);
                both.wait().unwrap();
                assert_eq!(value.get(), Ok(own));
                assert!(value.clear() && !value.is_set());
                assert_eq!(value.get(), Ok(0));
            });
        }
    });
    assert_eq!(value.get(), Ok(0));
    assert_eq!(value.with(|value| value + 1), Ok(1));
}

#[test]
fn without_an_initial_value_there_is_nothing_until_it_is_set() {
    let _alone = crate::alone::alone();
    let value = Local::<String>::unset();
    thread::scope(|s| {
        s.spawn(Some("asker"), || {
            let missing = value.get().unwrap_err();
            assert_eq!(
                missing,
                NotSet {
                    thread: "asker".to_owned()
                }
            );
            assert!(missing.to_string().contains("set()"), "says what to do");
            value.set("mine".to_owned());
            assert_eq!(value.get().as_deref(), Ok("mine"));
        });
    });
    assert!(value.get().is_err() && !value.is_set() && !value.clear());
}

struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn values_are_dropped_when_replaced_when_their_thread_ends_and_with_their_object() {
    let _alone = crate::alone::alone();
    let dropped = Arc::new(AtomicUsize::new(0));
    let counted = || Counted(dropped.clone());
    let local = Local::unset();
    local.set(counted());
    local.set(counted());
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
    thread::scope(|s| {
        s.spawn(None, || local.set(counted())).join().unwrap();
    });
    assert_eq!(dropped.load(Ordering::SeqCst), 2);
    drop(local);
    assert_eq!(dropped.load(Ordering::SeqCst), 3);
}

#[test]
fn the_values_of_dropped_objects_do_not_pile_up() {
    let _alone = crate::alone::alone();
    let dropped = Arc::new(AtomicUsize::new(0));
    within(LIMIT, {
        let dropped = dropped.clone();
        move || {
            for _ in 0..1000 {
                let local = Arc::new(Local::unset());
                let setter = local.clone();
                // Dropped in another thread, so this one does not notice at once.
                setter.set(Counted(dropped.clone()));
                drop(setter);
                thread::spawn(None, move || drop(local)).join().unwrap();
            }
            let left = 1000 - dropped.load(Ordering::SeqCst);
            assert!(left <= 40, "{left} values of objects that are gone");
        }
    });
    assert_eq!(dropped.load(Ordering::SeqCst), 1000);
}

#[test]
fn a_destructor_may_use_thread_local_values_itself() {
    let _alone = crate::alone::alone();
    struct Greedy(Arc<Local<u32>>);
    impl Drop for Greedy {
        fn drop(&mut self) {
            self.0.set(self.0.get().unwrap_or(0) + 1);
        }
    }
    let count = Arc::new(Local::unset());
    let greedy = Local::unset();
    greedy.set(Greedy(count.clone()));
    greedy.set(Greedy(count.clone()));
    assert_eq!(count.get(), Ok(1));
    assert!(greedy.clear());
    assert_eq!(count.get(), Ok(2));
    thread::spawn(None, move || greedy.set(Greedy(count)))
        .join()
        .unwrap();
}

#[test]
fn a_lock_without_an_owner_is_released_by_anybody_but_only_once() {
    let _alone = crate::alone::alone();
    let lock = Lock::new();
    assert_eq!(lock.release(), Err(NotHeld));
    lock.acquire();
    assert!(lock.is_held() && !lock.try_acquire() && !lock.acquire_timeout(SHORT));
    thread::scope(|s| {
        let waiting = s.spawn(None, || lock.acquire());
        s.spawn(None, || lock.release()).join().unwrap().unwrap();
        waiting.join().unwrap();
    });
    assert_eq!(lock.release(), Ok(()));
    {
        let _held = lock.hold();
        assert!(lock.is_held());
    }
    assert!(lock.try_acquire() && lock.is_held());
}

#[test]
fn a_lock_without_an_owner_excludes() {
    let _alone = crate::alone::alone();
    let (lock, inside) = (Lock::new(), AtomicUsize::new(0));
    thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(None, || {
                for _ in 0..500 {
                    let _held = lock.hold();
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    thread::yield_now();
                    inside.fetch_sub(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert!(!lock.is_held());
}

#[test]
fn a_condition_wakes_whoever_waits_for_the_value() {
    let _alone = crate::alone::alone();
    let tickets = Condition::new(0);
    let (waiting, served) = (Semaphore::new(0), AtomicUsize::new(0));
    thread::scope(|s| {
        for _ in 0..3 {
            s.spawn(None, || {
                let mut tickets = tickets.lock();
                waiting.release();
                tickets.wait_while(|tickets| *tickets == 0);
                *tickets -= 1;
                served.fetch_add(1, Ordering::SeqCst);
            });
        }
        (0..3).for_each(|_| waiting.acquire());
        let mut guard = tickets.lock();
        *guard = 1;
        guard.notify_one();
        drop(guard);
        eventually("one is served", || served.load(Ordering::SeqCst) == 1);
        let mut guard = tickets.lock();
        *guard = 2;
        guard.notify_all();
    });
    assert_eq!(served.load(Ordering::SeqCst), 3);
    let mut guard = tickets.lock();
    assert!(guard.wait_timeout(SHORT), "nobody notifies");
    assert!(guard.wait_timeout_while(SHORT, |_| true));
    assert!(!guard.wait_timeout_while(LIMIT, |_| false));
    assert!(tickets.try_lock().is_none() && tickets.lock_timeout(SHORT).is_none());
    drop(guard);
    assert_eq!(tickets.into_inner(), 0);
}

#[test]
fn a_forgotten_hold_of_a_reentrant_lock_lets_no_later_thread_in() {
    let _alone = crate::alone::alone();
    let lock = Arc::new(ReentrantLock::new(Cell::new(0)));
    let keeper = lock.clone();
    thread::spawn(None, move || std::mem::forget(keeper.lock()))
        .join()
        .unwrap();
    assert!(lock.is_locked());
    // The system gives the place of the ended thread to one of the next.
    for _ in 0..50 {
        let other = lock.clone();
        let let_in = thread::spawn(None, move || other.lock_timeout(Duration::ZERO).is_some());
        assert!(!let_in.join().unwrap());
    }
}

#[test]
fn a_reentrant_lock_waits_for_another_thread_only_so_long() {
    let _alone = crate::alone::alone();
    let lock = ReentrantLock::new(());
    let held = lock.lock();
    assert!(
        lock.lock_timeout(Duration::ZERO).is_some(),
        "its holder comes in"
    );
    let others = || thread::scope(|s| s.spawn(None, || lock.lock_timeout(SHORT).is_some()).join());
    assert_eq!(others(), Ok(false));
    drop(held);
    assert_eq!(others(), Ok(true));
    assert!(!lock.is_locked());
}
