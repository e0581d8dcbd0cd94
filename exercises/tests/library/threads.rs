use crate::{LIMIT, eventually, within};
use exercises::primitive::Arc;
use exercises::primitive::atomic::{AtomicUsize, Ordering};
use exercises::primitive::thread;
use exercises::primitive::time::{Duration, Instant};
use exercises::sync::*;
use std::cell::Cell;

const SHORT: Duration = Duration::from_millis(5);

#[test]
fn threads_have_names_identities_and_results() {
    let _alone = crate::alone::alone();
    let named = thread::spawn(Some("A"), || (thread::current_name(), thread::current_id()));
    let unnamed = thread::spawn(None, thread::current_name);
    let (id, default_name) = (named.id(), unnamed.name().to_owned());
    assert_eq!(named.join().unwrap(), ("A".to_owned(), id));
    assert!(default_name.starts_with("Thread-"));
    assert_eq!(unnamed.join().unwrap(), default_name);
    assert_ne!(id, thread::current_id());
    assert_eq!(thread::spawn(Some("with\0nul"), || 1).join().unwrap(), 1);
}

#[test]
fn a_panic_of_a_thread_is_an_error_of_join() {
    let _alone = crate::alone::alone();
    let error = thread::spawn(Some("unlucky"), || panic!("the number was {}", 13))
        .join()
        .unwrap_err();
    assert_eq!(
        (&*error.thread, &*error.message),
        ("unlucky", "the number was 13")
    );
    let in_scope = thread::scope(|s| s.spawn(None, || panic!("again")).join());
    assert_eq!(in_scope.unwrap_err().message, "again");
}

#[test]
fn a_scope_ends_after_all_its_threads() {
    let _alone = crate::alone::alone();
    let done = AtomicUsize::new(0);
    thread::scope(|s| {
        for _ in 0..8 {
            s.spawn(None, || {
                thread::sleep(SHORT);
                done.fetch_add(1, Ordering::SeqCst);
            });
        }
    });
    assert_eq!(done.load(Ordering::SeqCst), 8);
}

#[test]
fn a_mutex_excludes_and_survives_a_panic() {
    let _alone = crate::alone::alone();
    let (inside, most, total) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(0));
    thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(None, || {
                for _ in 0..500 {
                    let mut total = total.lock();
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    *total += 1;
                    inside.fetch_sub(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert_eq!((most.load(Ordering::SeqCst), *total.lock()), (1, 2000));
    thread::scope(|s| {
        let _ = s
            .spawn(None, || {
                let _held = total.lock();
                panic!("with the lock");
            })
            .join();
    });
    assert!(total.try_lock().is_some(), "free again");
    let held = total.lock();
    assert!(total.try_lock().is_none() && total.is_locked());
    thread::scope(|s| {
        assert!(
            s.spawn(None, || total.lock_timeout(SHORT).is_none())
                .join()
                .unwrap()
        )
    });
    drop(held);
}

#[test]
fn a_condition_wakes_one_or_all_and_times_out() {
    let _alone = crate::alone::alone();
    let (tickets, changed) = (Mutex::new(0), Condvar::new());
    let served = AtomicUsize::new(0);
    thread::scope(|s| {
        for _ in 0..3 {
            s.spawn(None, || {
                let mut tickets = tickets.lock();
                changed.wait_while(&mut tickets, |tickets| *tickets == 0);
                *tickets -= 1;
                served.fetch_add(1, Ordering::SeqCst);
            });
        }
        *tickets.lock() = 1;
        changed.notify_one();
        eventually("one is served", || served.load(Ordering::SeqCst) == 1);
        *tickets.lock() = 2;
        changed.notify_all();
    });
    assert_eq!(served.load(Ordering::SeqCst), 3);
    assert!(changed.wait_while_timeout(&mut tickets.lock(), SHORT, |_| true));
    assert!(!changed.wait_while_timeout(&mut tickets.lock(), LIMIT, |_| false));
}

#[test]
fn a_semaphore_lets_so_many_in() {
    let _alone = crate::alone::alone();
    let (semaphore, inside, most) = (Semaphore::new(2), AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|s| {
        for _ in 0..6 {
            s.spawn(None, || {
                for _ in 0..100 {
                    let _permit = semaphore.permit();
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    thread::yield_now();
                    inside.fetch_sub(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert!(most.load(Ordering::SeqCst) <= 2);
    assert_eq!(semaphore.permits(), 2);
}

#[test]
fn a_semaphore_signals_waits_times_out_and_tells_that_it_will_wait() {
    let _alone = crate::alone::alone();
    let semaphore = Semaphore::new(0);
    assert!(!semaphore.try_acquire());
    assert!(!semaphore.acquire_timeout(SHORT));
    let noted = AtomicUsize::new(0);
    thread::scope(|s| {
        s.spawn(None, || {
            semaphore.acquire_noting(|| _ = noted.fetch_add(1, Ordering::SeqCst))
        });
        eventually("it waits", || noted.load(Ordering::SeqCst) == 1);
        semaphore.release();
    });
    semaphore.release_many(3);
    semaphore.acquire_noting(|| panic!("nothing to wait for"));
    assert!(semaphore.try_acquire() && semaphore.acquire_timeout(SHORT));
    assert_eq!(semaphore.permits(), 0);
}

#[test]
fn no_release_comes_between_the_look_and_the_note() {
    let _alone = crate::alone::alone();
    for _ in 0..300 {
        let (semaphore, released) = (Semaphore::new(0), AtomicUsize::new(0));
        thread::scope(|s| {
            s.spawn(None, || {
                semaphore.acquire_noting(|| {
                    for _ in 0..20 {
                        thread::yield_now();
                    }
                    assert_eq!(released.load(Ordering::SeqCst), 0, "nothing to wait for");
                });
            });
            semaphore.release();
            released.store(1, Ordering::SeqCst);
        });
    }
}

#[test]
fn no_permit_and_no_wake_up_is_lost_among_many() {
    let _alone = crate::alone::alone();
    within(LIMIT, || {
        let (semaphore, got) = (Semaphore::new(0), AtomicUsize::new(0));
        thread::scope(|s| {
            for i in 0..4 {
                let (semaphore, got) = (&semaphore, &got);
                s.spawn(None, move || {
                    for _ in 0..5000 {
                        match i {
                            0 | 1 => semaphore.acquire(),
                            2 => while !semaphore.acquire_timeout(Duration::from_micros(50)) {},
                            _ => {
                                while !semaphore.try_acquire() {
                                    thread::yield_now();
                                }
                            }
                        }
                        got.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
            for _ in 0..2 {
                s.spawn(None, || {
                    for i in 0..2500 {
                        semaphore.release_many(1 + i % 7);
                        semaphore.release_many(7 - i % 7);
                    }
                });
            }
        });
        assert_eq!(got.load(Ordering::Relaxed), 20_000);
        assert_eq!(semaphore.permits(), 2 * 2500 * 8 - 20_000);
    });
}

#[test]
fn a_semaphore_has_a_bound() {
    let _alone = crate::alone::alone();
    let semaphore = Semaphore::new(usize::MAX);
    assert_eq!(semaphore.permits(), Semaphore::MAX_PERMITS);
    semaphore.release_many(0);
    let panicked = thread::scope(|s| s.spawn(None, || semaphore.release()).join());
    assert!(panicked.unwrap_err().message.contains("permits"));
    assert_eq!(semaphore.permits(), Semaphore::MAX_PERMITS);
    let bounded = BoundedSemaphore::new(usize::MAX);
    assert!(bounded.release().is_err());
    drop(bounded.permit());
    assert_eq!(bounded.permits(), bounded.bound());
}

#[test]
fn a_barrier_has_an_action_and_a_time_out_of_its_own() {
    let _alone = crate::alone::alone();
    let rounds = Arc::new(AtomicUsize::new(0));
    let barrier = Barrier::new(2).with_action({
        let rounds = rounds.clone();
        move || _ = rounds.fetch_add(1, Ordering::SeqCst)
    });
    thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(None, || {
                for round in 1..=50 {
                    barrier.wait().unwrap();
                    assert!(
                        rounds.load(Ordering::SeqCst) >= round,
                        "done before anybody passes"
                    );
                }
            });
        }
    });
    assert_eq!(rounds.load(Ordering::SeqCst), 50);

    let alone = Barrier::new(2).with_time_out(SHORT);
    assert_eq!(alone.wait(), Err(BarrierBroken::TimedOut));
    assert_eq!(alone.wait(), Err(BarrierBroken::ByAnother));
}

#[test]
fn a_barrier_breaks_when_its_action_panics() {
    let _alone = crate::alone::alone();
    within(LIMIT, || {
        let barrier = Barrier::new(3).with_action(|| panic!("no"));
        let outcomes: Vec<_> = thread::scope(|s| {
            let all: Vec<_> = (0..3).map(|_| s.spawn(None, || barrier.wait())).collect();
            all.into_iter().map(|one| one.join()).collect()
        });
        let panicked = outcomes.iter().filter(|outcome| outcome.is_err()).count();
        let broken = outcomes
            .iter()
            .filter(|outcome| **outcome == Ok(Err(BarrierBroken::ByAnother)))
            .count();
        assert_eq!((panicked, broken), (1, 2));
        assert!(barrier.is_broken());
    });
}

#[test]
fn exactly_one_of_those_who_wait_at_a_barrier_runs_out_of_time() {
    let _alone = crate::alone::alone();
    for _ in 0..20 {
        let barrier = Barrier::new(6);
        let timed_out = thread::scope(|s| {
            let all: Vec<_> = (0..5)
                .map(|_| s.spawn(None, || barrier.wait_timeout(Duration::from_micros(500))))
                .collect();
            all.into_iter()
                .map(|one| one.join().unwrap())
                .filter(|outcome| *outcome == Err(BarrierBroken::TimedOut))
                .count()
        });
        assert_eq!(timed_out, 1);
    }
}

#[test]
fn a_bounded_semaphore_refuses_what_was_not_acquired() {
    let _alone = crate::alone::alone();
    let semaphore = BoundedSemaphore::new(1);
    assert_eq!(semaphore.release(), Err(OverRelease { permits: 1 }));
    semaphore.acquire();
    assert!(!semaphore.try_acquire() && !semaphore.acquire_timeout(SHORT));
    assert_eq!(semaphore.release(), Ok(()));
    assert_eq!((semaphore.permits(), semaphore.bound()), (1, 1));
}

#[test]
fn a_reentrant_lock_is_free_when_released_as_often_as_taken() {
    let _alone = crate::alone::alone();
    let lock = ReentrantLock::new(Cell::new(0));
    let others = || thread::scope(|s| s.spawn(None, || lock.try_lock().is_some()).join().unwrap());
    let first = lock.lock();
    let second = lock.lock();
    second.set(first.get() + 1);
    assert!(lock.is_held_by_this_thread() && !others());
    drop(first);
    assert!(!others());
    drop(second);
    assert!(others());
    assert_eq!(lock.into_inner().get(), 1);
}

#[test]
fn an_event_stays_set_until_cleared() {
    let _alone = crate::alone::alone();
    let event = Event::new();
    assert!(!event.is_set() && !event.wait_timeout(SHORT));
    thread::scope(|s| {
        let waiting: Vec<_> = (0..3)
            .map(|_| s.spawn(None, || event.wait_timeout(LIMIT)))
            .collect();
        event.set();
        assert!(waiting.into_iter().all(|thread| thread.join().unwrap()));
    });
    event.wait();
    event.clear();
    assert!(!event.wait_timeout(Duration::ZERO));
}

#[test]
fn a_timer_fires_once_or_never() {
    let _alone = crate::alone::alone();
    let fired = Timer::start(Duration::ZERO, || 7);
    eventually("it has fired", || fired.is_finished());
    assert!(!fired.cancel(), "too late");
    assert_eq!(fired.join().unwrap(), Some(7));

    let begin = Instant::now();
    let cancelled = Timer::start(LIMIT * 10, || 7);
    assert!(cancelled.cancel() && cancelled.cancel());
    assert_eq!(cancelled.join().unwrap(), None);
    assert!(begin.elapsed() < LIMIT);
    assert_eq!(
        Timer::start(Duration::ZERO, || panic!("ding"))
            .join()
            .unwrap_err()
            .message,
        "ding"
    );
}

#[test]
fn a_barrier_lets_nobody_pass_before_all_arrived_round_after_round() {
    let _alone = crate::alone::alone();
    const PARTIES: usize = 4;
    let (barrier, arrived, leaders) = (
        Barrier::new(PARTIES),
        AtomicUsize::new(0),
        AtomicUsize::new(0),
    );
    thread::scope(|s| {
        for _ in 0..PARTIES {
            s.spawn(None, || {
                for round in 1..=50 {
                    arrived.fetch_add(1, Ordering::SeqCst);
                    let arrival = barrier.wait().unwrap();
                    assert!(arrived.load(Ordering::SeqCst) >= round * PARTIES);
                    leaders.fetch_add(usize::from(arrival.is_leader()), Ordering::SeqCst);
                }
            });
        }
    });
    assert_eq!(leaders.load(Ordering::SeqCst), 50);
}

#[test]
fn a_barrier_breaks_for_all_when_one_gives_up() {
    let _alone = crate::alone::alone();
    let barrier = Barrier::new(3);
    thread::scope(|s| {
        let patient = s.spawn(None, || barrier.wait());
        eventually("it waits", || barrier.arrived() == 1);
        assert_eq!(barrier.wait_timeout(SHORT), Err(BarrierBroken::TimedOut));
        assert_eq!(patient.join().unwrap(), Err(BarrierBroken::ByAnother));
    });
    assert!(barrier.is_broken());
    assert_eq!(barrier.wait(), Err(BarrierBroken::ByAnother));
    barrier.reset();
    thread::scope(|s| {
        let waiting = s.spawn(None, || barrier.wait());
        eventually("it waits", || barrier.arrived() == 1);
        barrier.reset();
        assert_eq!(waiting.join().unwrap(), Err(BarrierBroken::ByAnother));
    });
    assert!(!barrier.is_broken());
    assert!(Barrier::new(0).wait().unwrap().is_leader());
}

#[test]
fn a_queue_hands_every_item_to_exactly_one() {
    let _alone = crate::alone::alone();
    let (queue, results) = (Queue::bounded(3), Queue::unbounded());
    thread::scope(|s| {
        for _ in 0..3 {
            s.spawn(None, || {
                queue
                    .iter()
                    .for_each(|item: usize| results.put(item).unwrap())
            });
        }
        for item in 0..300 {
            queue.put(item).unwrap();
        }
        queue.close();
    });
    results.close();
    let mut all: Vec<_> = results.iter().collect();
    all.sort_unstable();
    assert_eq!(all, (0..300).collect::<Vec<_>>());
}

#[test]
fn a_queue_has_a_bound_an_end_and_time_outs() {
    let _alone = crate::alone::alone();
    let queue = Queue::bounded(1);
    assert_eq!(queue.try_get(), Err(TryGetError::Empty));
    assert_eq!(queue.get_timeout(SHORT), Err(GetTimeoutError::TimedOut));
    queue.put('a').unwrap();
    assert_eq!(queue.try_put('b').unwrap_err().kind, PutErrorKind::Full);
    assert_eq!(queue.put_timeout('b', SHORT).unwrap_err().item, 'b');
    thread::scope(|s| {
        let blocked = s.spawn(None, || queue.put('c'));
        queue.close();
        // It may have been in time to be refused while it waited, or come after; never is it put.
        assert_eq!(
            blocked.join().unwrap().unwrap_err().kind,
            PutErrorKind::Closed
        );
    });
    assert_eq!((queue.get(), queue.get()), (Some('a'), None));
    assert_eq!(queue.get_timeout(LIMIT), Err(GetTimeoutError::Closed));
    assert_eq!(queue.try_get(), Err(TryGetError::Closed));
}

#[test]
fn join_waits_until_every_item_is_dealt_with() {
    let _alone = crate::alone::alone();
    let queue = Queue::unbounded();
    let done = AtomicUsize::new(0);
    thread::scope(|s| {
        for item in 0..20 {
            queue.put(item).unwrap();
        }
        s.spawn(None, || {
            for _ in queue.iter() {
                done.fetch_add(1, Ordering::SeqCst);
                assert!(queue.task_done());
            }
        });
        queue.join();
        assert_eq!(done.load(Ordering::SeqCst), 20);
        queue.close();
    });
    assert!(!queue.task_done(), "nothing left");
}
