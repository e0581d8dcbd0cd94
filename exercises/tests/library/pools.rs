//! The pool of threads and its futures.

use crate::{LIMIT, eventually, within};
use exercises::primitive::Arc;
use exercises::primitive::atomic::{AtomicUsize, Ordering};
use exercises::primitive::thread;
use exercises::primitive::time::Duration;
use exercises::sync::*;

/// A job that ends when the event is set.
fn held(pool: &ThreadPool) -> (Arc<Event>, Future<u32>) {
    let gate = Arc::new(Event::new());
    let job = pool.submit({
        let gate = gate.clone();
        move || {
            gate.wait();
            7
        }
    });
    (gate, job)
}

#[test]
fn a_pool_has_named_workers_and_gives_results() {
    let _alone = crate::alone::alone();
    let pool = ThreadPool::named("crew", 3).unwrap();
    assert_eq!((pool.workers(), pool.waiting()), (3, 0));
    let name = pool.submit(thread::current_name).result().unwrap();
    assert!(["crew-1", "crew-2", "crew-3"].contains(&&*name), "{name}");
    pool.shutdown();
    assert!(matches!(ThreadPool::new(0), Err(PoolError::Workers(0))));
    assert!(matches!(
        ThreadPool::new(MAX_WORKERS + 1),
        Err(PoolError::Workers(_))
    ));
}

#[test]
fn map_gives_results_in_the_order_of_the_inputs_and_errors_in_their_place() {
    let _alone = crate::alone::alone();
    let pool = ThreadPool::new(3).unwrap();
    let results: Vec<_> = pool
        .map(0..20u64, |i| {
            thread::sleep(Duration::from_micros(500 * (20 - i)));
            assert_ne!(i, 13, "unlucky");
            i * i
        })
        .collect();
    for (i, result) in results.into_iter().enumerate() {
        match i {
            13 => assert!(
                matches!(result, Err(JobError::Panicked { message }) if message.contains("unlucky"))
            ),
            _ => assert_eq!(result, Ok((i * i) as u64)),
        }
    }
    assert_eq!(pool.map([0; 0], |i: u8| i).count(), 0);
}

#[test]
fn never_more_jobs_at_once_than_workers_and_a_panic_costs_no_worker() {
    let _alone = crate::alone::alone();
    let pool = ThreadPool::new(2).unwrap();
    let (inside, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let failed = pool
        .map(0..100, {
            let (inside, most) = (inside.clone(), most.clone());
            move |i| {
                most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::yield_now();
                inside.fetch_sub(1, Ordering::SeqCst);
                assert!(i % 10 != 0, "every tenth");
            }
        })
        .filter(Result::is_err)
        .count();
    assert_eq!((failed, inside.load(Ordering::SeqCst)), (10, 0));
    assert!(most.load(Ordering::SeqCst) <= 2);
}

#[test]
fn only_what_has_not_begun_can_be_cancelled() {
    let _alone = crate::alone::alone();
    let pool = ThreadPool::new(1).unwrap();
    let (gate, running) = held(&pool);
    eventually("the job runs", || running.is_running());
    let ran = Arc::new(AtomicUsize::new(0));
    let waiting = pool.submit({
        let ran = ran.clone();
        move || ran.fetch_add(1, Ordering::SeqCst)
    });
    assert!(!running.cancel() && !running.is_done());
    assert_eq!(format!("{waiting:?}"), "Future(\"waiting\")");
    assert!(waiting.cancel() && waiting.is_cancelled() && waiting.is_done());
    assert!(!waiting.cancel(), "only once");
    assert_eq!(waiting.result(), Err(JobError::Cancelled));
    gate.set();
    assert_eq!(running.result(), Ok(7));
    pool.shutdown();
    assert_eq!(ran.load(Ordering::SeqCst), 0, "a cancelled job never runs");
}

#[test]
fn a_result_that_is_late_gives_the_future_back() {
    let _alone = crate::alone::alone();
    let pool = ThreadPool::new(1).unwrap();
    let (gate, late) = held(&pool);
    let late = late.result_timeout(Duration::from_millis(2)).unwrap_err();
    gate.set();
    assert_eq!(late.result_timeout(LIMIT).unwrap(), Ok(7));
}

#[test]
fn results_come_as_they_are_completed() {
    let _alone = crate::alone::alone();
    let pool = ThreadPool::new(2).unwrap();
    let (gate, slow) = held(&pool);
    let quick = pool.submit(|| 1);
    let mut completed = as_completed(vec![slow, quick]);
    assert_eq!(completed.next(), Some((1, Ok(1))));
    gate.set();
    assert_eq!(completed.next(), Some((0, Ok(7))));
    assert_eq!(completed.next(), None);
    assert_eq!(as_completed(Vec::<Future<u8>>::new()).next(), None);
}

#[test]
fn wait_knows_all_the_first_and_the_limit() {
    let _alone = crate::alone::alone();
    let pool = ThreadPool::new(2).unwrap();
    let (gate, slow) = held(&pool);
    let futures = [slow, pool.submit(|| 1)];
    let some = Waited {
        done: vec![1],
        pending: vec![0],
    };
    assert_eq!(wait(&futures, WaitFor::First, None), some);
    let limit = Some(Duration::from_millis(2));
    assert_eq!(wait(&futures, WaitFor::All, limit), some);
    gate.set();
    assert_eq!(wait(&futures, WaitFor::All, None).done, [0, 1]);
    let none: [Future<u8>; 0] = [];
    assert!(wait(&none, WaitFor::First, None).done.is_empty());
}

#[test]
fn the_end_of_a_pool_waits_for_its_jobs_and_leaves_no_thread() {
    let _alone = crate::alone::alone();
    let done = Arc::new(AtomicUsize::new(0));
    let pool = ThreadPool::new(4).unwrap();
    for _ in 0..50 {
        let done = done.clone();
        let _ = pool.submit(move || {
            thread::sleep(Duration::from_micros(100));
            done.fetch_add(1, Ordering::SeqCst);
        });
    }
    drop(pool);
    assert_eq!(done.load(Ordering::SeqCst), 50);
    assert_eq!(Arc::strong_count(&done), 1, "every job is gone");
}

#[test]
fn a_job_may_hold_the_last_handle_of_its_pool() {
    let _alone = crate::alone::alone();
    within(LIMIT, || {
        let pool = Arc::new(ThreadPool::new(2).unwrap());
        let gate = Arc::new(Event::new());
        let last = pool.submit({
            let (pool, gate) = (pool.clone(), gate.clone());
            move || {
                gate.wait();
                drop(pool);
            }
        });
        drop(pool);
        gate.set();
        last.result().unwrap();
    });
}
