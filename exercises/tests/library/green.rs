//! Green tasks: turns, time-outs, and the watchdog.

use crate::LIMIT;
use exercises::green::{self, TaskError, Watchdog, net};
use exercises::primitive::thread;
use exercises::primitive::time::{Duration, Instant};
use exercises::primitive::{Arc, black_box};
use exercises::sync::{Event, Mutex};
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

#[test]
fn tasks_take_turns_on_one_thread_in_the_order_of_spawning() {
    let _alone = crate::alone::alone();
    let said = Rc::new(RefCell::new(Vec::new()));
    let here = thread::current_id();
    green::run(async {
        let tasks = ["a", "b", "c"].map(|name| {
            let said = said.clone();
            green::spawn(name, async move {
                for round in 0..3 {
                    assert_eq!(thread::current_id(), here);
                    said.borrow_mut().push(format!("{name}{round}"));
                    green::yield_now().await;
                }
            })
        });
        assert!(said.borrow().is_empty(), "a task begins when we give way");
        assert!(green::join_all(tasks).await.iter().all(Result::is_ok));
    })
    .unwrap();
    assert_eq!(
        *said.borrow(),
        ["a0", "b0", "c0", "a1", "b1", "c1", "a2", "b2", "c2"]
    );
}

#[test]
fn many_tasks_begin_in_the_order_of_spawning_too() {
    let _alone = crate::alone::alone();
    let begun = Rc::new(RefCell::new(Vec::new()));
    green::run(async {
        let tasks: Vec<_> = (0..500)
            .map(|number| {
                let begun = begun.clone();
                green::spawn(format!("{number}"), async move {
                    begun.borrow_mut().push(number);
                    green::sleep(Duration::ZERO).await;
                    begun.borrow_mut().push(1000 + number);
                })
            })
            .collect();
        green::join_all(tasks).await;
    })
    .unwrap();
    let expected: Vec<_> = (0..500).chain(1000..1500).collect();
    assert_eq!(*begun.borrow(), expected);
}

#[test]
fn sleeps_of_tasks_pass_together() {
    let _alone = crate::alone::alone();
    let begin = Instant::now();
    green::run(async {
        let tasks: Vec<_> = (0..50)
            .map(|i| green::spawn(format!("{i}"), green::sleep(Duration::from_millis(100))))
            .collect();
        green::join_all(tasks).await;
    })
    .unwrap();
    let elapsed = begin.elapsed();
    assert!(elapsed >= Duration::from_millis(100));
    assert!(
        elapsed < Duration::from_millis(100) * 50,
        "one after another: {elapsed:?}"
    );
}

#[test]
fn a_panic_or_a_cancel_ends_one_task_only() {
    let _alone = crate::alone::alone();
    green::run(async {
        let unlucky = green::spawn("unlucky", async { panic!("thirteen") });
        let endless = green::spawn("endless", std::future::pending::<()>());
        let fine = green::spawn("fine", async { 1 });
        let error = unlucky.await.unwrap_err();
        assert_eq!(error.to_string(), "task `unlucky` panicked: thirteen");
        assert!(!endless.is_finished());
        endless.cancel();
        let task = "endless".to_owned();
        assert_eq!(endless.await, Err(TaskError::Cancelled { task }));
        assert_eq!(fine.await, Ok(1));
    })
    .unwrap();
}

#[test]
fn a_second_loop_in_the_same_thread_is_refused() {
    let _alone = crate::alone::alone();
    let inner = green::run(async { green::run(async {}) }).unwrap();
    assert!(inner.is_err());
    assert!(
        green::run(async { 1 }).is_ok(),
        "and the first one still ends well"
    );
}

#[test]
fn what_is_not_ready_in_time_is_cancelled_and_the_rest_keep_their_places() {
    let _alone = crate::alone::alone();
    struct Noted(Rc<RefCell<u32>>);
    impl Drop for Noted {
        fn drop(&mut self) {
            *self.0.borrow_mut() += 1;
        }
    }
    let dropped = Rc::new(RefCell::new(0));
    let noted = Noted(dropped.clone());
    let results = green::run(async {
        let tasks = vec![
            green::spawn("late", async move {
                let _noted = noted;
                std::future::pending::<u32>().await
            }),
            green::spawn("early", async { 2 }),
        ];
        let results = green::join_all_timeout(tasks, Duration::from_millis(30)).await;
        green::yield_now().await;
        assert_eq!(*dropped.borrow(), 1, "the late task is gone");
        results
    })
    .unwrap();
    assert_eq!(results, [None, Some(Ok(2))]);
}

#[test]
fn the_watchdog_names_the_task_that_blocks_while_it_blocks() {
    let _alone = crate::alone::alone();
    let noticed = Arc::new(Event::new());
    let heard = Arc::new(Mutex::new(Vec::new()));
    let stalls = green::run(async {
        let watchdog = Watchdog::start(Duration::from_millis(5), {
            let (noticed, heard) = (noticed.clone(), heard.clone());
            move |stall| {
                if stall.task == "blocker" {
                    heard.lock().push(stall.clone());
                    noticed.set();
                }
            }
        })
        .unwrap();
        let gives_way = green::spawn("polite", green::sleep(Duration::from_millis(30)));
        let blocks = green::spawn("blocker", {
            let noticed = noticed.clone();
            // Blocks until it is found out.
            async move { assert!(noticed.wait_timeout(LIMIT)) }
        });
        green::join_all([gives_way, blocks]).await;
        watchdog.stop()
    })
    .unwrap();
    let heard = heard.lock();
    assert!(heard[0].lasted >= Duration::from_millis(5), "{heard:?}");
    assert!(heard[0].to_string().contains("`blocker`"));
    assert_eq!(
        stalls
            .iter()
            .filter(|stall| stall.task == "blocker")
            .count(),
        1,
        "each turn once: {stalls:?}"
    );
}

/// Another thread does this as soon as the calling one has gone to sleep in the kernel.
fn once_i_block(action: impl FnOnce() + Send + 'static) -> std::thread::JoinHandle<()> {
    let path = format!("/proc/self/task/{}/status", thread::current_tid());
    let times = move || {
        let status = std::fs::read_to_string(&path).unwrap();
        let line = status.lines().find(|line| line.starts_with("voluntary"));
        let times = line.unwrap().split_whitespace().nth(1).unwrap();
        times.parse::<u64>().unwrap()
    };
    let before = thread::times_blocked();
    std::thread::spawn(move || {
        while times() <= before {
            std::thread::yield_now();
        }
        action();
    })
}

/// The tasks that are told when these have each had a turn.
fn told<F: Future<Output = ()> + 'static>(tasks: Vec<(&'static str, F)>) -> Vec<String> {
    let ((), blocked) = green::run_watched(async {
        for (name, task) in tasks {
            green::spawn(name, task).await.unwrap();
        }
    })
    .unwrap();
    blocked.into_iter().map(|blocked| blocked.task).collect()
}

type Call = std::pin::Pin<Box<dyn Future<Output = ()>>>;

#[test]
fn whatever_blocks_the_thread_is_told_by_the_name_of_its_task() {
    use std::io::{Read, Write};
    let _alone = crate::alone::alone();
    // Somebody holds the lock until he is told to let go.
    let lock = Arc::new(std::sync::Mutex::new(()));
    let (taken, (let_go, told_to)) = (Arc::new(Event::new()), std::sync::mpsc::channel::<()>());
    let holder = std::thread::spawn({
        let (lock, taken) = (lock.clone(), taken.clone());
        move || {
            let _held = lock.lock().unwrap();
            taken.set();
            told_to.recv().unwrap();
        }
    });
    taken.wait();
    let tasks: Vec<(&str, Call)> = vec![
        (
            "sleep",
            Box::pin(async { std::thread::sleep(Duration::from_millis(1)) }),
        ),
        (
            "lock",
            Box::pin(async move {
                once_i_block(move || let_go.send(()).unwrap());
                drop(lock.lock());
            }),
        ),
        (
            "message",
            Box::pin(async {
                let (sender, messages) = std::sync::mpsc::channel();
                once_i_block(move || sender.send(()).unwrap());
                messages.recv().unwrap();
            }),
        ),
        (
            "join",
            Box::pin(async { once_i_block(|| ()).join().unwrap() }),
        ),
        (
            "pipe",
            Box::pin(async {
                let (mut reader, mut writer) = std::io::pipe().unwrap();
                once_i_block(move || writer.write_all(b"!").unwrap());
                reader.read_exact(&mut [0]).unwrap();
            }),
        ),
    ];
    assert_eq!(told(tasks), ["join", "lock", "message", "pipe", "sleep"]);
    holder.join().unwrap();
}

#[test]
fn who_gives_way_or_computes_is_not_told_to_have_blocked() {
    let _alone = crate::alone::alone();
    let polite = || {
        let tasks: Vec<(&str, Call)> = vec![
            ("sleep", Box::pin(green::sleep(Duration::from_millis(2)))),
            (
                "network",
                Box::pin(async {
                    let door = net::Listener::bind().unwrap();
                    let (one, other) = (net::Connection::open(door.port()), door.accept());
                    let (mut one, mut other) = (one.await.unwrap(), other.await.unwrap());
                    one.send("hello").await.unwrap();
                    assert_eq!(other.receive().await.unwrap().unwrap(), "hello");
                }),
            ),
            (
                "computes",
                Box::pin(async { _ = black_box((0..3_000_000_u64).fold(0, |a, b| a ^ b)) }),
            ),
            (
                "not contended",
                Box::pin(async { drop(black_box(std::sync::Mutex::new(())).lock()) }),
            ),
        ];
        told(tasks)
    };
    // The system may have had to wait for memory once; it is not always the same task then.
    let always = (0..5).map(|_| polite()).reduce(|mut all, again| {
        all.retain(|task| again.contains(task));
        all
    });
    assert_eq!(always.unwrap(), Vec::<String>::new());
}

#[test]
fn a_turn_that_goes_on_is_reported_again() {
    let _alone = crate::alone::alone();
    let longer = Arc::new(Event::new());
    let stalls = green::run(async {
        let first = Mutex::new(None);
        let watchdog = Watchdog::start(Duration::from_millis(2), {
            let longer = longer.clone();
            move |stall| {
                let mut first = first.lock();
                if stall.task == "main" {
                    match first.replace(stall.lasted) {
                        Some(before) if stall.lasted >= 2 * before => longer.set(),
                        // The first, or another turn.
                        _ => {}
                    }
                }
            }
        })
        .unwrap();
        green::yield_now().await;
        assert!(longer.wait_timeout(LIMIT));
        watchdog.stop()
    })
    .unwrap();
    assert!(
        stalls.iter().any(|stall| stall.task == "main"),
        "{stalls:?}"
    );
}

#[test]
fn the_watchdog_ends_at_once_and_needs_tasks_to_watch() {
    let _alone = crate::alone::alone();
    assert!(Watchdog::start(LIMIT, |_| ()).is_err());
    let begin = Instant::now();
    let stalls = green::run(async { Watchdog::start(LIMIT, |_| ()).map(Watchdog::stop) });
    assert_eq!(stalls.unwrap().unwrap(), []);
    assert!(begin.elapsed() < LIMIT);
}

#[test]
fn a_line_is_bounded_and_the_end_of_a_connection_is_seen() {
    let _alone = crate::alone::alone();
    green::run(async {
        let listener = net::Listener::bind().unwrap();
        let mut client = net::Connection::open(listener.port()).await.unwrap();
        let mut server = listener.accept().await.unwrap();
        assert!(client.send("two\nlines").await.is_err());
        client.send("").await.unwrap();
        assert_eq!(server.receive().await.unwrap().as_deref(), Some(""));
        let flood = green::spawn("flood", async move {
            let _ = client.send(&"x".repeat(net::LONGEST_LINE as usize)).await;
        });
        let error = server.receive().await.unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
        flood.cancel();
        let _ = flood.await;
        let client = net::Connection::open(listener.port()).await.unwrap();
        let mut server = listener.accept().await.unwrap();
        drop(client);
        assert_eq!(server.receive().await.unwrap(), None);
    })
    .unwrap();
}
