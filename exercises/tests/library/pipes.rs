//! Pipes between processes: whole messages, their order, their end, and what a death leaves.

use crate::{LIMIT, NOTICE, within};
use exercises::primitive::time::{Duration, Instant};
use exercises::primitive::{pipe as low, thread};
use exercises::process::*;
use std::io::{self, Read, Write};

const SIZES: [usize; 5] = [0, 1, 100_000, 4096, 65_536];

fn started(mut process: Process<'static>) -> Process<'static> {
    process.start().unwrap();
    process
}

#[test]
fn messages_of_several_senders_stay_whole_and_in_the_order_of_each() {
    let _alone = crate::alone::alone();
    const ROUNDS: usize = 40;
    let (sender, receiver) = pipe::<(usize, usize, Vec<u8>)>().unwrap();
    let children: Vec<_> = (0..3)
        .map(|who| {
            let sender = sender.clone();
            started(Process::new(format!("sender {who}"), move || {
                for number in 0..ROUNDS {
                    let size = SIZES[(who + number) % SIZES.len()];
                    sender.send((who, number, vec![who as u8; size])).unwrap();
                }
            }))
        })
        .collect();
    drop(sender);
    let messages: Vec<_> = within(LIMIT, move || {
        receiver.iter().collect::<Result<_, _>>().unwrap()
    });
    assert_eq!(messages.len(), 3 * ROUNDS);
    for who in 0..3 {
        let own: Vec<_> = messages.iter().filter(|(from, ..)| *from == who).collect();
        for (expected, (_, number, bytes)) in own.iter().enumerate() {
            let size = SIZES[(who + number) % SIZES.len()];
            assert_eq!((*number, bytes.len()), (expected, size));
            assert!(bytes.iter().all(|byte| *byte == who as u8));
        }
    }
    for child in children {
        assert_eq!(child.join().unwrap(), Some(0));
    }
}

#[test]
fn the_end_comes_with_the_last_sender_and_not_before() {
    let _alone = crate::alone::alone();
    let (sender, receiver) = pipe::<u32>().unwrap();
    // It is forked while we have a sender, and has none itself.
    let bystander = started(Process::new("bystander", || thread::sleep(LIMIT * 10)));
    let short = Duration::from_millis(20);
    let waiting = receiver.recv_timeout(short);
    assert!(matches!(waiting, Err(TryGetError::Empty)), "{waiting:?}");
    let second = sender.clone();
    drop(sender);
    second.send(1).unwrap();
    assert_eq!(receiver.recv().unwrap(), Some(1));
    let waiting = receiver.recv_timeout(short);
    assert!(matches!(waiting, Err(TryGetError::Empty)), "{waiting:?}");
    drop(second);
    assert_eq!(within(LIMIT, move || receiver.recv().unwrap()), None);
    bystander.kill().unwrap();
    bystander.join().unwrap();
}

#[test]
fn to_send_to_nobody_is_an_error() {
    let _alone = crate::alone::alone();
    let (sender, receiver) = pipe::<u32>().unwrap();
    let mut child = Process::new("reader", move || drop(receiver));
    child.start().unwrap();
    child.join().unwrap();
    assert!(matches!(sender.send(1), Err(PutError::NobodyTakes)));

    let (mut sender, receiver) = byte_pipe().unwrap();
    drop(receiver);
    let error = sender.write(b"x").unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
}

#[test]
fn nobody_dies_of_a_pipe_without_a_reader() {
    let _alone = crate::alone::alone();
    // In a child, because a signal's action belongs to the whole process.
    let child = started(Process::new("writer", || {
        // SAFETY: the default action runs no code of ours.
        unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL) };
        let (reader, mut writer) = low::pipe().unwrap();
        drop(reader);
        let refused = writer.write(b"x").unwrap_err();
        let input = vec![b'x'; 1 << 20];
        let code = Subprocess::new("true")
            .input(input)
            .output()
            .unwrap()
            .code();
        i32::from(refused.kind() != io::ErrorKind::BrokenPipe || code != Some(0))
    }));
    assert_eq!(child.join().unwrap(), Some(0));
}

#[test]
fn a_sender_killed_in_the_middle_gives_whole_messages_an_error_and_the_end() {
    let _alone = crate::alone::alone();
    for round in 0..8 {
        let (sender, receiver) = pipe::<Vec<u8>>().unwrap();
        let victim = started(Process::new("victim", move || {
            loop {
                sender.send(vec![7; 100_000]).unwrap();
            }
        }));
        assert_eq!(
            receiver.recv().unwrap().map(|bytes| bytes.len()),
            Some(100_000)
        );
        thread::sleep(Duration::from_micros(137 * round));
        victim.kill().unwrap();
        victim.join().unwrap();
        let pid = victim.pid().unwrap();
        let told = within(LIMIT, move || {
            let mut told = Vec::new();
            loop {
                match receiver.recv() {
                    Ok(Some(bytes)) => assert!(bytes == [7; 100_000]),
                    Ok(None) => return told,
                    Err(GetError::Abandoned(abandoned)) => told.push(abandoned.pid),
                    Err(other) => panic!("{other}"),
                }
            }
        });
        assert_eq!(told, [pid]);
    }
}

#[test]
fn both_ways_at_once_and_each_side_sees_the_end_of_the_other() {
    let _alone = crate::alone::alone();
    let (ours, theirs) = duplex::<String>().unwrap();
    let child = started(Process::new("echo", move || {
        while let Some(text) = theirs.recv().unwrap() {
            theirs.send(format!("{text}!")).unwrap();
        }
    }));
    for text in ["", "hello", &"x".repeat(100_000)] {
        ours.send(text.to_owned()).unwrap();
        assert_eq!(ours.recv().unwrap().unwrap(), format!("{text}!"));
    }
    assert!(!ours.has_message());
    assert!(matches!(ours.try_recv(), Err(TryGetError::Empty)));
    let (sender, receiver) = ours.split();
    drop(sender);
    assert_eq!(within(LIMIT, move || receiver.recv().unwrap()), None);
    assert_eq!(child.join().unwrap(), Some(0));
}

#[test]
fn bytes_arrive_in_order_and_a_fast_writer_waits() {
    let _alone = crate::alone::alone();
    let (mut sender, mut receiver) = byte_pipe().unwrap();
    let short = Duration::from_millis(20);
    let error = receiver.read_timeout(&mut [0; 8], short).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    let bytes: Vec<u8> = (0..1_000_000_u32)
        .map(|place| (place % 251) as u8)
        .collect();
    let expected = bytes.clone();
    let (say, said) = pipe::<()>().unwrap();
    let child = started(Process::new("writer", move || {
        sender.write_all(&bytes).unwrap();
        say.send(()).unwrap();
    }));
    // It cannot have written all of it: far less fits.
    let waiting = said.recv_timeout(short);
    assert!(matches!(waiting, Err(TryGetError::Empty)), "{waiting:?}");
    let received = within(LIMIT, move || {
        let mut received = vec![0; 10];
        receiver.read_exact(&mut received).unwrap();
        receiver.read_to_end(&mut received).unwrap();
        received
    });
    assert!(received == expected);
    assert_eq!(child.join().unwrap(), Some(0));
    assert_eq!(said.recv().unwrap(), Some(()));
}

#[test]
fn a_writer_that_waits_for_room_learns_of_the_readers_death() {
    let _alone = crate::alone::alone();
    let (mut sender, receiver) = byte_pipe().unwrap();
    let (ready, is_ready) = pipe::<()>().unwrap();
    let reader = started(Process::new("reader", move || {
        ready.send(()).unwrap();
        thread::sleep(LIMIT * 10);
        drop(receiver);
    }));
    is_ready.recv().unwrap();
    let writer = thread::spawn(Some("writer"), move || {
        let error = sender.write_all(&vec![0; 1 << 20]).unwrap_err();
        (error, Instant::now())
    });
    reader.kill().unwrap();
    reader.join().unwrap();
    let killed = Instant::now();
    let (error, told) = within(LIMIT, move || writer.join().unwrap());
    assert!(told.saturating_duration_since(killed) < NOTICE, "{error}");
}

#[test]
fn messages_beyond_the_mapped_memory_arrive_like_all_others() {
    let _alone = crate::alone::alone();
    let queue = Queue::<Vec<u8>>::unbounded().unwrap();
    for number in 0..9_u8 {
        queue.put(vec![number; 9 << 20]).unwrap();
    }
    queue.put(vec![]).unwrap();
    let child = started(Process::new("reader", {
        let queue = queue.clone();
        move || {
            for number in 0..9 {
                let bytes = queue.get().unwrap().unwrap();
                assert!(bytes == vec![number; 9 << 20], "message {number}");
            }
        }
    }));
    assert_eq!(child.join().unwrap(), Some(0));
    assert_eq!(queue.get().unwrap(), Some(vec![]));
    assert!(queue.is_empty());
}

#[test]
fn an_end_that_is_just_being_handed_over_is_not_missed() {
    let _alone = crate::alone::alone();
    // The sender sends all the time while the receiver changes hands: it must never seem gone.
    for _ in 0..40 {
        let (sender, receiver) = pipe::<u32>().unwrap();
        let setter = started(Process::new("setter", move || {
            for number in 0..300 {
                sender.send(number).unwrap();
            }
        }));
        let getter = started(Process::new("getter", move || {
            for number in 0..300 {
                assert_eq!(receiver.recv().unwrap(), Some(number));
            }
            assert_eq!(receiver.recv().unwrap(), None);
        }));
        assert_eq!(setter.join().unwrap(), Some(0));
        assert_eq!(getter.join().unwrap(), Some(0));
    }
}

#[test]
fn a_pipe_ends_on_both_sides() {
    let _alone = crate::alone::alone();
    let (sender, receiver) = pipe::<u32>().unwrap();
    assert!(matches!(receiver.try_recv(), Err(TryGetError::Empty)));
    sender.send(1).unwrap();
    assert!(receiver.has_message());
    drop(sender);
    assert_eq!(
        (receiver.recv().unwrap(), receiver.recv().unwrap()),
        (Some(1), None)
    );

    let (sender, receiver) = pipe::<u32>().unwrap();
    let mut child = Process::new("receiver", move || receiver.recv().unwrap().unwrap() as i32);
    child.start().unwrap();
    sender.send(5).unwrap();
    assert_eq!(child.join().unwrap(), Some(5));
    assert!(matches!(sender.send(6), Err(PutError::NobodyTakes)));
}
