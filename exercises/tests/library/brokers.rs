//! The broker: nothing accepted is lost, nothing refused is handled, every answer finds its asker.

use crate::{LIMIT, eventually};
use exercises::broker::{Broker, Tally, Why};
use exercises::primitive::Arc;
use exercises::primitive::thread;
use exercises::primitive::time::Duration;
use exercises::sync::{Event, JobError, Mutex, PoolError};

#[test]
fn what_is_fired_is_handled_once() {
    let _alone = crate::alone::alone();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let broker = Broker::start(3, 5, {
        let seen = seen.clone();
        move |worker, message: u32| {
            assert!((1..=3).contains(&worker));
            seen.lock().push(message);
        }
    })
    .unwrap();
    thread::scope(|s| {
        for sender in 0..4 {
            let broker = &broker;
            s.spawn(None, move || {
                (0..50).for_each(|i| broker.fire(sender * 50 + i).unwrap());
            });
        }
    });
    let tally = broker.shutdown();
    assert_eq!(
        (tally.accepted, tally.handled, tally.refused),
        (200, 200, 0)
    );
    assert!(tally.deepest <= 5);
    let mut seen = seen.lock();
    seen.sort();
    assert!(seen.iter().copied().eq(0..200));
}

#[test]
fn an_answer_belongs_to_its_request_and_an_error_to_its_message() {
    let _alone = crate::alone::alone();
    let broker = Broker::start(2, 8, |_, message: u64| {
        assert!(message != 3, "no answer to three");
        10 * message
    })
    .unwrap();
    let tickets: Vec<_> = (1..=6).map(|m| (m, broker.ask(m).unwrap())).collect();
    let numbers: Vec<u64> = tickets.iter().map(|(_, ticket)| ticket.number()).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
    for (message, ticket) in tickets.into_iter().rev() {
        match (message, ticket.answer()) {
            (3, Err(JobError::Panicked { message })) => assert!(message.contains("three")),
            (_, answer) => assert_eq!(answer, Ok(10 * message)),
        }
    }
    let tally = broker.shutdown();
    assert_eq!((tally.handled, tally.failed), (6, 1));
}

#[test]
fn a_full_queue_refuses_or_lets_wait_and_nothing_accepted_is_lost() {
    let _alone = crate::alone::alone();
    let gate = Arc::new(Event::new());
    let broker = Broker::start(1, 2, {
        let gate = gate.clone();
        move |_, message: u8| {
            gate.wait();
            message
        }
    })
    .unwrap();
    broker.fire(0).unwrap();
    eventually("the worker has the first", || broker.waiting() == 0);
    broker.fire(1).unwrap();
    broker.fire(2).unwrap();
    let refused = broker.try_fire(9).unwrap_err();
    assert_eq!((refused.why, refused.message), (Why::Full, 9));
    assert!(refused.to_string().contains("full"));
    thread::scope(|s| {
        let patient = s.spawn(Some("patient"), || broker.ask(3).unwrap());
        assert_eq!((broker.waiting(), broker.capacity()), (2, 2));
        gate.set();
        assert_eq!(patient.join().unwrap().answer(), Ok(3));
    });
    broker.close();
    assert_eq!(broker.fire(4).unwrap_err().why, Why::Closed);
    let expected = Tally {
        accepted: 4,
        refused: 2,
        handled: 4,
        failed: 0,
        deepest: 2,
    };
    assert_eq!(broker.shutdown(), expected);
}

#[test]
fn a_late_answer_gives_the_ticket_back_and_the_end_waits_for_it() {
    let _alone = crate::alone::alone();
    let gate = Arc::new(Event::new());
    let broker = Broker::start(1, 1, {
        let gate = gate.clone();
        move |_, ()| gate.wait()
    })
    .unwrap();
    let ticket = broker.ask(()).unwrap();
    let ticket = ticket.answer_timeout(Duration::from_millis(1)).unwrap_err();
    assert_eq!(ticket.number(), 1);
    gate.set();
    drop(broker);
    assert_eq!(ticket.answer_timeout(LIMIT).unwrap(), Ok(()));
    assert!(matches!(
        Broker::start(0, 1, |_, ()| ()),
        Err(PoolError::Workers(0))
    ));
}
