use super::*;
use crate::event::{Kind, LaneId, LaneKind, Object, ObjectKind};
use crate::ring::layout::State;
use crate::ring::what_word;
use serde_json::json;
use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};

/// Forks; the child runs `f` and is gone. Only calls that are safe in the child of a threaded
/// process are made.
fn fork(f: impl FnOnce()) -> i32 {
    // SAFETY: the child writes into the journal (no locks) and ends.
    match unsafe { libc::fork() } {
        0 => {
            f();
            // SAFETY: ends the child at once.
            unsafe { libc::_exit(0) }
        }
        pid => {
            assert!(pid > 0);
            pid
        }
    }
}

fn wait(pid: i32) {
    // SAFETY: waits for a child of ours.
    assert_eq!(unsafe { libc::waitpid(pid, std::ptr::null_mut(), 0) }, pid);
}

fn kill(pid: i32) {
    // SAFETY: a child of ours that was not waited for, so the number is its own.
    assert_eq!(unsafe { libc::kill(pid, libc::SIGKILL) }, 0);
    wait(pid);
}

#[test]
fn what_was_written_is_read_in_order() {
    let journal = Journal::create(64).unwrap();
    let main = journal.open_lane(LaneKind::Thread, "main", None);
    let child = journal.open_lane(LaneKind::Process, "child", Some(main));
    journal.identify_lane(child, 7, 8);
    let lock = Object::new(ObjectKind::Lock, journal.next_object());
    let first = journal.record(main, Kind::Acquire, lock);
    let value = json!({"pid": 3, "text": "a long text that needs several slots, with signs such as سلام and 線程"});
    let second = journal.print(child, "thread 0", "call", &value);
    let third = journal.record(main, Kind::Release, lock);
    assert!(first < second && second < third);

    let events = journal.events();
    let kinds: Vec<_> = events
        .iter()
        .map(|event| (event.kind, event.lane, event.object))
        .collect();
    let expected = [
        (Kind::Acquire, main, lock),
        (Kind::Print, child, Object::NONE),
        (Kind::Release, main, lock),
    ];
    assert_eq!(kinds, expected);
    assert!(
        events
            .windows(2)
            .all(|pair| pair[0].seq < pair[1].seq && pair[0].at_us <= pair[1].at_us)
    );
    let [line] = &journal.lines()[..] else {
        panic!("one line was printed")
    };
    assert_eq!(
        (line.seq, line.lane, &*line.who, &*line.what),
        (second, child, "thread 0", "call")
    );
    assert_eq!(line.value, value);
    assert_eq!(journal.lines_since(third), []);
    let lanes = journal.lanes();
    assert_eq!(
        (&*lanes[1].name, lanes[1].pid, lanes[1].tid, lanes[1].parent),
        ("child", 7, 8, Some(main))
    );
    assert_eq!(journal.lost(), 0);
}

#[test]
fn threads_and_processes_share_one_order_without_gaps_in_what_each_wrote() {
    const WRITERS: u32 = 4;
    const EACH: u64 = 2000;
    let journal = Journal::create(1 << 17).unwrap();
    let write = |lane: u32| {
        let mut before = None;
        for number in 0..EACH {
            let seq = if number % 4 == 0 {
                journal.print(LaneId(lane), "writer", "number", &json!(number))
            } else {
                journal.record(
                    LaneId(lane),
                    Kind::Mark,
                    Object::new(ObjectKind::Futex, number),
                )
            };
            assert!(before < Some(seq));
            before = Some(seq);
        }
    };
    let children: Vec<_> = (0..WRITERS).map(|lane| fork(|| write(lane))).collect();
    thread::scope(|s| {
        for lane in WRITERS..2 * WRITERS {
            s.spawn(move || write(lane));
        }
        let mut follower = journal.follow();
        let mut next = HashMap::<u32, u64>::new();
        let mut before = None;
        let mut seen = 0;
        while seen < u64::from(2 * WRITERS) * EACH {
            let entry = follower
                .next(Duration::from_secs(20))
                .expect("an entry in time");
            assert!(before < Some(entry.seq()), "rising");
            before = Some(entry.seq());
            let (lane, number) = match entry {
                Entry::Event(event) => (event.lane, event.object.id),
                Entry::Line(line) => (line.lane, line.value.as_u64().unwrap()),
            };
            let expected = next.entry(lane.0).or_default();
            assert_eq!(
                number, *expected,
                "each lane in its own order, nothing missing"
            );
            *expected += 1;
            seen += 1;
        }
    });
    children.into_iter().for_each(wait);
    assert_eq!(journal.events().len() as u64, u64::from(2 * WRITERS) * EACH);
    assert_eq!(journal.lost(), 0);
}

#[test]
fn a_record_of_a_killed_writer_is_passed_over() {
    let journal = Journal::create(64).unwrap();
    journal.record(LaneId(0), Kind::Mark, Object::NONE);
    wait(fork(|| {
        journal.ring().claim().unwrap(); // and dies before it publishes
    }));
    journal.print(LaneId(0), "a", "b", &json!(1));
    assert_eq!(journal.events().len(), 2);
    let mut follower = journal.follow();
    assert!(matches!(
        follower.next(Duration::ZERO),
        Some(Entry::Event(_))
    ));
    let begin = Instant::now();
    assert!(matches!(
        follower.next(Duration::from_secs(20)),
        Some(Entry::Line(_))
    ));
    assert!(begin.elapsed() >= DEAD_WRITER_PATIENCE);
    assert!(
        begin.elapsed() < STOPPED_WRITER_PATIENCE,
        "the death was noticed"
    );
}

#[test]
fn a_record_of_a_living_writer_is_waited_for() {
    let journal = Journal::create(64).unwrap();
    let seq = journal.ring().claim().unwrap();
    journal.print(LaneId(0), "later", "b", &json!(1));
    let mut follower = journal.follow();
    assert_eq!(
        follower.next(DEAD_WRITER_PATIENCE * 2),
        None,
        "nothing is handed out before it"
    );
    thread::scope(|s| {
        let what = what_word(0, Kind::Mark, ObjectKind::None);
        s.spawn({
            let journal = journal.clone();
            move || journal.ring().publish(seq, 5, what, 0)
        });
        assert!(
            matches!(follower.next(Duration::from_secs(20)), Some(Entry::Event(event)) if event.seq == seq)
        );
    });
    assert!(matches!(
        follower.next(Duration::ZERO),
        Some(Entry::Line(_))
    ));
}

#[test]
fn a_stopped_head_is_moved_on_by_the_others() {
    let journal = Journal::create(64).unwrap();
    // As if the writer had been killed between claiming the slot and moving the head.
    let claimed = State::claimed(1, 0).pack();
    let slot = journal.mapping.slot(0);
    slot.state.store(claimed, Ordering::Release);
    assert_eq!(journal.position(), 0);
    assert_eq!(journal.record(LaneId(0), Kind::Mark, Object::NONE), 1);
    assert_eq!(journal.events().len(), 1);
}

#[test]
fn writers_killed_at_any_moment_leave_a_readable_journal() {
    let journal = Journal::create(1 << 21).unwrap();
    let text = "x".repeat(300);
    for round in 0..30u64 {
        let before = journal.position();
        let child = fork(|| {
            loop {
                journal.print(LaneId(1), &text, "what", &json!([round, text]));
            }
        });
        let begin = Instant::now();
        while journal.position() < before + 200 * (round + 1) {
            assert!(begin.elapsed() < Duration::from_secs(20));
            journal.record(LaneId(0), Kind::Mark, Object::NONE);
        }
        kill(child);
    }
    let last = journal.print(LaneId(0), "parent", "last", &json!(null));
    let lines = journal.lines();
    assert_eq!(lines.last().map(|line| line.seq), Some(last));
    assert!(
        lines[..lines.len() - 1]
            .iter()
            .all(|line| line.who == text && line.value[1] == *text)
    );
}

#[test]
fn the_oldest_detail_goes_first_never_a_print_and_everything_lost_is_counted() {
    let journal = Journal::create(100).unwrap();
    let mark = |id| journal.record(LaneId(0), Kind::Mark, Object::new(ObjectKind::Futex, id));
    (0..10).for_each(|id| {
        mark(id);
    });
    let first = journal.print(LaneId(0), "a", "b", &json!("first"));
    (10..80).for_each(|id| {
        mark(id);
    });
    let left: Vec<u64> = journal
        .events()
        .iter()
        .filter(|event| event.kind == Kind::Mark)
        .map(|event| event.object.id)
        .collect();
    assert_eq!(left, (30..80).collect::<Vec<_>>(), "the latest fifty");
    assert_eq!((journal.lost(), journal.lost_lines()), (30, 0));
    assert_eq!(journal.lines()[0].seq, first);
    assert_eq!(journal.events()[0].seq, first, "in its place in the order");
    // A follower that was overtaken has missed details, and no line.
    let mut follower = journal.follow();
    let seen: Vec<Entry> = std::iter::from_fn(|| follower.next(Duration::ZERO)).collect();
    assert!(matches!(&seen[0], Entry::Line(line) if line.value == "first"));
    assert_eq!(seen.len(), 51);

    let mut printed = 1;
    while journal.lost_lines() == 0 {
        journal.print(LaneId(0), "a", "b", &json!(printed));
        printed += 1;
    }
    assert_eq!(
        journal.lines().len(),
        25,
        "fifty slots, two for each short line"
    );
    journal.print(LaneId(0), "a", "b", &json!("long".repeat(1000)));
    assert_eq!(journal.lost_lines(), 2);
    assert_eq!(printed, 26);
}

#[test]
fn what_was_taken_back_has_not_happened() {
    let journal = Journal::create(8).unwrap();
    let ring = journal.ring();
    let seq = ring.record(0, Kind::Signal, ObjectKind::Futex, 1);
    ring.take_back(seq);
    journal.record(LaneId(0), Kind::Mark, Object::NONE);
    assert_eq!(journal.events().len(), 1);
    assert!(
        matches!(journal.follow().next(Duration::ZERO), Some(Entry::Event(event)) if event.kind == Kind::Mark)
    );
    (0..4).for_each(|_| {
        journal.record(LaneId(1), Kind::Mark, Object::NONE);
    });
    ring.take_back(seq);
    assert_eq!(
        journal.events().len(),
        4,
        "its place belongs to another one"
    );
    assert_eq!(journal.lost(), 1, "what was taken back is no loss");
}

#[test]
fn writers_killed_while_they_claim_do_not_stop_the_others() {
    let journal = Journal::create(8).unwrap();
    for _ in 0..3 {
        wait(fork(|| {
            journal.ring().claim();
        }));
    }
    for id in 0..20 {
        journal.record(LaneId(0), Kind::Mark, Object::new(ObjectKind::Futex, id));
    }
    let left: Vec<u64> = journal
        .events()
        .iter()
        .map(|event| event.object.id)
        .collect();
    assert_eq!(left, [19], "one slot of four is left to use");
    wait(fork(|| {
        journal.ring().claim();
    }));
    let before = journal.lost();
    journal.record(LaneId(0), Kind::Mark, Object::NONE);
    assert_eq!(journal.lost(), before + 1, "no slot is left: counted");
}

#[test]
fn a_run_begins_with_an_empty_journal() {
    let journal = Journal::create(64).unwrap();
    journal.open_lane(LaneKind::Thread, "old", None);
    journal.print(LaneId(0), "a", "b", &json!(1));
    journal.record(LaneId(0), Kind::Mark, Object::NONE);
    journal.begin(7);
    assert_eq!(
        (journal.run(), journal.position(), journal.lost()),
        (7, 0, 0)
    );
    assert_eq!((journal.lanes(), journal.events()), (vec![], vec![]));
    let lane = journal.open_lane(LaneKind::Thread, "new", None);
    journal.print(lane, "a", "b", &json!(2));
    assert_eq!(journal.lines()[0].value, 2);
}

#[test]
fn what_a_program_wrote_is_kept_byte_by_byte() {
    let journal = Journal::create(64).unwrap();
    let ring = journal.ring();
    ring.print(0, crate::ring::Form::Stdout, &[b"plain"]);
    ring.print(
        0,
        crate::ring::Form::Stderr,
        &[b"caf\xc3\xa9 \xff", &[b'x'; 40]],
    );
    let lines = journal.lines();
    assert_eq!(
        (&*lines[0].what, &lines[0].value),
        ("stdout", &json!("plain"))
    );
    assert_eq!(
        (&*lines[1].what, &lines[1].value),
        ("stderr", &json!(format!("café \u{fffd}{}", "x".repeat(40))))
    );
}

#[test]
fn another_process_attaches_by_the_descriptor() {
    let journal = Journal::create(64).unwrap();
    let again = Journal::attach(journal.as_fd().unwrap().try_clone_to_owned().unwrap()).unwrap();
    journal.record(LaneId(3), Kind::Fork, Object::lane(LaneId(4)));
    assert_eq!(again.events(), journal.events());
    assert_eq!((again.next_object(), journal.next_object()), (1, 2));
}

#[test]
fn a_forked_child_writes_into_a_journal_that_has_no_descriptor() {
    let journal = Journal::for_forks(64).unwrap();
    assert!(journal.as_fd().is_none());
    // SAFETY: the child records one event, which takes no lock and allocates nothing, and ends.
    let child = unsafe { libc::fork() };
    if child == 0 {
        journal.record(LaneId(3), Kind::Fork, Object::lane(LaneId(4)));
        // SAFETY: ends the child at once.
        unsafe { libc::_exit(0) };
    }
    // SAFETY: waits for our own child.
    let ended = unsafe { libc::waitpid(child, std::ptr::null_mut(), 0) };
    assert_eq!(ended, child);
    let found: Vec<_> = journal.events().iter().map(|event| event.kind).collect();
    assert_eq!(found, [Kind::Fork]);
}

#[test]
fn what_is_no_journal_is_refused() {
    let null = std::fs::File::open("/dev/null").unwrap();
    assert!(matches!(
        Journal::attach(null.into()),
        Err(JournalError::NotAJournal)
    ));
    let journal = Journal::create(64).unwrap();
    journal
        .mapping
        .header()
        .slots
        .store(1 << 20, Ordering::Relaxed);
    let attached = Journal::attach(journal.as_fd().unwrap().try_clone_to_owned().unwrap());
    assert!(
        matches!(attached, Err(JournalError::NotAJournal)),
        "a header that promises more than there is"
    );
    assert!(matches!(Journal::create(0), Err(JournalError::Slots(0))));
    assert!(matches!(
        Journal::create(MAX_SLOTS + 1),
        Err(JournalError::Slots(_))
    ));
}

#[test]
fn scribbles_in_the_shared_memory_do_no_harm_to_readers() {
    let mut random = 7u64;
    for _ in 0..200 {
        let journal = Journal::create(64).unwrap();
        for number in 0..20 {
            journal.print(LaneId(0), "who", "what", &json!(number));
        }
        for _ in 0..10 {
            random = random
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            let number = (random >> 40) % 64;
            let slot = journal
                .mapping
                .text(number)
                .unwrap_or_else(|| journal.mapping.slot(number));
            [&slot.state, &slot.at_us, &slot.what, &slot.id][(random >> 33) as usize % 4]
                .store(random, Ordering::Relaxed);
        }
        journal.events();
        journal.lines();
        let mut follower = journal.follow_from(0);
        while follower.next(Duration::ZERO).is_some() {}
        journal.record(LaneId(0), Kind::Mark, Object::NONE);
    }
}

#[test]
fn long_names_are_cut_and_lanes_beyond_the_table_have_none() {
    let journal = Journal::create(16).unwrap();
    let lane = journal.open_lane(LaneKind::Thread, &"ä".repeat(100), None);
    assert_eq!(journal.lanes()[lane.0 as usize].name, "ä".repeat(48));
    for _ in 0..300 {
        journal.open_lane(LaneKind::Thread, "t", Some(lane));
    }
    assert_eq!(journal.lanes().len(), 256);
    assert_eq!(journal.lost(), 301 - 256);
}

#[test]
fn a_follower_wakes_when_something_is_written() {
    let journal = Journal::create(64).unwrap();
    thread::scope(|s| {
        let waiting = s.spawn(|| journal.follow().next(Duration::from_secs(20)));
        while journal.mapping.header().sleepers.load(Ordering::Relaxed) == 0 {
            thread::yield_now();
        }
        journal.record(LaneId(0), Kind::Mark, Object::NONE);
        assert!(waiting.join().unwrap().is_some());
    });
    assert_eq!(journal.mapping.header().sleepers.load(Ordering::Relaxed), 0);
}
