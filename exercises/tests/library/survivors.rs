//! Somebody is killed; the others find out within a second, and nothing is corrupt.

use crate::{LIMIT, NOTICE, started, within};
use exercises::primitive::time::{Duration, Instant};
use exercises::primitive::{process as low, thread};
use exercises::process::*;

/// A process that does something, says that it has, and then sleeps until it is killed.
fn stuck_after(ready: &Semaphore, does: impl FnOnce() + 'static) -> Process<'static> {
    let ready = ready.clone();
    let mut process = Process::new("victim", move || {
        does();
        ready.release();
        thread::sleep(LIMIT * 10);
    });
    process.start().unwrap();
    process
}

fn kill(process: &Process<'_>) -> i32 {
    process.kill().unwrap();
    assert_eq!(process.join().unwrap(), Some(-9));
    process.pid().unwrap()
}

#[test]
fn a_lock_of_a_killed_holder_is_reported_once_and_then_free() {
    let _alone = crate::alone::alone();
    let (lock, ready) = (Lock::new().unwrap(), Semaphore::new(0).unwrap());
    let victim = stuck_after(&ready, {
        let lock = lock.clone();
        move || std::mem::forget(lock.lock().unwrap())
    });
    ready.acquire().unwrap();
    assert!(lock.try_lock().unwrap().is_none());
    let pid = kill(&victim);
    assert_eq!(
        lock.lock().unwrap_err(),
        LockError::Abandoned(Abandoned { pid })
    );
    assert!(lock.lock().is_ok());
}

#[test]
fn one_who_waits_for_a_lock_is_woken_when_its_holder_is_killed() {
    let _alone = crate::alone::alone();
    let (lock, ready) = (Lock::new().unwrap(), Semaphore::new(0).unwrap());
    let victim = stuck_after(&ready, {
        let lock = lock.clone();
        move || std::mem::forget(lock.lock().unwrap())
    });
    ready.acquire().unwrap();
    let mut waiter = Process::new("waiter", {
        let (lock, ready) = (lock.clone(), ready.clone());
        move || {
            ready.release();
            i32::from(!matches!(lock.lock(), Err(LockError::Abandoned(_))))
        }
    });
    waiter.start().unwrap();
    ready.acquire().unwrap();
    kill(&victim);
    let begin = Instant::now();
    assert_eq!(waiter.join().unwrap(), Some(0));
    assert!(begin.elapsed() < NOTICE);
}

#[test]
fn a_permit_of_a_killed_process_is_reported_and_can_be_recovered() {
    let _alone = crate::alone::alone();
    let (semaphore, ready) = (Semaphore::new(2).unwrap(), Semaphore::new(0).unwrap());
    let victim = stuck_after(&ready, {
        let semaphore = semaphore.clone();
        move || semaphore.acquire().unwrap()
    });
    ready.acquire().unwrap();
    semaphore.acquire().unwrap();
    let pid = kill(&victim);
    let begin = Instant::now();
    assert_eq!(semaphore.acquire(), Err(Abandoned { pid }));
    assert!(begin.elapsed() < NOTICE);
    assert_eq!(
        semaphore.acquire(),
        Err(Abandoned { pid }),
        "for everybody, as long as it is lost"
    );
    assert_eq!(semaphore.recover(), 1);
    assert_eq!(semaphore.acquire(), Ok(()));
    assert_eq!(semaphore.recover(), 0);
}

#[test]
fn a_process_killed_without_a_permit_disturbs_nobody() {
    let _alone = crate::alone::alone();
    let (semaphore, ready) = (Semaphore::new(1).unwrap(), Semaphore::new(0).unwrap());
    let victim = stuck_after(&ready, {
        let semaphore = semaphore.clone();
        move || drop(semaphore.permit().unwrap())
    });
    ready.acquire().unwrap();
    kill(&victim);
    semaphore.acquire().unwrap();
    let mut waiter = Process::new("waiter", {
        let semaphore = semaphore.clone();
        move || i32::from(semaphore.acquire().is_err())
    });
    waiter.start().unwrap();
    assert!(
        !waiter.join_timeout(Duration::from_millis(300)).unwrap(),
        "it waits, past several looks"
    );
    semaphore.release();
    assert_eq!(waiter.join().unwrap(), Some(0));
}

#[test]
fn those_who_wait_for_a_signal_learn_that_nobody_is_left_to_give_it() {
    let _alone = crate::alone::alone();
    let (semaphore, ready) = (Semaphore::new(0).unwrap(), Semaphore::new(0).unwrap());
    let victim = stuck_after(&ready, {
        let semaphore = semaphore.clone();
        move || std::mem::forget(semaphore) // it keeps it until it is killed
    });
    ready.acquire().unwrap();
    let pid = kill(&victim);
    assert_eq!(
        within(NOTICE, move || semaphore.acquire()),
        Err(Abandoned { pid })
    );
}

#[test]
fn a_barrier_tells_those_who_wait_that_one_was_killed_before_it_came() {
    let _alone = crate::alone::alone();
    let (barrier, ready) = (Barrier::new(2).unwrap(), Semaphore::new(0).unwrap());
    let victim = stuck_after(&ready, {
        let barrier = barrier.clone();
        move || std::mem::forget(barrier) // it keeps it until it is killed
    });
    ready.acquire().unwrap();
    let pid = victim.pid().unwrap();
    let mut waiter = Process::new("waiter", {
        let barrier = barrier.clone();
        move || i32::from(barrier.wait() != Err(BarrierError::Abandoned(Abandoned { pid })))
    });
    waiter.start().unwrap();
    crate::eventually("it waits", || barrier.arrived() == 1);
    kill(&victim);
    let begin = Instant::now();
    assert_eq!(waiter.join().unwrap(), Some(0));
    assert!(begin.elapsed() < NOTICE);
    assert_eq!(
        barrier.wait(),
        Err(BarrierError::Abandoned(Abandoned { pid })),
        "and those who come later"
    );
    barrier.reset();
    assert_eq!(
        barrier.wait(),
        Err(BarrierError::TooFew),
        "made new, without the dead"
    );
}

#[test]
fn a_barrier_tells_those_who_wait_that_one_was_killed_while_it_waited() {
    let _alone = crate::alone::alone();
    let barrier = Barrier::new(3).unwrap();
    let mut victim = Process::new("victim", {
        let barrier = barrier.clone();
        move || _ = barrier.wait()
    });
    victim.start().unwrap();
    crate::eventually("it waits", || barrier.arrived() == 1);
    let pid = kill(&victim);
    assert_eq!(
        within(NOTICE, move || barrier.wait()),
        Err(BarrierError::Abandoned(Abandoned { pid }))
    );
}

#[test]
fn a_barrier_that_can_never_open_says_so() {
    let _alone = crate::alone::alone();
    let barrier = Barrier::new(2).unwrap();
    let mut leaver = Process::new("leaver", {
        let barrier = barrier.clone();
        move || drop(barrier)
    });
    leaver.start().unwrap();
    leaver.join().unwrap();
    assert_eq!(
        within(NOTICE, move || barrier.wait()),
        Err(BarrierError::TooFew)
    );
}

#[test]
fn a_writer_killed_at_any_moment_leaves_whole_messages_and_an_end() {
    let _alone = crate::alone::alone();
    for round in 0..12u32 {
        let queue = Queue::<(u32, Vec<u32>)>::unbounded().unwrap();
        let mut writer = Process::new("writer", {
            let queue = queue.clone();
            move || {
                for number in 0.. {
                    queue.put((number, vec![number; 1 << 18])).unwrap(); // a megabyte
                }
            }
        });
        writer.start().unwrap();
        let mut received = 0;
        let check = |(number, body): (u32, Vec<u32>), received: &mut u32| {
            assert_eq!((number, body.len()), (*received, 1 << 18));
            assert!(body.iter().all(|word| *word == number));
            *received += 1;
        };
        for _ in 0..=round % 4 {
            check(queue.get().unwrap().unwrap(), &mut received);
        }
        let pid = kill(&writer);
        let begin = Instant::now();
        loop {
            match queue.get() {
                Ok(Some(item)) => check(item, &mut received),
                Ok(None) => panic!("the death is reported before the end"),
                Err(GetError::Abandoned(abandoned)) => break assert_eq!(abandoned.pid, pid),
                Err(error) => panic!("{error}"),
            }
        }
        assert!(matches!(queue.get(), Ok(None)), "then the queue has ended");
        assert!(begin.elapsed() < LIMIT);
        // And it can be used by others.
        queue.put((0, vec![])).unwrap();
        assert_eq!(queue.get().unwrap(), Some((0, vec![])));
    }
}

#[test]
fn readers_go_on_when_one_of_them_or_a_writer_is_killed() {
    let _alone = crate::alone::alone();
    let queue = Queue::<u32>::unbounded().unwrap();
    let busy = |name: &str, reads: bool| {
        let queue = queue.clone();
        let mut process = Process::new(name, move || {
            loop {
                if reads {
                    let _ = queue.try_get();
                } else if queue.len() < 100 {
                    queue.put(1).unwrap();
                }
            }
        });
        process.start().unwrap();
        process
    };
    for round in 0..20 {
        let victim = busy("victim", round % 2 == 0);
        let other = busy("other", round % 2 == 1);
        // Something happens meanwhile.
        (0..200).for_each(|_| drop(queue.try_get()));
        kill(&victim);
        queue.put(7).unwrap();
        kill(&other);
    }
    within(LIMIT, move || {
        queue.close();
        while queue
            .get()
            .is_err_and(|error| matches!(error, GetError::Abandoned(_)))
            || !queue.is_empty()
        {}
        assert!(matches!(queue.get(), Ok(None)));
    });
}

#[test]
fn one_who_waits_for_room_learns_that_the_consumer_was_killed() {
    let _alone = crate::alone::alone();
    let (queue, ready) = (
        Queue::<u32>::bounded(1).unwrap(),
        Semaphore::new(0).unwrap(),
    );
    let victim = stuck_after(&ready, {
        let queue = queue.clone();
        move || std::mem::forget(queue) // it keeps it until it is killed
    });
    ready.acquire().unwrap();
    queue.put(1).unwrap();
    let pid = kill(&victim);
    let begin = Instant::now();
    assert!(matches!(queue.put(2), Err(PutError::Abandoned(abandoned)) if abandoned.pid == pid));
    assert!(matches!(queue.put(2), Err(PutError::NobodyTakes)));
    assert!(begin.elapsed() < NOTICE);
}

#[test]
fn a_panic_of_a_producer_is_reported_too() {
    let _alone = crate::alone::alone();
    let queue = Queue::<u32>::unbounded().unwrap();
    let mut producer = Process::new("producer", {
        let queue = queue.clone();
        move || {
            queue.put(1).unwrap();
            if true {
                std::mem::forget(queue);
                panic!("as it should be");
            }
        }
    });
    producer.start().unwrap();
    assert_eq!(queue.get().unwrap(), Some(1));
    assert!(
        matches!(queue.get(), Err(GetError::Abandoned(abandoned)) if Some(abandoned.pid) == producer.pid())
    );
    assert_eq!(producer.join().unwrap(), Some(1));
}

#[test]
fn a_producer_that_ends_in_the_normal_way_is_no_casualty() {
    let _alone = crate::alone::alone();
    for _ in 0..20 {
        let queue = Queue::<u32>::unbounded().unwrap();
        let mut fast = Process::new("fast", {
            let queue = queue.clone();
            move || std::mem::forget(queue)
        });
        let mut slow = Process::new("slow", {
            let queue = queue.clone();
            move || queue.put(1).unwrap()
        });
        fast.start().unwrap();
        fast.join().unwrap();
        slow.start().unwrap();
        assert!(matches!(
            (queue.get(), queue.get()),
            (Ok(Some(1)), Ok(None))
        ));
        slow.join().unwrap();
    }
}

#[test]
fn a_process_that_ends_in_the_normal_way_is_no_casualty_where_its_last_handle_went_before() {
    let _alone = crate::alone::alone();
    let (event, may_set) = (Event::new().unwrap(), Semaphore::new(0).unwrap());
    let waiter = started("waiter", {
        let event = event.clone();
        move || event.wait().unwrap()
    });
    let setter = started("setter", {
        let (event, may_set) = (event.clone(), may_set.clone());
        move || {
            may_set.acquire().unwrap();
            event.set();
        }
    });
    // This process keeps no handle, so the child has none but this one.
    let leaver = started("leaver", move || assert!(!event.is_set()));
    assert_eq!(leaver.join().unwrap(), Some(0));
    let looks = Duration::from_millis(500);
    assert!(
        !waiter.join_timeout(looks).unwrap(),
        "it waits, past several looks"
    );
    may_set.release();
    assert_eq!(waiter.join().unwrap(), Some(0));
    assert_eq!(setter.join().unwrap(), Some(0));
}

#[test]
fn a_process_that_is_killed_is_a_casualty_also_where_its_last_handle_went_before() {
    let _alone = crate::alone::alone();
    let (event, ready) = (Event::new().unwrap(), Semaphore::new(0).unwrap());
    let waiter = started("waiter", {
        let event = event.clone();
        move || i32::from(event.wait().is_ok())
    });
    let victim = stuck_after(&ready, move || drop(event));
    ready.acquire().unwrap();
    kill(&victim);
    assert!(waiter.join_timeout(NOTICE).unwrap(), "it was told");
    assert_eq!(waiter.exit_code(), Some(0));
}

#[test]
fn the_death_of_a_stranger_concerns_nobody() {
    let _alone = crate::alone::alone();
    let (queue, ready) = (
        Queue::<u32>::unbounded().unwrap(),
        Semaphore::new(0).unwrap(),
    );
    let mut producer = Process::new("producer", {
        let (queue, ready) = (queue.clone(), ready.clone());
        move || {
            ready.acquire().unwrap();
            queue.put(1).unwrap();
        }
    });
    producer.start().unwrap();
    let stranger = low::fork("stranger", || {
        thread::sleep(LIMIT * 10);
        0
    })
    .unwrap();
    stranger.signal(Signal::SIGKILL).unwrap();
    stranger.wait().unwrap();
    assert!(matches!(
        queue.get_timeout(Duration::from_millis(300)),
        Err(TryGetError::Empty)
    ));
    ready.release();
    assert_eq!(queue.get().unwrap(), Some(1));
    producer.join().unwrap();
}
