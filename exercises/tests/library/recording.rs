//! What the library writes into a journal. A journal belongs to a whole process, so each of these
//! runs in a child.

use exercises::primitive::settings;
use exercises::primitive::thread;
use exercises::primitive::time::{Duration, Instant};
use exercises::process::{self, Process};
use exercises::sync;
use recorder::{Event, Journal, Kind, LaneId, LaneKind, Object, current};

/// Runs `f` in a process of its own with a journal, and gives what was recorded.
fn recorded(f: impl FnOnce()) -> (Vec<Event>, Journal) {
    let journal = Journal::create(1 << 14).unwrap();
    let child = exercises::primitive::process::fork("recorded", || {
        current::install(journal.clone(), "main", LaneKind::Process);
        f();
        0
    });
    let status = child.unwrap().wait().unwrap();
    assert_eq!(status, process::ExitStatus::Code(0));
    (journal.events(), journal)
}

fn place(events: &[Event], kind: Kind, object: impl Into<Object>) -> usize {
    let object = object.into();
    let found = events
        .iter()
        .position(|event| event.kind == kind && event.object == object);
    found.unwrap_or_else(|| panic!("no {kind} of {object} in {events:#?}"))
}

#[test]
fn the_life_of_a_thread_and_of_a_process_is_recorded_in_order() {
    let _alone = crate::alone::alone();
    let (events, journal) = recorded(|| {
        thread::spawn(Some("A"), || thread::sleep(Duration::ZERO))
            .join()
            .unwrap();
        let mut child = Process::new("B", || ());
        child.start().unwrap();
        child.join().unwrap();
    });
    let lanes = journal.lanes();
    let [main, thread, process] = &lanes[..] else {
        panic!("{lanes:?}")
    };
    assert_eq!(
        (&*thread.name, thread.kind, thread.parent),
        ("A", LaneKind::Thread, Some(main.lane))
    );
    assert_eq!(
        (&*process.name, process.kind, process.parent),
        ("B", LaneKind::Process, Some(main.lane))
    );
    assert_eq!(thread.pid, main.pid);
    assert!(process.pid != main.pid && process.tid == process.pid && thread.tid != main.tid);
    for (lane, begin) in [(thread.lane, Kind::Spawn), (process.lane, Kind::Fork)] {
        let [begin, start, exit, joined] =
            [begin, Kind::Start, Kind::Exit, Kind::JoinEnd].map(|kind| place(&events, kind, lane));
        assert!(
            begin < start && start < exit && exit < joined,
            "{events:#?}"
        );
        assert!(place(&events, Kind::JoinBegin, lane) < joined);
        assert_eq!((events[begin].lane, events[start].lane), (main.lane, lane));
    }
    assert!(
        events
            .iter()
            .any(|event| event.kind == Kind::SleepBegin && event.lane == thread.lane)
    );
}

#[test]
fn a_lock_is_never_acquired_before_it_was_released() {
    let _alone = crate::alone::alone();
    let (events, _) = recorded(|| {
        let lock = sync::Mutex::new(());
        let shared = process::Lock::new().unwrap();
        thread::scope(|s| {
            for _ in 0..4 {
                s.spawn(None, || {
                    for _ in 0..50 {
                        drop(lock.lock());
                        drop(shared.lock().unwrap());
                    }
                });
            }
        });
    });
    let mut objects: Vec<Object> = events
        .iter()
        .filter(|e| e.kind == Kind::Acquire)
        .map(|e| e.object)
        .collect();
    objects.sort_by_key(|object| object.id);
    objects.dedup();
    assert_eq!(objects.len(), 2);
    for object in objects {
        let of_lock = events.iter().filter(|event| event.object == object);
        let mut holder = None;
        for event in of_lock {
            match event.kind {
                Kind::Acquire => assert_eq!(holder.replace(event.lane), None),
                Kind::Release => assert_eq!(holder.take(), Some(event.lane)),
                Kind::WaitBegin | Kind::WaitEnd => {}
                kind => panic!("{kind} of a lock"),
            }
        }
        assert_eq!(holder, None);
    }
}

#[test]
fn only_what_really_blocks_waits() {
    let _alone = crate::alone::alone();
    let (events, _) = recorded(|| {
        let (lock, semaphore, queue) = (
            sync::Mutex::new(()),
            sync::Semaphore::new(1),
            sync::Queue::unbounded(),
        );
        drop(lock.lock());
        semaphore.acquire();
        queue.put(1).unwrap();
        queue.get();
        process::Lock::new().unwrap().lock().map(drop).unwrap();
    });
    assert!(
        events.iter().all(|event| event.kind != Kind::WaitBegin),
        "{events:#?}"
    );
    let (events, _) = recorded(|| {
        let event = sync::Event::new();
        assert!(!event.wait_timeout(Duration::from_millis(1)));
        let queue = process::Queue::<u8>::unbounded().unwrap();
        assert!(queue.get_timeout(Duration::from_millis(1)).is_err());
        assert!(queue.try_get().is_err());
    });
    let waits: Vec<_> = events
        .iter()
        .filter(|event| event.object != Object::lane(LaneId(0)))
        .map(|event| (event.kind, event.object.to_string()))
        .collect();
    let expected = [
        (Kind::WaitBegin, "event:1"),
        (Kind::WaitEnd, "event:1"),
        (Kind::WaitBegin, "queue:2"),
        (Kind::WaitEnd, "queue:2"),
    ];
    assert_eq!(
        waits,
        expected
            .map(|(kind, object)| (kind, object.to_owned()))
            .to_vec()
    );
}

#[test]
fn a_message_is_sent_before_it_is_received() {
    let _alone = crate::alone::alone();
    let (events, _) = recorded(|| {
        let queue = process::Queue::<u32>::unbounded().unwrap();
        let mut child = Process::new("producer", {
            let queue = queue.clone();
            move || (0..200).for_each(|item| queue.put(item).unwrap())
        });
        child.start().unwrap();
        assert_eq!(queue.iter().filter_map(Result::ok).count(), 200);
        child.join().unwrap();
    });
    let (mut sent, mut received) = (0, 0);
    for event in &events {
        sent += usize::from(event.kind == Kind::Send);
        received += usize::from(event.kind == Kind::Receive);
        assert!(received <= sent);
    }
    assert_eq!((sent, received), (200, 200));
}

#[test]
fn arrivals_at_a_barrier_come_before_departures() {
    let _alone = crate::alone::alone();
    let (events, _) = recorded(|| {
        let barrier = process::Barrier::new(3).unwrap();
        let mut children: Vec<_> = (0..2)
            .map(|i| {
                let barrier = barrier.clone();
                Process::new(format!("p{i}"), move || barrier.wait().map(drop))
            })
            .collect();
        children.iter_mut().for_each(|child| child.start().unwrap());
        barrier.wait().unwrap();
        children
            .iter()
            .for_each(|child| assert_eq!(child.join().unwrap(), Some(0)));
    });
    let last_arrival = events
        .iter()
        .rposition(|event| event.kind == Kind::Release)
        .unwrap();
    let first_departure = events
        .iter()
        .position(|event| event.kind == Kind::Acquire)
        .unwrap();
    assert!(last_arrival < first_departure);
    assert_eq!(
        events
            .iter()
            .filter(|event| event.kind == Kind::Acquire)
            .count(),
        3
    );
}

#[test]
fn settings_survive_a_fork_and_delays_change_no_guarantee() {
    let _alone = crate::alone::alone();
    let (events, _) = recorded(|| {
        settings::set_time_scale(0.5);
        settings::set_shake_ms(1);
        settings::set_seed(7);
        let mut child = Process::new("child", || {
            assert_eq!(
                (
                    settings::time_scale(),
                    settings::shake_ms(),
                    settings::seed()
                ),
                (0.5, 1, 7)
            );
            let begin = Instant::now();
            thread::sleep(Duration::from_millis(40));
            assert!(begin.elapsed() >= Duration::from_millis(20));
        });
        child.start().unwrap();
        assert_eq!(child.join().unwrap(), Some(0));
        for i in 0..3 {
            thread::spawn(Some(&format!("t{i}")), || ()).join().unwrap();
        }
    });
    let starts: Vec<_> = events
        .iter()
        .filter(|e| e.kind == Kind::Start)
        .map(|e| e.lane)
        .collect();
    assert_eq!(starts, [1, 2, 3, 4].map(LaneId));
}

#[test]
fn a_thread_of_others_gets_a_lane_when_it_first_records() {
    let _alone = crate::alone::alone();
    let (_, journal) = recorded(|| {
        std::thread::Builder::new()
            .name("foreign".into())
            .spawn(|| drop(sync::Mutex::new(()).lock()))
            .unwrap()
            .join()
            .unwrap();
    });
    let lanes = journal.lanes();
    assert!(
        lanes
            .iter()
            .any(|lane| lane.name == "foreign" && lane.tid != 0),
        "{lanes:?}"
    );
}

#[test]
fn without_a_journal_everything_works_and_lanes_are_zero() {
    let _alone = crate::alone::alone();
    assert!(current::journal().is_none());
    assert_eq!(thread::spawn(None, current::lane).lane(), LaneId(0));
    assert_eq!(sync::Semaphore::new(1).object().id, 0);
}

#[test]
fn what_processes_share_is_recorded_with_who_gave_before_who_took() {
    let _alone = crate::alone::alone();
    let mut objects = Vec::new();
    let (events, _) = recorded_with(&mut objects, |name| {
        let (event, changed) = (
            process::Event::new().unwrap(),
            process::Condition::new().unwrap(),
        );
        let (lock, value) = (
            process::ReentrantLock::new().unwrap(),
            process::Value::new(0u8).unwrap(),
        );
        let tasks = process::JoinableQueue::<u8>::unbounded().unwrap();
        name(&[
            event.object(),
            changed.object(),
            lock.object(),
            value.object(),
            tasks.object(),
        ]);
        let mut child = Process::borrowing("B", || {
            event.wait().unwrap();
            drop(changed.lock().unwrap());
            drop((lock.lock().unwrap(), lock.lock().unwrap()));
            value.lock().unwrap().set(1);
            tasks.put(1).unwrap();
        });
        child.start().unwrap();
        changed.lock().unwrap().notify_all();
        event.set();
        child.join().unwrap();
        tasks.get().unwrap();
        tasks.task_done().unwrap();
    });
    let [event, changed, lock, value, tasks] = objects[..] else {
        panic!("{objects:?}")
    };
    assert!(place(&events, Kind::Signal, event) < place(&events, Kind::Acquire, event));
    assert!(place(&events, Kind::Acquire, changed) < place(&events, Kind::Signal, changed));
    assert!(place(&events, Kind::Signal, changed) < place(&events, Kind::Release, changed));
    let of_lock = |kind| {
        let same = |found: &&Event| found.kind == kind && found.object == lock;
        events.iter().filter(same).count()
    };
    assert_eq!(
        (of_lock(Kind::Acquire), of_lock(Kind::Release)),
        (1, 1),
        "taken twice by the same thread is one hold"
    );
    assert!(place(&events, Kind::Acquire, value) < place(&events, Kind::Release, value));
    assert!(place(&events, Kind::Send, tasks) < place(&events, Kind::Receive, tasks));
}

/// As [`recorded`], for objects that exist only in that process: it names them to this one.
fn recorded_with(
    objects: &mut Vec<Object>,
    f: impl FnOnce(&dyn Fn(&[Object])),
) -> (Vec<Event>, Journal) {
    let (send, names) = process::pipe::<String>().unwrap();
    let recorded = recorded(|| {
        f(&|objects: &[Object]| {
            for object in objects {
                send.send(object.to_string()).unwrap();
            }
        });
    });
    drop(send);
    while let Some(name) = names.recv().unwrap() {
        objects.push(name.parse().unwrap());
    }
    recorded
}
