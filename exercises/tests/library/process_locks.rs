//! Processes that keep each other out, count, and wait for each other.

use crate::eventually;
use exercises::primitive::time::Duration;
use exercises::process::*;

const SHORT: Duration = Duration::from_millis(5);

#[test]
fn a_lock_excludes_processes() {
    let _alone = crate::alone::alone();
    let (lock, counter) = (Lock::new().unwrap(), Queue::<u64>::unbounded().unwrap());
    counter.put(0).unwrap();
    let mut children: Vec<_> = (0..4)
        .map(|i| {
            let (lock, counter) = (lock.clone(), counter.clone());
            Process::new(format!("p{i}"), move || {
                for _ in 0..100 {
                    let _held = lock.lock().unwrap();
                    // Between these two, the queue is empty: only the lock keeps the others from
                    // finding it so.
                    let value = counter.try_get().unwrap();
                    counter.put(value + 1).unwrap();
                }
            })
        })
        .collect();
    children.iter_mut().for_each(|child| child.start().unwrap());
    assert!(
        children
            .iter()
            .all(|child| child.join().unwrap() == Some(0))
    );
    assert_eq!(counter.try_get().unwrap(), 400);
}

#[test]
fn a_lock_has_time_outs_and_knows_its_holder() {
    let _alone = crate::alone::alone();
    let lock = Lock::new().unwrap();
    assert_eq!(lock.holder(), None);
    let held = lock.lock().unwrap();
    assert_eq!(lock.holder(), Some(id()));
    assert_eq!(lock.lock().unwrap_err(), LockError::HeldByThisThread);
    let mut child = Process::new("other", {
        let lock = lock.clone();
        move || {
            i32::from(
                lock.try_lock().unwrap().is_some() || lock.lock_timeout(SHORT).unwrap().is_some(),
            )
        }
    });
    child.start().unwrap();
    assert_eq!(child.join().unwrap(), Some(0));
    drop(held);
    assert!(lock.lock_timeout(SHORT).unwrap().is_some());
}

#[test]
fn a_semaphore_counts_over_processes() {
    let _alone = crate::alone::alone();
    let semaphore = Semaphore::new(1).unwrap();
    assert!(semaphore.try_acquire() && !semaphore.try_acquire());
    assert_eq!(semaphore.acquire_timeout(SHORT), Ok(false));
    let mut child = Process::new("releaser", {
        let semaphore = semaphore.clone();
        move || (0..3).for_each(|_| semaphore.release())
    });
    child.start().unwrap();
    for _ in 0..3 {
        semaphore.acquire().unwrap();
    }
    child.join().unwrap();
    assert_eq!(semaphore.permits(), 0);
    semaphore.release();
    drop(semaphore.permit().unwrap());
    assert_eq!(semaphore.permits(), 1);
}

#[test]
fn a_barrier_holds_processes_back_round_after_round() {
    let _alone = crate::alone::alone();
    const PARTIES: usize = 3;
    const ROUNDS: usize = 30;
    let (barrier, log) = (
        Barrier::new(PARTIES).unwrap(),
        Queue::<(usize, bool, bool)>::unbounded().unwrap(),
    );
    let mut children: Vec<_> = (0..PARTIES)
        .map(|i| {
            let (barrier, log) = (barrier.clone(), log.clone());
            Process::new(format!("p{i}"), move || {
                for round in 0..ROUNDS {
                    log.put((round, false, false)).unwrap();
                    let arrival = barrier.wait().unwrap();
                    log.put((round, true, arrival.is_leader())).unwrap();
                }
            })
        })
        .collect();
    children.iter_mut().for_each(|child| child.start().unwrap());
    assert!(
        children
            .iter()
            .all(|child| child.join().unwrap() == Some(0))
    );
    let mut arrived = [0; ROUNDS];
    let (mut passed, mut leaders) = (0, 0);
    for item in log.iter() {
        let (round, has_passed, leads) = item.unwrap();
        if has_passed {
            assert_eq!(arrived[round], PARTIES);
            passed += 1;
            leaders += usize::from(leads);
        } else {
            arrived[round] += 1;
        }
    }
    assert_eq!((passed, leaders), (PARTIES * ROUNDS, ROUNDS));
}

#[test]
fn a_barrier_of_processes_times_out_and_can_be_made_new() {
    let _alone = crate::alone::alone();
    let barrier = Barrier::new(2).unwrap();
    assert_eq!(barrier.wait_timeout(SHORT), Err(BarrierError::TimedOut));
    assert_eq!(barrier.wait(), Err(BarrierError::ByAnother));
    barrier.reset();
    let mut child = Process::new("waits", {
        let barrier = barrier.clone();
        move || i32::from(barrier.wait() != Err(BarrierError::ByAnother))
    });
    child.start().unwrap();
    eventually("it waits", || barrier.arrived() == 1);
    barrier.abort();
    assert_eq!(child.join().unwrap(), Some(0));
}
