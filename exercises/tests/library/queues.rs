//! Queues between processes under fire: several on each side, some of them killed, the file filled and
//! emptied again and again.

use crate::{LIMIT, NOTICE, eventually, within};
use exercises::primitive::participants::LOOK_AGAIN;
use exercises::primitive::thread;
use exercises::primitive::time::{Duration, Instant};
use exercises::process::*;

/// Who put it, its number, and a text that follows from both.
type Item = (u32, u32, Vec<u8>);

/// Mostly short; now and then longer than the file's first step.
fn item(who: u32, number: u32) -> Item {
    let length = match number % 64 {
        63 => 70_000,
        rest => rest * 5,
    };
    (who, number, vec![(who + number) as u8; length as usize])
}

fn started(name: &str, f: impl FnOnce() -> i32 + 'static) -> Process<'static> {
    // It ends with the test, should that fail.
    let mut process = Process::new(name, f).daemon(true);
    process.start().unwrap();
    process
}

const SIDE: u32 = 3;
/// More than a producer can put before it is stopped, mostly; one that has put all waits to be stopped.
const MOST: u32 = 1 << 13;

/// What producers and consumers write down, in shared memory.
#[derive(Clone)]
struct Books {
    /// How many items `put` of this producer has said to be in.
    put: Array<u32>,
    /// How often each item was taken.
    taken: Array<u32>,
    stop: Value<bool>,
}

impl Books {
    fn new() -> Books {
        Books {
            put: Array::zeroed(SIDE as usize).unwrap(),
            taken: Array::zeroed((SIDE * MOST) as usize).unwrap(),
            stop: Value::new(false).unwrap(),
        }
    }

    fn produce(&self, queue: &Queue<Item>, who: u32) -> i32 {
        for number in 0..MOST {
            if self.stop.get() {
                return 0;
            }
            loop {
                match queue.put(item(who, number)) {
                    Ok(()) => break,
                    // A consumer was killed while this one waited for room.
                    Err(PutError::Abandoned(_)) => {}
                    Err(_) => return 1,
                }
            }
            self.put.set(who as usize, number + 1);
        }
        while !self.stop.get() {
            thread::sleep(LOOK_AGAIN);
        }
        0
    }

    fn consume(&self, queue: &Queue<Item>) -> i32 {
        let mut last = [None; SIDE as usize];
        loop {
            match queue.get() {
                Ok(Some(got)) => {
                    let (who, number, _) = got;
                    if got != item(who, number) || last[who as usize] >= Some(number) {
                        return 2;
                    }
                    last[who as usize] = Some(number);
                    self.taken.fetch_add((who * MOST + number) as usize, 1);
                }
                Ok(None) => return 0,
                Err(GetError::Abandoned(_)) => {}
                Err(_) => return 3,
            }
        }
    }

    fn total_put(&self) -> u32 {
        (0..SIDE as usize).map(|who| self.put.get(who)).sum()
    }

    /// How many items that were in are missing; nothing else may be wrong.
    fn missing(&self) -> u32 {
        let mut missing = 0;
        for who in 0..SIDE {
            let put = self.put.get(who as usize);
            for number in 0..MOST {
                match self.taken.get((who * MOST + number) as usize) {
                    0 if number < put => missing += 1,
                    0 => {}
                    // A producer that was killed may have put one more than it wrote down.
                    1 => assert!(number <= put, "an item that was never put"),
                    _ => panic!("item {number} of {who} came twice"),
                }
            }
        }
        missing
    }
}

fn many_with_some_killed(seed: u64, make: impl Fn() -> Queue<Item>) {
    let mut random = fastrand::Rng::with_seed(seed);
    for round in 0..6 {
        let (queue, books) = (make(), Books::new());
        let producers: Vec<_> = (0..SIDE)
            .map(|who| {
                let (queue, books) = (queue.clone(), books.clone());
                started("producer", move || books.produce(&queue, who))
            })
            .collect();
        let consumers: Vec<_> = (0..SIDE)
            .map(|_| {
                let (queue, books) = (queue.clone(), books.clone());
                started("consumer", move || books.consume(&queue))
            })
            .collect();
        eventually("they are at work", || books.total_put() > 100);
        let mut victims = [&consumers[0], &producers[0], &consumers[1]];
        random.shuffle(&mut victims);
        for victim in victims {
            thread::sleep(Duration::from_micros(random.u64(0..1500)));
            victim.kill().unwrap();
            assert_eq!(victim.join().unwrap(), Some(-9));
        }
        let since = books.total_put();
        eventually("the others go on", || {
            let put = books.total_put();
            put > since + 50 || (1..SIDE as usize).all(|who| books.put.get(who) == MOST)
        });
        books.stop.set(true);
        for producer in &producers[1..] {
            assert!(producer.join_timeout(LIMIT).unwrap(), "round {round}");
            assert_eq!(producer.join().unwrap(), Some(0));
        }
        queue.close();
        let mut left = usize::MAX;
        while !consumers[2].join_timeout(LIMIT).unwrap() {
            let still = queue.len();
            assert!(still < left, "round {round}: nothing is taken of {still}");
            left = still;
        }
        assert_eq!(consumers[2].join().unwrap(), Some(0), "round {round}");
        assert_eq!(queue.len(), 0);
        let missing = books.missing();
        assert!(missing <= 2, "{missing} lost, and two had one each at most");
    }
}

#[test]
fn nothing_is_lost_but_what_the_dead_had_taken() {
    let _alone = crate::alone::alone();
    many_with_some_killed(1, || Queue::unbounded().unwrap());
}

#[test]
fn nothing_is_lost_but_what_the_dead_had_taken_from_a_bounded_queue() {
    let _alone = crate::alone::alone();
    many_with_some_killed(2, || Queue::bounded(5).unwrap());
}

#[test]
fn a_queue_that_is_emptied_again_and_again_stays_in_order() {
    let _alone = crate::alone::alone();
    const COUNT: u32 = 20_000;
    let queue = Queue::<Item>::unbounded().unwrap();
    let producer = started("producer", {
        let queue = queue.clone();
        move || {
            let mut random = fastrand::Rng::with_seed(3);
            for number in 0..COUNT {
                queue.put(item(0, number)).unwrap();
                // Now faster than the consumer, now slower: it finds one or many, or waits.
                if random.u32(0..300) == 0 {
                    let begin = Instant::now();
                    while !queue.is_empty() && begin.elapsed() < LIMIT {
                        thread::yield_now();
                    }
                }
            }
            0
        }
    });
    let mut random = fastrand::Rng::with_seed(4);
    for number in 0..COUNT {
        let got = queue.get().unwrap().unwrap();
        assert!(got == item(0, number), "{} for {number}", got.1);
        if random.u32(0..1000) == 0 {
            thread::sleep(Duration::from_micros(300));
        }
    }
    assert_eq!(producer.join().unwrap(), Some(0));
    assert!(matches!(queue.get(), Ok(None)));
}

#[test]
fn a_bounded_queue_never_holds_more_at_full_speed() {
    let _alone = crate::alone::alone();
    const COUNT: u32 = 6_000;
    for bound in [1, 2, 7] {
        let queue = Queue::<u32>::bounded(bound).unwrap();
        let over = Value::new(false).unwrap();
        let producers: Vec<_> = (0..2)
            .map(|who| {
                let queue = queue.clone();
                started("producer", move || {
                    (0..COUNT).for_each(|number| queue.put(number * 2 + who).unwrap());
                    0
                })
            })
            .collect();
        let watcher = started("watcher", {
            let (queue, over) = (queue.clone(), over.clone());
            move || {
                let mut seen = 0;
                while !over.get() {
                    seen = seen.max(queue.len());
                    thread::yield_now();
                }
                i32::from(seen > bound)
            }
        });
        let mut next = [0; 2];
        let begin = Instant::now();
        for _ in 0..2 * COUNT {
            assert!(begin.elapsed() < LIMIT, "somebody sleeps in between");
            let number = queue.get().unwrap().unwrap();
            assert_eq!(number / 2, next[number as usize % 2]);
            next[number as usize % 2] += 1;
        }
        assert_eq!(next, [COUNT; 2]);
        over.set(true);
        for process in producers.iter().chain([&watcher]) {
            assert_eq!(process.join().unwrap(), Some(0), "bound {bound}");
        }
    }
}

#[test]
fn those_who_sleep_are_woken_and_do_not_have_to_look() {
    let _alone = crate::alone::alone();
    const ROUNDS: usize = 41;
    const SLEEPERS: u32 = 3;
    let queue = Queue::<u32>::unbounded().unwrap();
    let taken = Value::new(0u32).unwrap();
    let consumers: Vec<_> = (0..SLEEPERS)
        .map(|_| {
            let (queue, taken) = (queue.clone(), taken.clone());
            started("consumer", move || {
                // The one who takes an item is busy until all of the round are taken.
                while let Some(round) = queue.get().unwrap() {
                    taken.fetch_add(1);
                    while taken.get() < (round + 1) * SLEEPERS {
                        thread::sleep(Duration::from_micros(100));
                    }
                }
                0
            })
        })
        .collect();
    let mut times: Vec<_> = (0..ROUNDS as u32)
        .map(|round| {
            // Long enough to fall asleep; where it is not, the round is only easier.
            thread::sleep(Duration::from_millis(3));
            let begin = Instant::now();
            (0..SLEEPERS).for_each(|_| queue.put(round).unwrap());
            eventually("all are taken", || taken.get() == (round + 1) * SLEEPERS);
            begin.elapsed()
        })
        .collect();
    times.sort();
    let median = times[ROUNDS / 2];
    assert!(median < LOOK_AGAIN / 2, "they were not woken: {median:?}");
    queue.close();
    for consumer in &consumers {
        assert_eq!(consumer.join().unwrap(), Some(0));
    }
}

#[test]
fn what_was_put_before_a_queue_closed_is_taken_before_it_ends() {
    let _alone = crate::alone::alone();
    let mut random = fastrand::Rng::with_seed(5);
    for round in 0..30 {
        let queue = Queue::<Vec<u8>>::unbounded().unwrap();
        let started_putting = Value::new(false).unwrap();
        let producer = Process::new("producer", {
            let (queue, started_putting) = (queue.clone(), started_putting.clone());
            move || {
                let mut put = 0;
                // Long enough to be in the middle of it when the queue closes.
                while queue.put(vec![1; 30_000]).is_ok() {
                    put += 1;
                    started_putting.set(true);
                }
                put
            }
        });
        let mut producer = producer.daemon(true);
        producer.start().unwrap();
        eventually("it puts", || started_putting.get());
        let closer = started("closer", {
            let queue = queue.clone();
            let pause = Duration::from_micros(random.u64(0..400));
            move || {
                thread::sleep(pause);
                queue.close();
                0
            }
        });
        let got = within(LIMIT, move || queue.iter().map(Result::unwrap).count());
        closer.join().unwrap();
        let put = producer.join().unwrap().unwrap();
        // Exit codes have eight bits.
        assert_eq!(got as i32 & 0xff, put, "round {round}");
    }
}

#[test]
fn one_who_is_killed_while_it_waits_takes_nobodys_wake_for_long() {
    let _alone = crate::alone::alone();
    let queue = Queue::<u32>::unbounded().unwrap();
    for round in 0..10 {
        let sleeper = || {
            let queue = queue.clone();
            started("sleeper", move || {
                loop {
                    match queue.get() {
                        Ok(Some(number)) => return number as i32,
                        Ok(None) => return 100,
                        Err(_) => {}
                    }
                }
            })
        };
        let (victim, other) = (sleeper(), sleeper());
        thread::sleep(Duration::from_micros(700 * round));
        victim.kill().unwrap();
        assert_eq!(victim.join().unwrap(), Some(-9));
        queue.put(7).unwrap();
        let begin = Instant::now();
        assert_eq!(other.join().unwrap(), Some(7));
        assert!(begin.elapsed() < NOTICE);
    }
}
