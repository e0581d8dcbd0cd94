//! Locks, barriers, channels and scopes, in their corners.
use super::{found, kinds};
use explorer::model::sync::mpsc;
use explorer::model::sync::{Arc, Barrier, Mutex, RwLock};
use explorer::model::{println, process, thread};
use explorer::{Ending, FailureKind, Settings};

#[test]
fn a_poisoned_mutex_is_poisoned_before_it_is_free() {
    let exploration = found(
        || {
            let lock = Arc::new(Mutex::new(0));
            let other = Arc::clone(&lock);
            let thread = thread::spawn(move || {
                let _guard = other.lock().unwrap();
                panic!("on purpose");
            });
            println!("poisoned {}", lock.lock().is_err());
            let _ = thread.join();
        },
        &Settings::default(),
    );
    let texts: Vec<_> = exploration
        .outputs
        .as_ref()
        .unwrap()
        .list(9)
        .into_iter()
        .map(|one| one.text)
        .collect();
    assert_eq!(texts, ["poisoned false\n", "poisoned true\n"]);
    assert_eq!(
        exploration.failures[0].message.as_deref(),
        Some("on purpose")
    );
}

#[test]
fn one_of_those_who_pass_a_barrier_leads() {
    let exploration = found(
        || {
            let barrier = Arc::new(Barrier::new(2));
            let other = Arc::clone(&barrier);
            let thread = thread::spawn(move || println!("thread {}", other.wait().is_leader()));
            let leads = barrier.wait().is_leader();
            thread.join().unwrap();
            println!("main {leads}");
        },
        &Settings::default(),
    );
    let texts: Vec<_> = exploration
        .outputs
        .unwrap()
        .list(9)
        .into_iter()
        .map(|one| one.text)
        .collect();
    assert_eq!(
        texts,
        ["thread false\nmain true\n", "thread true\nmain false\n"]
    );
}

#[test]
fn a_rendezvous_and_a_scope_work() {
    let exploration = found(
        || {
            let lock = RwLock::new(0);
            thread::scope(|scope| {
                let (sender, receiver) = mpsc::sync_channel(0);
                let lock = &lock;
                scope.spawn(move || {
                    for item in 0..2 {
                        sender.send(item).unwrap();
                    }
                });
                scope.spawn(move || {
                    for item in receiver {
                        *lock.write().unwrap() += item;
                        println!("{item}");
                    }
                });
            });
            println!("sum {}", lock.read().unwrap());
            process::exit(3);
        },
        &Settings::default(),
    );
    let outcomes = exploration.outputs.unwrap().list(9);
    assert_eq!(
        (
            outcomes.len(),
            outcomes[0].text.as_str(),
            outcomes[0].ending
        ),
        (1, "0\n1\nsum 1\n", Ending::Finished(3))
    );
    assert_eq!(exploration.failures, []);
}

#[test]
fn a_function_that_is_handed_to_std_waits_where_the_thread_was_last() {
    let program = || {
        let lock = Arc::new(Mutex::new(()));
        let held = lock.lock().unwrap();
        let other = Arc::clone(&lock);
        let thread = thread::spawn(move || drop(other.lock()));
        let ends = [thread].into_iter().map(thread::JoinHandle::join);
        assert_eq!(ends.count(), 1);
        drop(held);
    };
    let exploration = found(program, &Settings::default());
    assert_eq!(kinds(&exploration), [FailureKind::Deadlock]);
    for line in &exploration.failures[0].lines {
        assert!(line.file.ends_with("objects.rs"), "{line:?}");
    }
}
