//! Crossbeam's channels, scopes and wait groups.

use explorer::model::crossbeam::channel::{self, bounded, unbounded};
use explorer::model::crossbeam::sync::WaitGroup;
use explorer::model::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use explorer::model::sync::{Arc, mpsc};
use explorer::model::{crossbeam, panic, println, thread};
use explorer::{Assumption, FailureKind, Relation, Settings, Verdict, compare, explore};

use super::{MILLISECOND, kinds, outputs, proved};

#[test]
fn a_message_goes_to_one_receiver_whichever_comes_first() {
    let found = proved(|| {
        let (sender, receiver) = unbounded();
        let threads: Vec<_> = ["a", "b"]
            .map(|name| {
                let receiver = receiver.clone();
                thread::spawn(move || println!("{name} {:?}", receiver.recv().ok()))
            })
            .into();
        sender.send(1).unwrap();
        drop((sender, receiver));
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
    });
    assert_eq!(
        outputs(&found),
        [
            "a None\nb Some(1)\n",
            "a Some(1)\nb None\n",
            "b None\na Some(1)\n",
            "b Some(1)\na None\n"
        ]
    );
    assert_eq!(found.failures, []);
}

#[test]
fn messages_are_received_in_the_order_they_were_sent() {
    let found = proved(|| {
        let (sender, receiver) = bounded(1);
        let sending = thread::spawn(move || (1..=3).for_each(|n| sender.send(n).unwrap()));
        println!("{:?}", receiver.iter().collect::<Vec<_>>());
        sending.join().unwrap();
    });
    assert_eq!(outputs(&found), ["[1, 2, 3]\n"]);
    assert_eq!(found.failures, []);
}

#[test]
fn a_channel_with_one_receiver_is_a_channel_of_std() {
    let ours = proved(|| {
        let (sender, receiver) = bounded(1);
        let threads: Vec<_> = (0..2)
            .map(|n| {
                let sender = sender.clone();
                thread::spawn(move || sender.send(n).unwrap())
            })
            .collect();
        drop(sender);
        receiver.iter().for_each(|n| println!("{n}"));
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
    });
    let std = proved(|| {
        let (sender, receiver) = mpsc::sync_channel(1);
        let threads: Vec<_> = (0..2)
            .map(|n| {
                let sender = sender.clone();
                thread::spawn(move || sender.send(n).unwrap())
            })
            .collect();
        drop(sender);
        receiver.iter().for_each(|n| println!("{n}"));
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
    });
    let compared = compare(
        ours.outputs.as_ref().unwrap(),
        std.outputs.as_ref().unwrap(),
    );
    assert_eq!(compared.relation, Relation::Equal);
    assert_eq!(outputs(&ours), ["0\n1\n", "1\n0\n"]);
}

#[test]
fn a_full_channel_makes_a_sender_wait_and_only_the_last_receiver_disconnects_it() {
    let found = proved(|| {
        let (sender, receiver) = bounded(1);
        assert_eq!(sender.try_send(1), Ok(()));
        assert_eq!(sender.try_send(2), Err(channel::TrySendError::Full(2)));
        assert!(sender.is_full() && receiver.len() == 1);
        let other = receiver.clone();
        drop(receiver);
        assert_eq!(sender.try_send(3), Err(channel::TrySendError::Full(3)));
        assert_eq!(other.recv(), Ok(1));
        sender.send(4).unwrap();
        drop(other);
        println!("{:?} {}", sender.send(5), sender.try_send(6).unwrap_err());
        assert!(sender.is_empty());
    });
    assert_eq!(
        outputs(&found),
        ["Err(\"SendError(..)\") sending on a disconnected channel\n"]
    );
    let stuck = proved(|| {
        let (sender, _receiver) = bounded(1);
        sender.send(1).unwrap();
        sender.send(2).unwrap();
    });
    assert_eq!(kinds(&stuck), [FailureKind::Deadlock]);
}

#[test]
fn a_receiver_that_keeps_a_sender_waits_for_ever() {
    let found = proved(|| {
        let (sender, receiver) = unbounded::<u8>();
        let keeps = sender.clone();
        drop(sender);
        for n in &receiver {
            println!("{n}");
        }
        drop(keeps);
    });
    assert_eq!(kinds(&found), [FailureKind::Deadlock]);
}

#[test]
fn who_found_the_end_had_waited_for_ever_where_another_got_nothing() {
    // The one who has the last sender gives it up after a message. In the other order nobody ever does.
    let found = proved(|| {
        let (sender, receiver) = unbounded();
        sender.send(1).unwrap();
        let (keeps, other) = (sender.clone(), receiver.clone());
        let keeper = thread::spawn(move || {
            println!("keeper {:?}", receiver.recv());
            drop(keeps);
        });
        let other = thread::spawn(move || println!("other {:?}", other.recv()));
        drop(sender);
        let _ = (keeper.join(), other.join());
    });
    assert_eq!(
        outputs(&found),
        ["keeper Ok(1)\nother Err(RecvError)\n", "other Ok(1)\n"]
    );
    assert_eq!(kinds(&found), [FailureKind::Deadlock]);
}

#[test]
fn trying_to_receive_tells_empty_from_ended_and_time_may_be_over() {
    let found = proved(|| {
        let (sender, receiver) = unbounded();
        let sending = thread::spawn(move || sender.send(7).unwrap());
        println!("{:?}", receiver.recv_timeout(MILLISECOND));
        sending.join().unwrap();
        println!("{:?} {:?}", receiver.try_recv(), receiver.try_recv());
    });
    assert_eq!(
        outputs(&found),
        [
            "Err(Timeout)\nOk(7) Err(Disconnected)\n",
            "Ok(7)\nErr(Disconnected) Err(Disconnected)\n"
        ]
    );
    let empty = proved(|| {
        let (sender, receiver) = unbounded::<u8>();
        println!("{}", receiver.try_recv().unwrap_err());
        drop(sender);
        println!("{}", receiver.try_recv().unwrap_err());
    });
    assert_eq!(
        outputs(&empty),
        ["receiving on an empty channel\nreceiving on an empty and disconnected channel\n"]
    );
}

#[test]
fn who_waits_to_hand_over_gets_their_own_message_back() {
    let found = proved(|| {
        let (sender, receiver) = bounded(0);
        let threads: Vec<_> = (0..2)
            .map(|n| {
                let sender = sender.clone();
                thread::spawn(move || sender.send(n).map_err(|error| assert_eq!(error.0, n)))
            })
            .collect();
        drop(receiver);
        let back = threads
            .into_iter()
            .filter_map(|thread| thread.join().unwrap().err());
        println!("{}", back.count());
    });
    assert_eq!(outputs(&found), ["2\n"]);
    assert_eq!(found.failures, []);
}

#[test]
fn what_a_try_finds_in_a_rendezvous_is_no_proof() {
    let found = explore(
        &|| {
            let (sender, receiver) = bounded(0);
            let thread = thread::spawn(move || receiver.recv().is_ok());
            println!("{:?}", sender.try_send(1));
            drop(sender);
            thread.join().unwrap();
        },
        &Settings::default(),
    );
    assert_eq!(found.verdict, Verdict::Bounded { bound: None });
    assert!(found.assumptions.contains(&Assumption::TriedRendezvous));
}

#[test]
fn a_rendezvous_orders_what_comes_before_with_what_comes_after() {
    let found = proved(|| {
        let (sender, receiver) = bounded(0);
        let other = thread::spawn(move || {
            println!("before");
            sender.send(()).unwrap();
            println!("sent");
        });
        receiver.recv().unwrap();
        println!("received");
        other.join().unwrap();
    });
    assert_eq!(
        outputs(&found),
        ["before\nreceived\nsent\n", "before\nsent\nreceived\n"]
    );
}

#[test]
fn a_scope_gives_its_threads_the_scope_and_joins_those_of_its_threads() {
    let found = proved(|| {
        let words = ["outer".to_owned(), "inner".to_owned()];
        let answer = crossbeam::scope(|scope| {
            scope.spawn(|scope| {
                scope.spawn(|_| println!("{}", words[1]));
                println!("{}", words[0]);
            });
            42
        });
        println!("{answer:?}");
    });
    assert_eq!(
        outputs(&found),
        ["inner\nouter\nOk(42)\n", "outer\ninner\nOk(42)\n"]
    );
}

#[test]
fn a_scope_tells_of_the_panics_nobody_joined_and_of_no_others() {
    let found = proved(|| {
        let told = crossbeam::scope(|scope| {
            let joined = scope.spawn(|_| panic::resume_unwind(Box::new("joined")));
            assert!(joined.join().is_err());
            scope.spawn(|_| panic::resume_unwind(Box::new("first")));
            scope.spawn(|_| panic::resume_unwind(Box::new("second")));
        });
        let panics = told.unwrap_err();
        let panics = panics
            .downcast_ref::<Vec<Box<dyn std::any::Any + Send>>>()
            .unwrap();
        let words: Vec<_> = panics
            .iter()
            .map(|one| *one.downcast_ref::<&str>().unwrap())
            .collect();
        println!("{words:?}");
        let fine = crossbeam::scope(|scope| {
            let joined = scope
                .builder()
                .name("it".to_owned())
                .spawn(|_| panic!("again"));
            joined.unwrap().join().is_err()
        });
        println!("{fine:?}");
    });
    assert_eq!(outputs(&found), ["[\"first\", \"second\"]\nOk(true)\n"]);
}

#[test]
fn a_wait_group_waits_for_all_its_clones() {
    let found = proved(|| {
        let group = WaitGroup::new();
        let flag = Arc::new(AtomicUsize::new(0));
        for n in 1..=2 {
            let (group, flag) = (group.clone(), Arc::clone(&flag));
            thread::spawn(move || {
                flag.fetch_add(n, SeqCst);
                drop(group);
            });
        }
        group.wait();
        println!("{}", flag.load(SeqCst));
    });
    assert_eq!(outputs(&found), ["3\n"]);
    assert_eq!(found.failures, []);
    let kept = proved(|| {
        let group = WaitGroup::new();
        let _kept = group.clone();
        group.wait();
    });
    assert_eq!(kinds(&kept), [FailureKind::Deadlock]);
}
