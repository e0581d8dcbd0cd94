//! The model of CPython's lock.

use crate::{LIMIT, eventually, within};
use exercises::gil::{Gil, SWITCH_INTERVAL};
use exercises::primitive::atomic::{AtomicBool, AtomicUsize, Ordering};
use exercises::primitive::thread;
use exercises::primitive::time::{Duration, Instant};

/// So many threads take turns at the checkpoint; gives how many were inside at the same time.
fn together(gil: &Gil, threads: usize, rounds: usize) -> usize {
    let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let barrier = exercises::sync::Barrier::new(threads);
    thread::scope(|s| {
        for _ in 0..threads {
            s.spawn(None, || {
                barrier.wait().unwrap();
                for _ in 0..rounds {
                    let mut python = gil.enter();
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    thread::yield_now();
                    inside.fetch_sub(1, Ordering::SeqCst);
                    python.checkpoint();
                }
            });
        }
    });
    most.load(Ordering::SeqCst)
}

#[test]
fn one_thread_at_a_time_runs_python() {
    let _alone = crate::alone::alone();
    let gil = Gil::new();
    assert_eq!(within(LIMIT, move || together(&gil, 4, 200)), 1);
}

#[test]
fn a_holder_that_never_waits_hands_the_lock_over_on_request() {
    let _alone = crate::alone::alone();
    let gil = Gil::new();
    let got = AtomicBool::new(false);
    thread::scope(|s| {
        let mut python = gil.enter();
        s.spawn(Some("second"), || {
            let _python = gil.enter();
            got.store(true, Ordering::SeqCst);
        });
        eventually("the second waits", || gil.waiting() == 1);
        let begin = Instant::now();
        // Never gives way by itself: only the request ends this loop.
        while !got.load(Ordering::SeqCst) {
            python.checkpoint();
            assert!(begin.elapsed() < LIMIT, "never handed over");
        }
        assert_eq!(gil.handovers(), 1);
    });
    assert!(!gil.is_held() && gil.waiting() == 0);
}

#[test]
fn nobody_asks_before_the_interval_is_over() {
    let _alone = crate::alone::alone();
    let gil = Gil::new();
    let got = AtomicBool::new(false);
    thread::scope(|s| {
        let mut python = gil.enter();
        let begin = Instant::now();
        s.spawn(Some("second"), || {
            let _python = gil.enter();
            got.store(true, Ordering::SeqCst);
        });
        while !got.load(Ordering::SeqCst) {
            python.checkpoint();
            assert!(begin.elapsed() < LIMIT, "never handed over");
        }
        assert!(begin.elapsed() >= SWITCH_INTERVAL, "{:?}", begin.elapsed());
    });
}

#[test]
fn a_thread_that_waits_holds_nothing_up() {
    let _alone = crate::alone::alone();
    let gil = Gil::new();
    let (asleep, awake) = (exercises::sync::Event::new(), exercises::sync::Event::new());
    thread::scope(|s| {
        let sleeper = s.spawn(Some("sleeper"), || {
            gil.enter().without(|| {
                asleep.set();
                awake.wait();
            });
        });
        asleep.wait();
        drop(gil.enter());
        gil.enter().sleep(Duration::from_millis(1));
        awake.set();
        sleeper.join().unwrap();
    });
    assert_eq!(gil.handovers(), 0, "nobody had to ask");
}

#[test]
fn a_panic_inside_or_outside_gives_the_lock_back() {
    let _alone = crate::alone::alone();
    let gil = Gil::new();
    thread::scope(|s| {
        let inside = s.spawn(None, || {
            let _python = gil.enter();
            panic!("inside");
        });
        assert!(inside.join().is_err());
        let outside = s.spawn(None, || gil.enter().without(|| panic!("outside")));
        assert!(outside.join().is_err());
    });
    assert!(!gil.is_held());
    drop(gil.enter());
}

#[test]
fn free_threaded_nobody_waits() {
    let _alone = crate::alone::alone();
    let gil = Gil::free_threaded();
    assert!(gil.is_free_threaded());
    // Both inside at once: with the lock this would wait for ever.
    let barrier = exercises::sync::Barrier::new(2);
    within(LIMIT, move || {
        thread::scope(|s| {
            for _ in 0..2 {
                s.spawn(None, || {
                    let _python = gil.enter();
                    barrier.wait().unwrap();
                });
            }
        });
        assert_eq!((gil.handovers(), gil.is_held()), (0, false));
    });
}
