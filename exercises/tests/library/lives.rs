//! Threads as objects, the registry, and what happens at the end. The registry belongs to a whole
//! process, so what looks at it runs in a child.

use crate::{LIMIT, eventually, within};
use exercises::primitive::atomic::{AtomicBool, AtomicUsize, Ordering};
use exercises::primitive::thread::{self, ThreadId};
use exercises::primitive::time::{Duration, Instant};
use exercises::primitive::{Arc, process};
use exercises::process::ExitStatus;
use exercises::sync::{Event, Mutex, Thread, ThreadError, Timer, threads};
use recorder::{Journal, Kind, LaneKind, current};

/// Runs it in a process where there is only its main thread; a panic there fails here.
#[track_caller]
fn in_a_process_of_its_own(f: impl FnOnce()) {
    let child = process::fork("alone", || {
        f();
        0
    });
    let ended = child.unwrap().wait_timeout(LIMIT).unwrap();
    assert_eq!(ended, Some(ExitStatus::Code(0)));
}

/// A thread that waits for the event.
fn waiting_for(event: &Arc<Event>, name: &str) -> Thread {
    let event = event.clone();
    Thread::new(name, move || event.wait())
}

fn names() -> Vec<String> {
    threads::enumerate().iter().map(Thread::name).collect()
}

#[test]
fn a_thread_is_alive_from_its_start_to_its_end() {
    let _alone = crate::alone::alone();
    let may_end = Arc::new(Event::new());
    let thread = waiting_for(&may_end, "worker");
    assert!(!thread.is_alive() && thread.id().is_none() && !thread.is_daemon());
    assert!(matches!(thread.join(), Err(ThreadError::NotStarted { .. })));

    thread.start().unwrap();
    assert!(thread.is_alive());
    let id = thread.id().unwrap();
    assert!(!thread.join_timeout(Duration::from_millis(5)).unwrap());
    assert!(matches!(
        thread.start(),
        Err(ThreadError::AlreadyStarted { .. })
    ));
    assert!(matches!(
        thread.set_daemon(true),
        Err(ThreadError::AlreadyStarted { .. })
    ));
    assert!(!thread.clone().daemon(true).is_daemon(), "too late");
    thread.rename("renamed");

    may_end.set();
    assert!(thread.join_timeout(LIMIT).unwrap());
    thread.join().unwrap();
    thread.join().unwrap();
    assert!(!thread.is_alive());
    assert_eq!((thread.name().as_str(), thread.id()), ("renamed", Some(id)));
    assert!(matches!(
        thread.start(),
        Err(ThreadError::AlreadyStarted { .. })
    ));
}

#[test]
fn several_can_wait_for_one_thread() {
    let _alone = crate::alone::alone();
    within(LIMIT, || {
        let may_end = Arc::new(Event::new());
        let thread = waiting_for(&may_end, "awaited");
        thread.start().unwrap();
        thread::scope(|s| {
            let joiners: Vec<_> = (0..8)
                .map(|i| {
                    let thread = &thread;
                    s.spawn(None, move || match i % 2 {
                        0 => thread.join().is_ok(),
                        _ => thread.join_timeout(LIMIT).unwrap(),
                    })
                })
                .collect();
            may_end.set();
            assert!(joiners.into_iter().all(|joiner| joiner.join().unwrap()));
        });
    });
}

#[test]
fn a_panic_is_told_to_everybody_who_joins() {
    let _alone = crate::alone::alone();
    let thread = Thread::new("unlucky", || panic!("ouch"));
    thread.start().unwrap();
    for _ in 0..2 {
        match thread.join() {
            Err(ThreadError::Panicked(panicked)) => {
                assert_eq!((&*panicked.thread, &*panicked.message), ("unlucky", "ouch"));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_could_never_end_is_refused() {
    let _alone = crate::alone::alone();
    let myself = Arc::new(Mutex::new(None::<Thread>));
    let refused = Arc::new(AtomicBool::new(false));
    let thread = Thread::unnamed({
        let (myself, refused) = (myself.clone(), refused.clone());
        move || {
            let own = loop {
                if let Some(own) = myself.lock().clone() {
                    break own;
                }
                thread::yield_now();
            };
            assert!(own.is_current());
            let joined = own.join();
            refused.store(
                matches!(joined, Err(ThreadError::JoinsItself { .. })),
                Ordering::SeqCst,
            );
        }
    });
    assert!(thread.name().starts_with("Thread-"));
    thread.start().unwrap();
    *myself.lock() = Some(thread.clone());
    within(LIMIT, move || thread.join().unwrap());
    assert!(refused.load(Ordering::SeqCst));
    assert!(matches!(
        threads::main_thread().join(),
        Err(ThreadError::NotOurs { .. })
    ));
}

#[test]
fn the_registry_knows_who_is_alive_and_a_child_begins_anew() {
    let _alone = crate::alone::alone();
    in_a_process_of_its_own(|| {
        assert_eq!(
            (threads::active_count(), names()),
            (1, vec!["main".to_owned()])
        );
        assert_eq!(thread::current_id(), ThreadId::MAIN);
        assert!(threads::current().is_current() && threads::main_thread().is_current());

        let may_end = Arc::new(Event::new());
        let all: Vec<Thread> = ["a", "b", "c"]
            .map(|name| waiting_for(&may_end, name))
            .into();
        all.iter().for_each(|thread| thread.start().unwrap());
        assert_eq!(
            (threads::active_count(), names().join(" ")),
            (4, "main a b c".to_owned())
        );
        threads::enumerate()[2].rename("B");
        assert_eq!(all[1].name(), "B");
        in_a_process_of_its_own(|| {
            assert_eq!((threads::active_count(), names().len()), (1, 1));
            let thread = Thread::new("here", || assert_eq!(threads::current().name(), "here"));
            thread.start().unwrap();
            thread.join().unwrap();
        });

        may_end.set();
        all.iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(threads::active_count(), 1);
        threads::main_thread().rename("result");
        assert_eq!(names(), ["result"]);
    });
}

#[test]
fn a_fork_inside_a_thread_makes_that_one_the_main_thread_of_the_child() {
    let _alone = crate::alone::alone();
    in_a_process_of_its_own(|| {
        let thread = Thread::new("forker", || {
            assert_eq!(threads::current().name(), "forker");
            in_a_process_of_its_own(|| {
                assert_eq!(threads::current().name(), "main");
                assert_eq!(thread::current_id(), ThreadId::MAIN);
                assert_eq!(threads::active_count(), 1);
            });
        });
        thread.start().unwrap();
        thread.join().unwrap();
    });
}

#[test]
fn a_stranger_has_a_name_but_is_not_counted() {
    let _alone = crate::alone::alone();
    in_a_process_of_its_own(|| {
        thread::spawn(Some("stranger"), || {
            let own = threads::current();
            assert_eq!(
                (own.name().as_str(), threads::active_count()),
                ("stranger", 1)
            );
            own.rename("known");
            assert_eq!(threads::current().name(), "known");
            assert!(matches!(own.join(), Err(ThreadError::NotOurs { .. })));
        })
        .join()
        .unwrap();
    });
}

#[test]
fn the_end_waits_for_all_that_are_no_daemons_also_for_late_ones() {
    let _alone = crate::alone::alone();
    in_a_process_of_its_own(|| {
        let done = Arc::new(AtomicUsize::new(0));
        let first = Thread::new("first", {
            let done = done.clone();
            move || {
                thread::sleep(Duration::from_millis(10));
                let second = Thread::new("second", {
                    let done = done.clone();
                    move || {
                        thread::sleep(Duration::from_millis(10));
                        done.fetch_add(1, Ordering::SeqCst);
                    }
                });
                second.start().unwrap();
                done.fetch_add(1, Ordering::SeqCst);
            }
        });
        first.start().unwrap();
        drop(first);
        assert!(threads::shut_down().still_running.is_empty());
        assert_eq!(done.load(Ordering::SeqCst), 2);
        assert_eq!(threads::active_count(), 1);
    });
}

/// Says when it is dropped.
struct Dropped(Arc<AtomicBool>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn a_daemon_is_cut_off_where_it_sleeps_or_asks_and_cleans_up() {
    let _alone = crate::alone::alone();
    in_a_process_of_its_own(|| {
        let daemons: Vec<(Thread, Arc<AtomicBool>)> =
            [(|| thread::sleep(LIMIT * 100)) as fn(), || {
                threads::checkpoint()
            }]
            .map(|pause| {
                let (started, dropped) = (Arc::new(Event::new()), Arc::new(AtomicBool::new(false)));
                let thread = Thread::new("daemon", {
                    let (started, dropped) = (started.clone(), Dropped(dropped.clone()));
                    move || {
                        let _dropped = dropped;
                        started.set();
                        loop {
                            pause();
                        }
                    }
                });
                let thread = thread.daemon(true);
                thread.start().unwrap();
                started.wait();
                (thread, dropped)
            })
            .into();
        let begin = Instant::now();
        // A busy machine may need more than the grace: then they are named, and end a moment later.
        threads::shut_down();
        assert!(begin.elapsed() < LIMIT);
        for (thread, dropped) in daemons {
            assert!(
                thread.join_timeout(LIMIT).unwrap(),
                "to be cut off is no panic"
            );
            assert!(dropped.load(Ordering::SeqCst), "its destructors have run");
        }
    });
}

#[test]
fn a_blocked_daemon_is_not_waited_for_but_named() {
    let _alone = crate::alone::alone();
    in_a_process_of_its_own(|| {
        let never = Arc::new(Event::new());
        let thread = waiting_for(&never, "blocked").daemon(true);
        thread.start().unwrap();
        let begin = Instant::now();
        assert_eq!(threads::shut_down().still_running, ["blocked"]);
        assert!(begin.elapsed() >= threads::GRACE && begin.elapsed() < LIMIT);
        assert!(thread.is_alive());
    });
}

#[test]
fn a_destructor_that_sleeps_does_not_keep_a_cut_off_daemon_from_ending() {
    let _alone = crate::alone::alone();
    struct Sleepy;
    impl Drop for Sleepy {
        fn drop(&mut self) {
            thread::sleep(LIMIT * 100);
        }
    }
    in_a_process_of_its_own(|| {
        let thread = Thread::new("sleepy", || {
            let _sleepy = Sleepy;
            thread::sleep(LIMIT * 100);
        });
        let thread = thread.daemon(true);
        thread.start().unwrap();
        threads::shut_down();
        assert!(thread.join_timeout(LIMIT).unwrap());
    });
}

#[test]
fn a_cut_off_daemon_records_its_end() {
    let _alone = crate::alone::alone();
    let journal = Journal::create(1 << 12).unwrap();
    in_a_process_of_its_own(|| {
        current::install(journal.clone(), "main", LaneKind::Process);
        let thread = Thread::new("daemon", || {
            loop {
                thread::sleep(LIMIT);
            }
        });
        let thread = thread.daemon(true);
        thread.start().unwrap();
        threads::shut_down();
        thread.join().unwrap();
    });
    let lanes = journal.lanes();
    let daemon = lanes.iter().find(|lane| lane.name == "daemon").unwrap();
    let ends = journal
        .events()
        .iter()
        .filter(|event| event.kind == Kind::Exit && event.lane == daemon.lane)
        .count();
    assert_eq!(ends, 1);
}

#[test]
fn a_daemon_timer_is_cancelled_or_cut_off_at_the_end() {
    let _alone = crate::alone::alone();
    in_a_process_of_its_own(|| {
        let late = Timer::daemon(LIMIT * 100, || 7);
        let fired = Arc::new(Event::new());
        let ringing = Timer::daemon(Duration::ZERO, {
            let fired = fired.clone();
            move || {
                fired.set();
                thread::sleep(LIMIT * 100);
            }
        });
        fired.wait();
        threads::shut_down();
        eventually("both have ended", || {
            late.is_finished() && ringing.is_finished()
        });
        assert!(late.cancel() && !ringing.cancel());
        assert_eq!(late.join().unwrap(), None);
        assert_eq!(ringing.join().unwrap(), None);
    });
}

#[test]
fn many_threads_come_and_go_and_nothing_of_them_stays() {
    let _alone = crate::alone::alone();
    in_a_process_of_its_own(|| {
        for _ in 0..300 {
            // Nobody joins them.
            Thread::unnamed(|| ()).start().unwrap();
        }
        threads::shut_down();
        assert_eq!(threads::active_count(), 1);
        let tasks = || std::fs::read_dir("/proc/self/task").unwrap().count();
        eventually("the system has none of them any more", || tasks() == 1);
    });
}

/// How much address space this process may have; gives back what it was.
fn limit_memory(bytes: u64) -> u64 {
    let mut limit = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: reads into, then from, a limit that lives here.
    unsafe {
        assert_eq!(libc::getrlimit(libc::RLIMIT_AS, &mut limit), 0);
        let before = std::mem::replace(&mut limit.rlim_cur, bytes.min(limit.rlim_max));
        assert_eq!(libc::setrlimit(libc::RLIMIT_AS, &limit), 0);
        before
    }
}

#[test]
fn a_thread_the_system_refuses_can_be_started_later() {
    let _alone = crate::alone::alone();
    in_a_process_of_its_own(|| {
        let may_end = Arc::new(Event::new());
        let sizes = std::fs::read_to_string("/proc/self/statm").unwrap();
        let pages: u64 = sizes.split(' ').next().unwrap().parse().unwrap();
        // Not enough for another stack of 2 MiB; but some may be left of threads that ended.
        let before = limit_memory(pages * 4096 + (1 << 20));
        let mut running = Vec::new();
        let refused = loop {
            let thread = waiting_for(&may_end, "one more");
            match thread.start() {
                Ok(()) => running.push(thread),
                Err(ThreadError::Refused { name, .. }) => break (thread, name),
                Err(other) => panic!("{other}"),
            }
            assert!(running.len() < 1000, "the limit limits nothing");
        };
        limit_memory(before);
        let (thread, name) = refused;
        assert_eq!((name.as_str(), thread.is_alive()), ("one more", false));
        assert_eq!(threads::active_count(), 1 + running.len());
        thread.start().unwrap();
        may_end.set();
        thread.join().unwrap();
        threads::shut_down();
    });
}
