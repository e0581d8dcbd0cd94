//! A channel against a model, and what its promises rest on.

use super::place::{Place, Taken, Written, bytes_between};
use super::versioned::Versioned;
use super::{Capacity, Channel, PutFailure, STEP, TakeFailure};
use crate::primitive::atomic::{AtomicBool, Ordering};
use crate::primitive::participants::Roles;
use crate::primitive::thread;
use crate::primitive::time::{Deadline, Duration};
use recorder::ObjectKind;
use std::collections::VecDeque;

fn channel(capacity: Option<Capacity>) -> Channel {
    Channel::new(ObjectKind::Queue, capacity, Roles::BOTH).unwrap()
}

fn at_once() -> Deadline {
    Deadline::after_unscaled(Duration::ZERO)
}

/// A message that follows from its number.
fn message(number: u64, length: usize) -> Vec<u8> {
    let seed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes();
    seed.iter().copied().cycle().take(length).collect()
}

/// Mostly short, sometimes longer than a step of the file, or than what is given back at once.
fn some_length(random: &mut fastrand::Rng) -> usize {
    match random.u32(0..100) {
        0 => random.usize(0..3 << 20),
        1..=5 => random.usize(0..100_000),
        6..=20 => 0,
        _ => random.usize(1..500),
    }
}

/// Bytes that the model holds, with the lengths that stand before them.
fn stored(model: &VecDeque<Vec<u8>>) -> u64 {
    model.iter().map(|message| message.len() as u64 + 4).sum()
}

fn against_the_model(capacity: Option<Capacity>, seed: u64) {
    let channel = channel(capacity);
    let mut model: VecDeque<Vec<u8>> = VecDeque::new();
    let mut random = fastrand::Rng::with_seed(seed);
    let mut number = 0;
    // In turns more is put than taken, and the other way round, so that it fills and empties.
    for step in 0..2_000 {
        let fills = step / 200 % 2 == 0;
        let puts = random.u32(0..10) < if fills { 6 } else { 3 };
        number += 1;
        match random.u32(0..20) {
            0 if capacity.is_none() && puts => {
                let several: Vec<_> = (0..random.u64(0..20))
                    .map(|more| message(number + more, some_length(&mut random)))
                    .collect();
                channel.put_all(several.iter().map(Vec::as_slice)).unwrap();
                model.extend(several);
            }
            1 if capacity.is_none() && puts => {
                let one = message(number, some_length(&mut random));
                channel.put_unannounced(&one).unwrap();
                model.push_back(one);
            }
            2 if !puts => {
                let mut all = Vec::new();
                channel
                    .take_there(|message| all.push(message.to_vec()))
                    .unwrap();
                assert_eq!(all, Vec::from(std::mem::take(&mut model)));
            }
            _ if puts => {
                let one = message(number, some_length(&mut random));
                let has_room = match capacity {
                    None => true,
                    Some(Capacity::Messages(most)) => (model.len() as u64) < most,
                    Some(Capacity::Bytes(most)) => {
                        model.is_empty() || stored(&model) + one.len() as u64 + 4 <= most
                    }
                };
                match channel.put(&one, at_once()) {
                    Ok(()) => {
                        assert!(has_room, "step {step}");
                        model.push_back(one);
                    }
                    Err(PutFailure::Full) => assert!(!has_room, "step {step}"),
                    Err(other) => panic!("{other:?}"),
                }
            }
            _ => match (channel.take(at_once()), model.pop_front()) {
                (Ok(taken), Some(expected)) => assert!(taken == expected, "step {step}"),
                (Err(TakeFailure::TimedOut), None) => {}
                (taken, expected) => {
                    let taken = taken.map(|message| message.len());
                    panic!(
                        "step {step}: {taken:?}, {:?}",
                        expected.map(|one| one.len())
                    );
                }
            },
        }
        assert_eq!(channel.len(), model.len());
        assert_eq!(channel.seems_empty(), model.is_empty());
        assert_eq!(channel.while_still(|count| count), model.len() as u64);
        assert_eq!(
            bytes_between(
                channel.handle.body().readers.look(),
                channel.handle.body().writers.look()
            ),
            stored(&model)
        );
    }
    channel.close();
    assert!(matches!(
        channel.put(b"late", at_once()),
        Err(PutFailure::Closed)
    ));
    while let Some(expected) = model.pop_front() {
        assert!(channel.take(at_once()).unwrap() == expected);
    }
    assert!(matches!(
        channel.take(Deadline::NEVER),
        Err(TakeFailure::Ended)
    ));
}

#[test]
fn a_channel_is_a_queue() {
    for seed in 0..3 {
        against_the_model(None, seed);
        against_the_model(Some(Capacity::Messages(1)), seed);
        against_the_model(Some(Capacity::Messages(10 + seed)), seed);
        against_the_model(Some(Capacity::Bytes(1000)), seed);
        against_the_model(Some(Capacity::Bytes(1 << 16)), seed);
    }
}

#[test]
fn a_channel_that_is_read_in_time_needs_only_the_first_step_of_its_file() {
    let channel = channel(None);
    let mut waiting = VecDeque::new();
    for number in 0..100_000 {
        let one = message(number, number as usize % 300);
        channel.put(&one, Deadline::NEVER).unwrap();
        waiting.push_back(one);
        // Now and then one is left for later: only an empty channel begins anew.
        while waiting.len() > usize::from(number % 7 == 0) {
            assert_eq!(channel.take(at_once()).ok(), waiting.pop_front());
        }
    }
    assert_eq!(channel.handle.body().writers.room(), 1 << 16);
}

#[test]
fn memory_of_what_was_read_is_given_back() {
    let channel = channel(None);
    let one = vec![7; 100_000];
    for _ in 0..3 {
        (0..200).for_each(|_| channel.put(&one, Deadline::NEVER).unwrap());
        assert!(channel.store.memory().unwrap() >= 20_000_000);
        for left in (0..200).rev() {
            assert_eq!(channel.take(at_once()).unwrap(), one);
            let most = left * 100_004 + 2 * STEP + (4 << 20);
            assert!(channel.store.memory().unwrap() <= most, "{left} left");
        }
        let rest = channel.store.memory().unwrap();
        // The file is longer than what was put: its last step stays.
        assert!(rest <= 5 << 20, "{rest} bytes for nothing");
        let tail = channel.handle.body().writers.look().tail;
        assert_eq!(tail.offset(), 0, "and the next lies at the beginning");
    }
    // A single one too.
    channel.put(&vec![7; 16 << 20], Deadline::NEVER).unwrap();
    channel.take(at_once()).unwrap();
    let rest = channel.store.memory().unwrap();
    assert!(rest <= 5 << 20, "{rest} bytes for nothing");
}

#[test]
fn what_is_being_put_while_a_channel_closes_is_taken_or_refused() {
    for round in 0..30 {
        let channel = channel(None);
        // So long that the channel closes in the middle of one.
        let long = vec![round; 2 << 20];
        let (put, taken) = thread::scope(|scope| {
            let put = scope.spawn(None, || {
                let mut put = 0;
                while put < 200 && channel.put(&long, Deadline::NEVER).is_ok() {
                    put += 1;
                }
                put
            });
            let taken = scope.spawn(None, || {
                let mut taken = 0;
                while channel.take(Deadline::NEVER).is_ok() {
                    taken += 1;
                    if taken == 5 {
                        channel.close();
                    }
                }
                taken
            });
            (put.join().unwrap(), taken.join().unwrap())
        });
        assert_eq!(put, taken, "round {round}");
    }
}

#[test]
fn whoever_takes_does_not_wait_for_one_who_puts() {
    let channel = channel(None);
    let (puts, taken) = (AtomicBool::new(false), AtomicBool::new(false));
    // The last one there, and so long that its memory is worth giving back.
    channel.put(&vec![7; 2 << 20], Deadline::NEVER).unwrap();
    thread::scope(|scope| {
        let taker = scope.spawn(None, || {
            while !puts.load(Ordering::Acquire) {
                thread::yield_now();
            }
            channel.take(at_once()).unwrap();
            taken.store(true, Ordering::Release);
        });
        let patience = Deadline::after_unscaled(Duration::from_secs(20));
        let under_the_lock = || {
            puts.store(true, Ordering::Release);
            while !taken.load(Ordering::Acquire) {
                assert!(!patience.is_over(), "the reader waits for the writer");
                thread::yield_now();
            }
        };
        let put = channel.put_noting(b"next", Deadline::NEVER, &under_the_lock);
        put.unwrap();
        taker.join().unwrap();
    });
    assert_eq!(channel.take(at_once()).unwrap(), b"next");
}

#[test]
fn a_writer_that_begins_anew_gives_memory_back() {
    for several in [false, true] {
        let channel = channel(None);
        let one = vec![7; 100_000];
        (0..200).for_each(|_| channel.put(&one, Deadline::NEVER).unwrap());
        {
            let _somebody_puts = channel.handle.body().writers.enter().unwrap();
            (0..200).for_each(|_| assert_eq!(channel.take(at_once()).unwrap(), one));
        }
        assert_eq!(
            channel.handle.body().writers.look().tail.offset(),
            200 * 100_004
        );
        let small: [&[u8]; 2] = [b"small", b"smaller"];
        if several {
            channel.put_all(small.into_iter()).unwrap();
        } else {
            channel.put(small[0], Deadline::NEVER).unwrap();
        }
        let rest = channel.store.memory().unwrap();
        assert!(rest <= 5 << 20, "{rest} bytes for nothing");
        assert_eq!(channel.take(at_once()).unwrap(), small[0]);
    }
}

#[test]
fn a_writer_begins_anew_when_everything_was_read_and_not_before() {
    let channel = channel(None);
    let end = || channel.handle.body().writers.look().tail.offset();
    let (large, small) = (vec![1; 900_000], vec![2; 5_000]);
    channel.put(&large, Deadline::NEVER).unwrap();
    channel.put(&small, Deadline::NEVER).unwrap();
    assert_eq!(channel.take(at_once()).unwrap(), large);
    channel.put(&small, Deadline::NEVER).unwrap();
    assert_eq!(end(), 900_004 + 2 * 5_004, "one is left");
    assert_eq!(channel.take(at_once()).unwrap(), small);
    assert_eq!(channel.take(at_once()).unwrap(), small);
    channel.put(&small, Deadline::NEVER).unwrap();
    assert_eq!(end(), 5_004);
    assert_eq!(channel.take(at_once()).unwrap(), small);
}

#[test]
fn words_that_are_read_without_a_lock_belong_together() {
    static OVER: AtomicBool = AtomicBool::new(false);
    static WORDS: Versioned<3> = Versioned::zeros();
    let reader = || {
        let mut last = 0;
        let mut reads = 0_u64;
        while !OVER.load(Ordering::Relaxed) {
            let [one, two, three] = WORDS.read();
            assert_eq!((two, three), (one.wrapping_mul(3), !one | 1), "torn");
            assert!(one >= last, "back in time");
            (last, reads) = (one, reads + 1);
        }
        reads
    };
    WORDS.commit([0, 0, !0]);
    thread::scope(|scope| {
        let readers = [scope.spawn(None, reader), scope.spawn(None, reader)];
        for value in 0..1_000_000_u64 {
            WORDS.commit([value, value.wrapping_mul(3), !value | 1]);
        }
        OVER.store(true, Ordering::Relaxed);
        for reader in readers {
            reader.join().unwrap();
        }
    });
}

#[test]
fn a_commit_that_was_not_finished_has_changed_nothing() {
    let words = Versioned::<2>::zeros();
    words.commit([1, 2]);
    words.begin_and_be_killed([3, 4]);
    assert_eq!((words.read(), words.read_own()), ([1, 2], [1, 2]));
    words.commit([5, 6]);
    assert_eq!((words.read(), words.read_own()), ([5, 6], [5, 6]));
}

#[test]
fn what_readers_know_follows_the_writers_into_the_next_epoch() {
    let none = Place::default();
    let old = none.after(500).unwrap();
    let emptied = Taken {
        head: old,
        taken: 9,
        seen: old,
    };
    // Nothing new, also where the writers have begun anew without putting anything.
    for tail in [old, old.next_epoch()] {
        assert_eq!(emptied.with(Written { tail, put: 9 }), emptied);
    }
    let tail = old.next_epoch().after(70).unwrap();
    let known = emptied.with(Written { tail, put: 10 });
    assert_eq!((known.head, known.seen), (old.next_epoch(), tail));
    assert!(known.knows_more() && !emptied.knows_more());
    assert_eq!(bytes_between(emptied, Written { tail, put: 10 }), 70);
    // A file cannot be longer than the system can say.
    assert!(old.after(u64::MAX).is_err());
    assert!(old.after(i64::MAX as u64 - 499).is_err());
    assert!(old.next_epoch().after(i64::MAX as u64).is_ok());
}
