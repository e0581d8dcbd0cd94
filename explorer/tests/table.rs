//! The table the engine was specified with: executions and exact numbers of outputs.
use explorer::model::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use explorer::model::sync::{Arc, Condvar, Mutex};
use explorer::model::{println, thread};
use explorer::{Exploration, FailureKind, Settings, Verdict, explore, sample};
use std::collections::VecDeque;
use std::time::Duration;

fn outputs(exploration: &Exploration) -> String {
    exploration.outputs.as_ref().unwrap().count().to_string()
}

fn proved(program: impl Fn() + Clone + 'static) -> Exploration {
    let exploration = explore(&program, &Settings::default());
    assert_eq!(exploration.verdict, Verdict::Proved);
    exploration
}

fn three_threads_print_two_lines(joined: bool) {
    let threads: Vec<_> = ["a", "b", "c"]
        .into_iter()
        .map(|name| {
            thread::spawn(move || {
                println!("{name}1");
                println!("{name}2");
            })
        })
        .collect();
    if joined {
        for thread in threads {
            thread.join().unwrap();
        }
    }
    println!("main");
}

#[test]
fn threads_that_are_not_joined_are_cut_off_by_the_end_of_main() {
    let exploration = proved(|| three_threads_print_two_lines(false));
    assert_eq!(
        (exploration.classes, outputs(&exploration).as_str()),
        (1, "1570")
    );
    assert_eq!(exploration.executions, 1);
}

#[test]
fn threads_that_are_joined_print_everything() {
    let exploration = proved(|| three_threads_print_two_lines(true));
    assert_eq!(
        (exploration.executions, outputs(&exploration).as_str()),
        (1, "90")
    );
}

fn lost_update() {
    let total = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let total = Arc::clone(&total);
            thread::spawn(move || {
                for _ in 0..2 {
                    let before = total.load(SeqCst);
                    total.store(before + 1, SeqCst);
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    println!("{}", total.load(SeqCst));
}

#[test]
fn a_lost_update_has_three_totals() {
    let plain = explore(
        &lost_update,
        &Settings {
            symmetry: false,
            ..Settings::default()
        },
    );
    assert_eq!(
        (plain.classes, plain.executions, outputs(&plain).as_str()),
        (34, 34, "3")
    );
    let symmetric = explore(&lost_update, &Settings::default());
    assert_eq!(
        (
            symmetric.classes,
            symmetric.executions,
            outputs(&symmetric).as_str()
        ),
        (25, 25, "3")
    );
    for exploration in [plain, symmetric] {
        let totals: Vec<_> = exploration
            .outputs
            .unwrap()
            .list(10)
            .into_iter()
            .map(|outcome| outcome.text)
            .collect();
        assert_eq!(totals, ["2\n", "3\n", "4\n"]);
        assert!(
            exploration
                .failures
                .iter()
                .any(|failure| failure.kind == FailureKind::LostUpdate)
        );
    }
}

#[test]
fn two_locks_in_opposite_order_are_a_deadlock_in_one_class_of_three() {
    let exploration = proved(|| {
        let (one, other) = (Arc::new(Mutex::new(())), Arc::new(Mutex::new(())));
        let (one2, other2) = (Arc::clone(&one), Arc::clone(&other));
        let first = thread::spawn(move || {
            let _one = one.lock().unwrap();
            let _other = other.lock().unwrap();
        });
        let second = thread::spawn(move || {
            let _other = other2.lock().unwrap();
            let _one = one2.lock().unwrap();
        });
        first.join().unwrap();
        second.join().unwrap();
    });
    assert_eq!(
        (exploration.executions, outputs(&exploration).as_str()),
        (3, "2")
    );
    let deadlock = &exploration.failures[0];
    assert_eq!(
        (exploration.failures.len(), deadlock.kind),
        (1, FailureKind::Deadlock)
    );
    let cycle: Vec<_> = deadlock.waiting[..2]
        .iter()
        .map(|one| (one.thread, one.whom))
        .collect();
    assert_eq!(cycle, [(1, Some(2)), (2, Some(1))]);
}

#[test]
fn prints_inside_one_mutex_are_as_many_classes_as_orders() {
    let exploration = proved(|| {
        let lock = Arc::new(Mutex::new(()));
        let threads: Vec<_> = ["a", "b"]
            .into_iter()
            .map(|name| {
                let lock = Arc::clone(&lock);
                thread::spawn(move || {
                    for number in 0..3 {
                        let _guard = lock.lock().unwrap();
                        println!("{name}{number}");
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
    });
    assert_eq!(
        (exploration.executions, outputs(&exploration).as_str()),
        (20, "20")
    );
}

#[test]
fn sleeping_orders_nothing() {
    let exploration = proved(|| {
        let threads: Vec<_> = [30, 20, 10]
            .into_iter()
            .map(|pause| {
                thread::spawn(move || {
                    thread::sleep(Duration::from_millis(pause));
                    println!("{pause}");
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
    });
    assert_eq!(
        (exploration.executions, outputs(&exploration).as_str()),
        (1, "6")
    );
}

fn philosophers(count: usize) {
    let forks: Vec<_> = (0..count).map(|_| Arc::new(Mutex::new(()))).collect();
    let threads: Vec<_> = (0..count)
        .map(|seat| {
            let (left, right) = (
                Arc::clone(&forks[seat]),
                Arc::clone(&forks[(seat + 1) % count]),
            );
            thread::spawn(move || {
                let _left = left.lock().unwrap();
                let _right = right.lock().unwrap();
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn philosophers_have_two_to_the_n_less_one_classes() {
    for (count, classes) in [(3, 7), (4, 15), (5, 31), (6, 63)] {
        let exploration = proved(move || philosophers(count));
        assert_eq!(exploration.classes, classes, "{count} philosophers");
        assert_eq!(outputs(&exploration), "2");
    }
}

#[test]
fn ten_identical_silent_threads_and_one_lock_are_one_class() {
    let exploration = proved(|| {
        let lock = Arc::new(Mutex::new(()));
        let threads: Vec<_> = (0..10)
            .map(|_| {
                let lock = Arc::clone(&lock);
                thread::spawn(move || drop(lock.lock().unwrap()))
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
    });
    assert_eq!((exploration.classes, exploration.executions), (1, 1));
}

#[test]
fn twenty_five_prints_are_counted_from_one_execution() {
    let exploration = proved(|| {
        let threads: Vec<_> = (0..5)
            .map(|thread| {
                thread::spawn(move || {
                    for line in 0..5 {
                        println!("{thread}.{line}");
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
    });
    assert_eq!(
        (exploration.executions, outputs(&exploration).as_str()),
        (1, "623360743125120")
    );
}

fn one_slot_buffer(items: usize) {
    let buffer = Arc::new((Mutex::new(VecDeque::new()), Condvar::new(), Condvar::new()));
    let producers: Vec<_> = (0..2)
        .map(|producer| {
            let buffer = Arc::clone(&buffer);
            thread::spawn(move || {
                for item in 0..items {
                    let (queue, not_full, not_empty) = &*buffer;
                    let mut queue = queue.lock().unwrap();
                    while queue.len() == 1 {
                        queue = not_full.wait(queue).unwrap();
                    }
                    queue.push_back((producer, item));
                    not_empty.notify_one();
                }
            })
        })
        .collect();
    for _ in 0..2 * items {
        let (queue, not_full, not_empty) = &*buffer;
        let mut queue = queue.lock().unwrap();
        while queue.is_empty() {
            queue = not_empty.wait(queue).unwrap();
        }
        let (producer, item) = queue.pop_front().unwrap();
        println!("{producer}.{item}");
        not_full.notify_one();
    }
    for producer in producers {
        producer.join().unwrap();
    }
}

#[test]
fn two_producers_and_a_one_slot_buffer() {
    for items in [1, 2] {
        let exploration = proved(move || one_slot_buffer(items));
        std::println!(
            "{items} items: {} classes, {} executions, {:?}",
            exploration.classes,
            exploration.executions,
            exploration.elapsed
        );
        assert_eq!(outputs(&exploration), if items == 1 { "2" } else { "6" });
        assert_eq!(exploration.failures, []);
    }
}

#[test]
fn random_schedules_find_nothing_that_every_class_does_not_and_prove_nothing() {
    let all = proved(|| one_slot_buffer(1));
    let some = sample(&|| one_slot_buffer(1), &Settings::default(), 200, 7);
    assert_eq!(some.verdict, Verdict::Sampled { executions: 200 });
    let (all, some) = (
        all.outputs.unwrap().list(99),
        some.outputs.unwrap().list(99),
    );
    assert_eq!(all, some, "200 schedules are enough for two outputs");
    let totals = sample(&lost_update, &Settings::default(), 2_000, 7);
    assert_eq!(outputs(&totals), "3");
    assert!(
        totals
            .failures
            .iter()
            .any(|failure| failure.kind == FailureKind::LostUpdate)
    );
}
