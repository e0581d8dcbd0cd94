//! A participant is killed at random points of what it does, many times, for each primitive between
//! processes: the other one is told within a second or just goes on, and what they share stays whole.

use crate::{NOTICE, eventually};
use exercises::primitive::thread;
use exercises::primitive::time::{Duration, Instant};
use exercises::process::*;

const ROUNDS: u64 = 12;

/// What the survivor writes down, in shared memory, for the test to read.
#[derive(Clone)]
struct Log {
    steps: Value<u64>,
    told: Value<i32>,
    stop: Value<bool>,
}

/// Why a step failed, as far as it matters here.
type Step = Result<(), Abandoned>;

fn abandoned(error: LockError) -> Abandoned {
    match error {
        LockError::Abandoned(abandoned) => abandoned,
        LockError::HeldByThisThread => panic!("{error}"),
    }
}

impl Log {
    fn new() -> Log {
        Log {
            steps: Value::new(0).unwrap(),
            told: Value::new(0).unwrap(),
            stop: Value::new(false).unwrap(),
        }
    }

    /// A process that takes these steps until it is stopped or `told_is_the_end`.
    fn survivor(
        &self,
        told_is_the_end: bool,
        mut step: impl FnMut() -> Step + 'static,
    ) -> Process<'static> {
        let log = self.clone();
        let survivor = Process::new("survivor", move || {
            while !log.stop.get() {
                match step() {
                    Ok(()) => _ = log.steps.fetch_add(1),
                    Err(Abandoned { pid }) => {
                        log.told.set(pid);
                        if told_is_the_end {
                            return;
                        }
                    }
                }
            }
        });
        // Ends with the test, should that fail.
        survivor.daemon(true)
    }
}

/// A process that takes these steps until it is killed.
fn victim(mut step: impl FnMut() -> Step + 'static) -> Process<'static> {
    Process::new("victim", move || {
        loop {
            step().unwrap();
        }
    })
    .daemon(true)
}

#[derive(Clone, Copy, PartialEq)]
enum Expect {
    /// The survivor cannot go on, and must be told.
    Told,
    /// It is told if the victim had something at that moment; it goes on in any case.
    GoesOn,
}

/// Kills the victim at a random moment, `ROUNDS` times.
fn killed_at_random(
    expect: Expect,
    make: impl Fn(&Log) -> (Process<'static>, Process<'static>),
    after: impl Fn(&Log),
) {
    let mut random = fastrand::Rng::with_seed(20_240_607);
    for round in 0..ROUNDS {
        let log = Log::new();
        let (mut victim, mut survivor) = make(&log);
        victim.start().unwrap();
        survivor.start().unwrap();
        eventually("they are at work", || log.steps.get() > 3);
        thread::sleep(Duration::from_micros(random.u64(0..3000)));
        victim.kill().unwrap();
        assert_eq!(victim.join().unwrap(), Some(-9));
        let killed = Instant::now();
        let pid = victim.pid().unwrap();
        let steps_then = log.steps.get();
        let goes_on = |since: u64| log.steps.get() > since + 20;
        eventually("the survivor knows, or goes on", || {
            log.told.get() != 0 || expect == Expect::GoesOn && goes_on(steps_then)
        });
        assert!(killed.elapsed() < NOTICE, "round {round}: too late");
        if expect == Expect::GoesOn {
            let since = log.steps.get();
            eventually("the survivor goes on", || goes_on(since));
        }
        log.stop.set(true);
        assert_eq!(survivor.join().unwrap(), Some(0));
        let told = log.told.get();
        assert!(told == 0 || told == pid, "told of {told}, killed was {pid}");
        after(&log);
    }
}

#[test]
fn a_lock() {
    let _alone = crate::alone::alone();
    killed_at_random(
        Expect::GoesOn,
        |log| {
            let lock = Lock::new().unwrap();
            let its_lock = lock.clone();
            let step = |lock: &Lock| lock.lock().map(drop).map_err(abandoned);
            (
                victim(move || step(&its_lock)),
                log.survivor(false, move || step(&lock)),
            )
        },
        |_| (),
    );
}

#[test]
fn a_reentrant_lock() {
    let _alone = crate::alone::alone();
    killed_at_random(
        Expect::GoesOn,
        |log| {
            let lock = ReentrantLock::new().unwrap();
            let its_lock = lock.clone();
            let step = |lock: &ReentrantLock| {
                let _outer = lock.lock().map_err(abandoned)?;
                let _inner = lock.lock().map_err(abandoned)?;
                Ok(())
            };
            (
                victim(move || step(&its_lock)),
                log.survivor(false, move || step(&lock)),
            )
        },
        |_| (),
    );
}

#[test]
fn a_value_is_half_changed_only_where_somebody_was_told() {
    let _alone = crate::alone::alone();
    killed_at_random(
        Expect::GoesOn,
        |log| {
            // What `other` says under the lock of `value` must be the same.
            let (value, other) = (Value::new(0u64).unwrap(), Value::new(0u64).unwrap());
            let (its_value, its_other) = (value.clone(), other.clone());
            let step = |value: &Value<u64>, other: &Value<u64>| {
                let mut held = value.lock().map_err(abandoned)?;
                assert_eq!(held.get(), other.get(), "half changed, and nobody was told");
                let new = held.update(|count| count + 1);
                other.set(new);
                Ok(())
            };
            let repaired = move || step(&value, &other).inspect_err(|_| other.set(value.get()));
            (
                victim(move || step(&its_value, &its_other)),
                log.survivor(false, repaired),
            )
        },
        |_| (),
    );
}

#[test]
fn an_array_is_half_changed_only_where_somebody_was_told() {
    let _alone = crate::alone::alone();
    killed_at_random(
        Expect::GoesOn,
        |log| {
            let array = Array::new(&[1u8, 2, 3, 4]).unwrap();
            let its_array = array.clone();
            let step = |array: &Array<u8>| {
                let mut held = array.lock().map_err(abandoned)?;
                let mut all = held.to_vec();
                all.sort();
                assert_eq!(all, [1, 2, 3, 4], "half changed, and nobody was told");
                held.swap(0, 3);
                held.swap(1, 2);
                held.swap(2, 3);
                Ok(())
            };
            let repaired = move || {
                step(&array).inspect_err(|_| (0..4).for_each(|i| array.set(i, i as u8 + 1)))
            };
            (
                victim(move || step(&its_array)),
                log.survivor(false, repaired),
            )
        },
        |_| (),
    );
}

#[test]
fn a_semaphore() {
    let _alone = crate::alone::alone();
    killed_at_random(
        Expect::GoesOn,
        |log| {
            let semaphore = Semaphore::new(1).unwrap();
            let its_semaphore = semaphore.clone();
            let step = |semaphore: &Semaphore| semaphore.permit().map(drop);
            let repaired = move || step(&semaphore).inspect_err(|_| _ = semaphore.recover());
            (
                victim(move || step(&its_semaphore)),
                log.survivor(false, repaired),
            )
        },
        |_| (),
    );
}

#[test]
fn a_barrier() {
    let _alone = crate::alone::alone();
    killed_at_random(
        Expect::Told,
        |log| {
            let barrier = Barrier::new(2).unwrap();
            let its_barrier = barrier.clone();
            let step = |barrier: &Barrier| match barrier.wait() {
                Ok(_) => Ok(()),
                Err(BarrierError::Abandoned(abandoned)) => Err(abandoned),
                Err(error) => panic!("{error}"),
            };
            (
                victim(move || step(&its_barrier)),
                log.survivor(true, move || step(&barrier)),
            )
        },
        |_| (),
    );
}

#[test]
fn an_event() {
    let _alone = crate::alone::alone();
    killed_at_random(
        Expect::Told,
        |log| {
            let (ping, pong) = (Event::new().unwrap(), Event::new().unwrap());
            let (its_ping, its_pong) = (ping.clone(), pong.clone());
            let step = |give: &Event, take: &Event| {
                give.set();
                take.wait()?;
                take.clear();
                Ok(())
            };
            (
                victim(move || step(&its_pong, &its_ping)),
                log.survivor(true, move || step(&ping, &pong)),
            )
        },
        |_| (),
    );
}

#[test]
fn a_condition() {
    let _alone = crate::alone::alone();
    killed_at_random(
        Expect::Told,
        |log| {
            let (changed, turn) = (Condition::new().unwrap(), Value::new(0u8).unwrap());
            let (its_changed, its_turn) = (changed.clone(), turn.clone());
            let step = |changed: &Condition, turn: &Value<u8>, own: u8| {
                let held = changed.lock().map_err(abandoned)?;
                let mut held = held.wait_while(|| turn.get() != own)?;
                turn.set(1 - own);
                held.notify_one();
                Ok(())
            };
            (
                victim(move || step(&its_changed, &its_turn, 0)),
                log.survivor(true, move || step(&changed, &turn, 1)),
            )
        },
        |_| (),
    );
}

#[test]
fn a_queue_and_a_simple_queue() {
    let _alone = crate::alone::alone();
    fn told<T>(got: Result<Option<T>, GetError>) -> Result<Option<T>, Abandoned> {
        match got {
            Err(GetError::Abandoned(abandoned)) => Err(abandoned),
            other => Ok(other.unwrap()),
        }
    }
    killed_at_random(
        Expect::Told,
        |log| {
            let queue = Queue::<u64>::bounded(3).unwrap();
            let its_queue = queue.clone();
            let (mut put, mut got) = (0, 0);
            (
                victim(move || {
                    put += 1;
                    its_queue.put(put).unwrap();
                    Ok(())
                }),
                log.survivor(true, move || {
                    got += 1;
                    assert_eq!(
                        told(queue.get())?,
                        Some(got),
                        "one is missing, or came twice"
                    );
                    Ok(())
                }),
            )
        },
        |_| (),
    );
    killed_at_random(
        Expect::Told,
        |log| {
            let queue = SimpleQueue::<u64>::new().unwrap();
            let its_queue = queue.clone();
            let (mut put, mut got) = (0, 0);
            (
                victim(move || {
                    put += 1;
                    its_queue.put(put).unwrap();
                    Ok(())
                }),
                log.survivor(true, move || {
                    got += 1;
                    assert_eq!(
                        told(queue.get())?,
                        Some(got),
                        "one is missing, or came twice"
                    );
                    Ok(())
                }),
            )
        },
        |_| (),
    );
}

#[test]
fn a_joinable_queue_is_told_and_can_be_finished_by_others() {
    let _alone = crate::alone::alone();
    killed_at_random(
        Expect::Told,
        |log| {
            let queue = JoinableQueue::<u32>::unbounded().unwrap();
            let its_queue = queue.clone();
            (
                victim(move || {
                    its_queue.get().unwrap().unwrap();
                    its_queue.task_done().unwrap();
                    Ok(())
                }),
                log.survivor(true, move || {
                    (0..3).for_each(|item| queue.put(item).unwrap());
                    queue.join().inspect_err(|_| {
                        // At most the one that the victim had is lost; the rest is still there.
                        assert!(queue.recover() <= 1);
                        while queue.try_get().is_ok() {
                            queue.task_done().unwrap();
                        }
                        assert_eq!(queue.unfinished(), 0);
                        assert_eq!(queue.join(), Ok(()));
                    })
                }),
            )
        },
        |_| (),
    );
}
