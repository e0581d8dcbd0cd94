//! Processes that hand things over: in order, without loss, and with an end.

use crate::{LIMIT, NOTICE, started};
use exercises::primitive::thread;
use exercises::primitive::time::{Duration, Instant};
use exercises::process::*;

const SHORT: Duration = Duration::from_millis(5);

#[test]
fn join_before_drain_does_not_hang() {
    let _alone = crate::alone::alone();
    let queue = Queue::<Vec<u8>>::unbounded().unwrap();
    let mut child = Process::new("producer", {
        let queue = queue.clone();
        // A hundred times what a pipe holds; then one of a megabyte, a short one and an empty one.
        move || {
            (0..100).for_each(|_| queue.put(vec![7; 64 << 10]).unwrap());
            queue.put(vec![8; 1 << 20]).unwrap();
            queue.put(vec![9]).unwrap();
            queue.put(Vec::new()).unwrap();
        }
    });
    child.start().unwrap();
    assert_eq!(child.join().unwrap(), Some(0));
    let lengths: Vec<_> = queue.iter().map(|item| item.unwrap().len()).collect();
    assert_eq!(lengths.len(), 103);
    assert_eq!(lengths[99..], [64 << 10, 1 << 20, 1, 0]);
}

#[test]
fn sixty_four_processes_lose_and_mix_nothing() {
    let _alone = crate::alone::alone();
    const EACH: u32 = 50;
    let queue = Queue::<(u32, u32)>::unbounded().unwrap();
    let mut children: Vec<_> = (0..64)
        .map(|who| {
            let queue = queue.clone();
            Process::new(format!("p{who}"), move || {
                (0..EACH).for_each(|item| queue.put((who, item)).unwrap())
            })
        })
        .collect();
    children.iter_mut().for_each(|child| child.start().unwrap());
    let mut next = [0; 64];
    for item in queue.iter() {
        let (who, item) = item.unwrap();
        assert_eq!(item, next[who as usize], "first in, first out for each");
        next[who as usize] += 1;
    }
    assert_eq!(
        next, [EACH; 64],
        "and the queue ended when the last producer did"
    );
    children
        .iter()
        .for_each(|child| assert_eq!(child.join().unwrap(), Some(0)));
}

#[test]
fn a_bounded_queue_blocks_and_ends_when_closed() {
    let _alone = crate::alone::alone();
    let queue = Queue::<u32>::bounded(2).unwrap();
    let mut consumer = Process::new("consumer", {
        let queue = queue.clone();
        move || queue.iter().map(Result::unwrap).sum::<u32>() as i32
    });
    consumer.start().unwrap();
    for item in 1..=10 {
        queue.put(item).unwrap();
        assert!(queue.len() <= 2);
    }
    queue.close();
    assert!(matches!(queue.put(11), Err(PutError::Closed)));
    assert_eq!(consumer.join().unwrap(), Some(55));
    assert!(matches!(queue.try_get(), Err(TryGetError::Closed)));
    let queue = Queue::<u32>::bounded(1).unwrap();
    assert!(matches!(queue.get_timeout(SHORT), Err(TryGetError::Empty)));
    queue.put(1).unwrap();
    assert!(matches!(queue.try_put(2), Err(PutError::Full)));
    assert!(matches!(queue.put_timeout(2, SHORT), Err(PutError::Full)));
}

#[test]
fn a_message_that_cannot_be_read_is_an_error_and_not_in_the_way() {
    let _alone = crate::alone::alone();
    // A type that must be asked what it is cannot be read back from postcard's bytes.
    let queue = Queue::<serde_json::Value>::unbounded().unwrap();
    queue.put(serde_json::json!({"a": 1})).unwrap();
    assert!(matches!(queue.get(), Err(GetError::Decode(_))));
    assert!(queue.is_empty());
    let queue = Queue::<Result<bool, String>>::unbounded().unwrap();
    queue.put(Err("b".to_owned())).unwrap();
    assert_eq!(queue.get().unwrap(), Some(Err("b".to_owned())));
}

#[test]
fn a_joinable_queue_is_done_when_every_item_is() {
    let _alone = crate::alone::alone();
    let queue = JoinableQueue::<u32>::bounded(2).unwrap();
    assert_eq!(queue.join(), Ok(()), "nothing was put");
    queue.put(1).unwrap();
    assert!(!queue.join_timeout(SHORT).unwrap());
    assert_eq!(queue.get().unwrap(), Some(1));
    assert!(queue.is_empty() && queue.unfinished() == 1);
    assert!(!queue.join_timeout(SHORT).unwrap(), "taken is not done");
    queue.task_done().unwrap();
    assert!(queue.join_timeout(Duration::ZERO).unwrap());
    assert_eq!(queue.task_done(), Err(TaskDoneError));

    let done = Value::new(0).unwrap();
    let worker = started("worker", {
        let (queue, done) = (queue.clone(), done.clone());
        move || {
            while queue.get().unwrap().is_some() {
                done.fetch_add(1);
                queue.task_done().unwrap();
            }
        }
    });
    for item in 0..50 {
        queue.put(item).unwrap();
    }
    queue.join().unwrap();
    assert_eq!(done.get(), 50);
    queue.close();
    assert!(matches!(queue.try_put(1), Err(PutError::Closed)));
    assert_eq!(worker.join().unwrap(), Some(0));
    assert_eq!(queue.unfinished(), 0, "what was refused does not count");
}

#[test]
fn a_worker_killed_with_an_item_is_reported_and_its_item_can_be_given_up() {
    let _alone = crate::alone::alone();
    let queue = JoinableQueue::<u32>::unbounded().unwrap();
    (0..3).for_each(|item| queue.put(item).unwrap());
    let ready = Event::new().unwrap();
    let victim = started("victim", {
        let (queue, ready) = (queue.clone(), ready.clone());
        move || {
            queue.get().unwrap();
            ready.set();
            thread::sleep(LIMIT * 10);
        }
    });
    ready.wait().unwrap();
    victim.kill().unwrap();
    victim.join().unwrap();
    let pid = victim.pid().unwrap();
    let begin = Instant::now();
    assert_eq!(queue.join(), Err(Abandoned { pid }));
    assert!(begin.elapsed() < NOTICE);
    assert_eq!(queue.recover(), 1);
    assert_eq!(queue.unfinished(), 2);
    assert!(!queue.join_timeout(SHORT).unwrap());
    for _ in 0..2 {
        queue.try_get().unwrap();
        queue.task_done().unwrap();
    }
    assert_eq!(queue.join(), Ok(()));
}

#[test]
fn a_simple_queue_keeps_the_order_and_has_an_end() {
    let _alone = crate::alone::alone();
    let queue = SimpleQueue::<Vec<u8>>::new().unwrap();
    assert!(queue.is_empty());
    let producer = started("producer", {
        let queue = queue.clone();
        move || {
            for length in 0..100 {
                queue.put(vec![7; length * 1000]).unwrap();
            }
        }
    });
    // Joined before anything is read, though it is far more than a pipe holds.
    assert_eq!(producer.join().unwrap(), Some(0));
    for length in 0..100 {
        assert_eq!(queue.get().unwrap().unwrap().len(), length * 1000);
    }
    assert_eq!(queue.get().unwrap(), None);
}

#[test]
fn a_queue_does_not_end_while_a_handle_is_on_its_way_to_another_process() {
    let _alone = crate::alone::alone();
    for _ in 0..600 {
        let queue = Queue::<u32>::unbounded().unwrap();
        let (for_reader, for_writer) = (queue.clone(), queue);
        let reader = started("reader", move || {
            // It looks again and again while the writer is being started.
            for _ in 0..20_000 {
                match for_reader.get_timeout(Duration::ZERO) {
                    Ok(_) => return 0,
                    Err(TryGetError::Empty) => {}
                    Err(_) => return 1,
                }
            }
            i32::from(for_reader.get().unwrap().is_none())
        });
        let writer = started("writer", move || for_writer.put(1).unwrap());
        assert_eq!(
            reader.join().unwrap(),
            Some(0),
            "it saw an end that was none"
        );
        assert_eq!(writer.join().unwrap(), Some(0));
    }
}
