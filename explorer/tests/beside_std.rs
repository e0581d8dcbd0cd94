//! Crossbeam's channels and scopes and parking_lot's locks: what programs with them can print, exactly.
use explorer::model::crossbeam::channel::{self, bounded, unbounded};
use explorer::model::crossbeam::sync::WaitGroup;
use explorer::model::parking_lot::{Condvar, Mutex, MutexGuard, Once, ReentrantMutex, RwLock};
use explorer::model::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use explorer::model::sync::{self, Arc, mpsc};
use explorer::model::{crossbeam, panic, println, thread};
use explorer::{
    Assumption, Exploration, FailureKind, Relation, Settings, Verdict, compare, explore,
};
use std::cell::Cell;
use std::time::Duration;

fn proved(program: impl Fn() + Clone + 'static) -> Exploration {
    let found = explore(&program, &Settings::default());
    assert_eq!(found.verdict, Verdict::Proved, "{:?}", found.assumptions);
    found
}

/// Every output and how it ends, in the order of the alphabet.
fn outputs(found: &Exploration) -> Vec<String> {
    let outputs = found.outputs.as_ref().unwrap();
    let mut all: Vec<String> = outputs
        .list(1_000)
        .into_iter()
        .map(|outcome| outcome.text)
        .collect();
    all.sort();
    all
}

fn kinds(found: &Exploration) -> Vec<FailureKind> {
    found.failures.iter().map(|failure| failure.kind).collect()
}

const MILLISECOND: Duration = Duration::from_millis(1);

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

#[test]
fn locks_without_poison_count_as_those_of_std() {
    let ours = proved(|| {
        let count = Arc::new(Mutex::new(0));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let count = Arc::clone(&count);
                thread::spawn(move || {
                    let before = *count.lock();
                    *count.lock() = before + 1;
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        println!("{}", count.lock());
    });
    let std = proved(|| {
        let count = Arc::new(sync::Mutex::new(0));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let count = Arc::clone(&count);
                thread::spawn(move || {
                    let before = *count.lock().unwrap();
                    *count.lock().unwrap() = before + 1;
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        println!("{}", count.lock().unwrap());
    });
    assert_eq!(outputs(&ours), ["1\n", "2\n"]);
    assert_eq!(ours.classes, std.classes);
    let compared = compare(
        ours.outputs.as_ref().unwrap(),
        std.outputs.as_ref().unwrap(),
    );
    assert_eq!(compared.relation, Relation::Equal);
}

#[test]
fn two_locks_in_opposite_order_are_a_deadlock() {
    let found = proved(|| {
        let locks = Arc::new((Mutex::new(0), RwLock::new(0)));
        let other = Arc::clone(&locks);
        let thread = thread::spawn(move || {
            let _one = other.1.write();
            let _two = other.0.lock();
        });
        {
            let _two = locks.0.lock();
            let _one = locks.1.read();
        }
        thread.join().unwrap();
        println!("done");
    });
    assert_eq!(kinds(&found), [FailureKind::Deadlock]);
    assert_eq!(outputs(&found), ["", "done\n"]);
}

#[test]
fn a_panic_poisons_nothing() {
    let found = proved(|| {
        let locks = Arc::new((Mutex::new(1), RwLock::new(2)));
        let other = Arc::clone(&locks);
        let thread = thread::spawn(move || {
            let _one = other.0.lock();
            let mut two = other.1.write();
            *two += 1;
            panic!("with both");
        });
        println!("{}", thread.join().is_err());
        println!("{} {} {:?}", locks.0.lock(), locks.1.read(), locks.0);
        println!("{:?} {:?}", locks.0.try_lock(), locks.1.try_write());
    });
    assert_eq!(
        outputs(&found),
        ["true\n1 3 Mutex { data: <locked> }\nSome(1) Some(3)\n"]
    );
    assert_eq!(kinds(&found), [FailureKind::Panic]);
}

#[test]
fn trying_gives_up_at_once_or_after_a_while() {
    let found = proved(|| {
        let count = Arc::new(Mutex::new(0));
        let other = Arc::clone(&count);
        let thread = thread::spawn(move || {
            let _guard = other.lock();
        });
        println!("{}", count.try_lock().is_some());
        println!("{}", count.try_lock_for(MILLISECOND).is_some());
        thread.join().unwrap();
        println!("{:?}", count.try_lock_for(MILLISECOND));
    });
    assert_eq!(
        outputs(&found),
        [
            "false\nfalse\nSome(0)\n",
            "false\ntrue\nSome(0)\n",
            "true\nfalse\nSome(0)\n",
            "true\ntrue\nSome(0)\n"
        ]
    );
    let read = proved(|| {
        let lock = RwLock::new(5);
        let _first = lock.read();
        println!(
            "{:?} {:?}",
            lock.try_read_for(MILLISECOND),
            lock.try_write_for(MILLISECOND)
        );
    });
    assert_eq!(outputs(&read), ["Some(5) None\n"]);
}

#[test]
fn unlocked_lets_others_in_and_has_the_lock_again_afterwards() {
    let found = proved(|| {
        let count = Arc::new(Mutex::new(0));
        let mut guard = count.lock();
        let other = Arc::clone(&count);
        let thread = thread::spawn(move || *other.lock() += 1);
        MutexGuard::unlocked(&mut guard, || thread.join().unwrap());
        println!("{guard} {:?}", count.try_lock());
        drop(guard);
        println!("{:?}", count.try_lock());
    });
    assert_eq!(outputs(&found), ["1 None\nSome(1)\n"]);
    assert_eq!(found.failures, []);
    let panicking = proved(|| {
        let count = Mutex::new(3);
        let mut guard = count.lock();
        let run = || MutexGuard::unlocked(&mut guard, || panic::resume_unwind(Box::new(0)));
        let caught = panic::catch_unwind(panic::AssertUnwindSafe(run));
        println!("{} {:?} {guard}", caught.is_err(), count.try_lock());
    });
    assert_eq!(outputs(&panicking), ["true None 3\n"]);
}

/// Somebody waits for a flag that another sets; `careful` ones look at it first.
fn flag(careful: bool) -> impl Fn() + Clone + 'static {
    move || {
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let other = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            *other.0.lock() = true;
            println!("{}", other.1.notify_one());
        });
        let mut guard = shared.0.lock();
        if careful {
            shared.1.wait_while(&mut guard, |flag| !*flag);
        } else {
            shared.1.wait(&mut guard);
        }
        println!("{guard}");
        drop(guard);
        thread.join().unwrap();
    }
}

#[test]
fn a_condition_is_waited_for_with_the_guard_and_a_notification_tells_whom_it_reached() {
    let careful = proved(flag(true));
    assert_eq!(careful.failures, []);
    assert_eq!(
        outputs(&careful),
        ["false\ntrue\n", "true\nfalse\n", "true\ntrue\n"]
    );
    let careless = proved(flag(false));
    assert!(kinds(&careless).contains(&FailureKind::LostWakeup));
}

#[test]
fn all_who_wait_are_told_and_counted() {
    let found = proved(|| {
        let shared = Arc::new((Mutex::new(()), Condvar::new()));
        let (sender, receiver) = unbounded();
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let (shared, sender) = (Arc::clone(&shared), sender.clone());
                thread::spawn(move || {
                    let mut guard = shared.0.lock();
                    sender.send(()).unwrap();
                    shared.1.wait(&mut guard);
                })
            })
            .collect();
        receiver.iter().take(2).for_each(drop);
        // Whoever sent has the mutex until they wait.
        drop(shared.0.lock());
        println!("{} {}", shared.1.notify_all(), shared.1.notify_one());
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
    });
    assert_eq!(outputs(&found), ["2 false\n"]);
    assert_eq!(found.failures, []);
}

#[test]
fn nobody_wakes_unnotified_even_where_that_is_asked_for() {
    let spurious = Settings {
        spurious: 1,
        ..Settings::default()
    };
    let ours = explore(
        &|| {
            let (lock, condition) = (Mutex::new(()), Condvar::new());
            condition.wait(&mut lock.lock());
            println!("woken");
        },
        &spurious,
    );
    assert_eq!(kinds(&ours), [FailureKind::Deadlock]);
    assert_eq!(outputs(&ours), [""]);
    let std = explore(
        &|| {
            let (lock, condition) = (sync::Mutex::new(()), sync::Condvar::new());
            drop(condition.wait(lock.lock().unwrap()));
            println!("woken");
        },
        &spurious,
    );
    assert_eq!(outputs(&std), ["woken\n"]);
}

#[test]
fn a_wait_with_a_limit_ends_by_time_or_by_a_notification() {
    let found = proved(|| {
        let shared = Arc::new((Mutex::new(()), Condvar::new()));
        let other = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            other.1.notify_one();
        });
        let mut guard = shared.0.lock();
        println!("{:?}", shared.1.wait_for(&mut guard, MILLISECOND));
        println!(
            "{:?}",
            shared.1.wait_while_for(&mut guard, |()| true, MILLISECOND)
        );
        drop(guard);
        thread.join().unwrap();
    });
    assert_eq!(
        outputs(&found),
        [
            "WaitTimeoutResult(false)\nWaitTimeoutResult(true)\n",
            "WaitTimeoutResult(true)\nWaitTimeoutResult(true)\n"
        ]
    );
}

#[test]
fn a_mutex_its_holder_acquires_again_keeps_others_out_until_the_last_release() {
    let found = proved(|| {
        let cell = Arc::new(ReentrantMutex::new(Cell::new(0)));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let cell = Arc::clone(&cell);
                thread::spawn(move || {
                    let first = cell.lock();
                    let second = cell.lock();
                    let before = second.get();
                    drop(first);
                    println!("{before}");
                    second.set(before + 1);
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        println!("{}", cell.lock().get());
    });
    assert_eq!(outputs(&found), ["0\n1\n2\n"]);
    let tried = proved(|| {
        let cell = Arc::new(ReentrantMutex::new(()));
        let other = Arc::clone(&cell);
        let guard = cell.try_lock();
        let thread = thread::spawn(move || println!("{}", other.try_lock().is_some()));
        println!(
            "{}",
            cell.is_owned_by_current_thread() && cell.try_lock().is_some()
        );
        thread.join().unwrap();
        drop(guard);
        println!("{}", cell.is_owned_by_current_thread());
    });
    assert_eq!(
        outputs(&tried),
        ["false\ntrue\nfalse\n", "true\nfalse\nfalse\n"]
    );
}

#[test]
fn a_once_runs_once_and_again_by_force_after_a_panic() {
    let found = proved(|| {
        let once = Arc::new(Once::new());
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let once = Arc::clone(&once);
                thread::spawn(move || once.call_once(|| println!("once")))
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        println!("{}", once.is_completed());
    });
    assert_eq!(outputs(&found), ["once\ntrue\n"]);
    let forced = proved(|| {
        let once = Once::new();
        let run = || once.call_once(|| panic::resume_unwind(Box::new(0)));
        assert!(panic::catch_unwind(panic::AssertUnwindSafe(run)).is_err());
        once.call_once_force(|state| println!("{state:?} {}", state.poisoned()));
        once.call_once_force(|_| println!("never"));
    });
    assert_eq!(outputs(&forced), ["Poisoned true\n"]);
}

#[test]
fn a_limit_is_waited_for_in_virtual_time() {
    let program = || {
        let (lock, begun) = (Mutex::new(()), explorer::model::time::Instant::now());
        let _guard = lock.lock();
        assert!(lock.try_lock_for(Duration::from_secs(3)).is_none());
        println!("{}", begun.elapsed().as_secs());
    };
    assert_eq!(outputs(&explore(&program, &Settings::default())), ["3\n"]);
}
