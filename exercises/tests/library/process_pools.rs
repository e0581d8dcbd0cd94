//! Pools that last: who does what, what is lost when a worker dies, and what is left at the end.

use crate::{LIMIT, NOTICE, eventually, within};
use exercises::primitive::process::{Signal, kill};
use exercises::primitive::time::{Duration, Instant};
use exercises::primitive::{Arc, thread};
use exercises::process::{self, Pool, PoolError, Process, Semaphore, Workers};
use exercises::sync::Mutex;
use std::collections::BTreeSet;

fn is_there(pid: i32) -> bool {
    std::path::Path::new(&format!("/proc/{pid}")).exists()
}

fn close_and_join<I: Send + Sync + 'static, O: Send + 'static>(pool: Workers<I, O>) {
    within(LIMIT, move || {
        pool.close();
        pool.join().unwrap();
    });
}

#[test]
fn map_gives_the_outputs_in_the_order_of_the_inputs_from_no_more_pids_than_workers() {
    let _alone = crate::alone::alone();
    let pool = Pool::new(3, |input: &u64| (input * input, process::id())).unwrap();
    for size in [0, 1, 2, 3, 100, 5000] {
        let inputs: Vec<u64> = (0..size).collect();
        let (squares, pids): (Vec<u64>, BTreeSet<i32>) =
            pool.map(&inputs).unwrap().into_iter().unzip();
        assert_eq!(squares, inputs.iter().map(|x| x * x).collect::<Vec<_>>());
        assert!(pids.len() <= 3 && !pids.contains(&process::id()));
        assert!(pids.is_subset(&pool.pids().into_iter().collect()));
    }
    close_and_join(pool);
}

#[test]
fn a_worker_that_is_killed_loses_its_task_and_nothing_else_and_is_replaced() {
    let _alone = crate::alone::alone();
    let pool = Pool::new(2, |input: &u32| {
        if *input == 3 {
            kill(process::id(), Signal::SIGKILL).unwrap();
        }
        (*input, process::id())
    })
    .unwrap();
    let before = pool.pids();
    let results: Vec<_> = (0..20)
        .map(|input| pool.apply_async(input).unwrap())
        .collect();
    let mut died = 0;
    for (input, result) in (0..).zip(results) {
        match within(LIMIT, move || result.get()) {
            Ok((output, _)) => assert_eq!(output, input),
            Err(PoolError::Died { pid, status }) => {
                died = pid;
                assert_eq!((input, status.as_python()), (3, Some(-9)));
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert!(before.contains(&died));
    eventually("a new worker", || pool.pids().len() == 2);
    assert!(!pool.pids().contains(&died));
    assert_eq!(pool.apply(7).unwrap().0, 7);
    close_and_join(pool);
}

#[test]
fn a_map_that_loses_a_worker_says_which_and_the_pool_goes_on() {
    let _alone = crate::alone::alone();
    let pool = Pool::new(2, |input: &u32| {
        assert_ne!(*input, 5, "not this one");
        if *input == 50 {
            std::process::exit(4);
        }
        *input
    })
    .unwrap();
    let error = pool.map(&(40..60).collect::<Vec<_>>()).unwrap_err();
    assert!(
        matches!(error, PoolError::Died { status, .. } if status.as_python() == Some(4)),
        "{error}"
    );
    let error = pool.map(&(0..40).collect::<Vec<_>>()).unwrap_err();
    let PoolError::Panicked { input, message, .. } = error else {
        panic!("{error}")
    };
    assert_eq!(input, 5, "the index of the input");
    assert!(message.contains("not this one"), "{message}");
    assert_eq!(pool.map(&[1, 2, 3]).unwrap(), [1, 2, 3]);
    close_and_join(pool);
}

#[test]
fn a_task_behind_a_slow_one_goes_to_the_worker_that_takes_a_dead_ones_place() {
    let _alone = crate::alone::alone();
    let (begun, may_die) = (Semaphore::new(0).unwrap(), Semaphore::new(0).unwrap());
    let may_end = Semaphore::new(0).unwrap();
    let pool = Pool::new(2, {
        let (begun, may_die, may_end) = (begun.clone(), may_die.clone(), may_end.clone());
        move |what: &String| match &**what {
            "slow" => {
                begun.release();
                may_end.acquire().unwrap();
            }
            "deadly" => {
                begun.release();
                may_die.acquire().unwrap();
                kill(process::id(), Signal::SIGKILL).unwrap();
            }
            _ => {}
        }
    })
    .unwrap();
    let give = |what: &str| pool.apply_async(what.to_owned()).unwrap();
    let (slow, deadly) = (give("slow"), give("deadly"));
    (0..2).for_each(|_| begun.acquire().unwrap());
    // Both have something to do: it waits behind the first of them.
    let behind = give("quick");
    may_die.release();
    let deadly = within(LIMIT, move || deadly.get());
    assert!(matches!(deadly, Err(PoolError::Died { .. })), "{deadly:?}");
    within(LIMIT, move || behind.get()).unwrap();
    may_end.release();
    within(LIMIT, move || slow.get()).unwrap();
    close_and_join(pool);
}

#[test]
fn an_idle_worker_that_is_killed_is_replaced_within_a_second() {
    let _alone = crate::alone::alone();
    let pool = Pool::new(2, |input: &u32| *input).unwrap();
    let victim = pool.pids()[0];
    kill(victim, Signal::SIGKILL).unwrap();
    let begin = Instant::now();
    eventually("a new worker", || {
        let pids = pool.pids();
        pids.len() == 2 && !pids.contains(&victim)
    });
    assert!(begin.elapsed() < NOTICE);
    assert_eq!(pool.map(&[1, 2]).unwrap(), [1, 2]);
    close_and_join(pool);
}

#[test]
fn workers_killed_at_any_moment_cost_one_task_each_at_most() {
    let _alone = crate::alone::alone();
    for round in 0..6u32 {
        let pool = Pool::new(2, |input: &u32| *input).unwrap();
        let results: Vec<_> = (0..3000)
            .map(|input| pool.apply_async(input).unwrap())
            .collect();
        thread::sleep(Duration::from_micros(u64::from(round) * 700));
        for pid in pool.pids() {
            kill(pid, Signal::SIGKILL).unwrap();
        }
        let lost = within(LIMIT, move || {
            let outcomes = (0..)
                .zip(results)
                .map(|(input, result)| match result.get() {
                    Ok(output) => {
                        assert_eq!(output, input);
                        0
                    }
                    Err(PoolError::Died { .. }) => 1,
                    Err(error) => panic!("{error}"),
                });
            outcomes.sum::<u32>()
        });
        assert!(lost <= 2, "{lost} tasks lost");
        close_and_join(pool);
    }
}

#[test]
fn callbacks_come_once_for_each_task_one_at_a_time_in_the_parent_before_get() {
    let _alone = crate::alone::alone();
    let pool = Pool::new(3, |input: &u32| {
        assert_ne!(*input, 4, "four");
        *input
    })
    .unwrap();
    let seen = Arc::new(Mutex::new((Vec::new(), Vec::new(), BTreeSet::new())));
    let inside = Arc::new(Mutex::new(()));
    let results: Vec<_> = (0..10)
        .map(|input| {
            let (good, bad) = (seen.clone(), seen.clone());
            let inside = inside.clone();
            pool.apply_async_with(
                input,
                move |output| {
                    let _alone = inside.try_lock().expect("one at a time");
                    thread::yield_now();
                    let mut seen = good.lock();
                    seen.0.push(*output);
                    seen.2.insert((process::id(), thread::current_name()));
                },
                move |error| {
                    let PoolError::Panicked { message, .. } = error else {
                        panic!("{error}")
                    };
                    bad.lock().1.push(message.contains("four"));
                },
            )
            .unwrap()
        })
        .collect();
    for (input, result) in (0..).zip(results) {
        match result.get() {
            Ok(output) => {
                assert_eq!(output, input);
                assert!(seen.lock().0.contains(&input), "the callback came before");
            }
            Err(error) => assert!(input == 4 && matches!(error, PoolError::Panicked { .. })),
        }
    }
    close_and_join(pool);
    let (mut outputs, errors, places) = seen.lock().clone();
    outputs.sort();
    assert_eq!(outputs, [0, 1, 2, 3, 5, 6, 7, 8, 9]);
    assert_eq!(errors, [true]);
    assert_eq!(
        places.into_iter().collect::<Vec<_>>(),
        [(process::id(), "pool".to_owned())]
    );
}

#[test]
fn the_callback_of_a_map_comes_once_with_everything() {
    let _alone = crate::alone::alone();
    let pool = Pool::of_arguments(2, |a: &u32, b: &u32| a * b).unwrap();
    let calls = Arc::new(Mutex::new(Vec::new()));
    let (good, bad) = (calls.clone(), calls.clone());
    let inputs: Vec<(u32, u32)> = (0..50).map(|i| (i, 2)).collect();
    let later = pool
        .starmap_async_with(
            &inputs,
            move |outputs| good.lock().push(Some(outputs.clone())),
            move |_| bad.lock().push(None),
        )
        .unwrap();
    let outputs = later.get().unwrap();
    assert_eq!(outputs, (0..50).map(|i| 2 * i).collect::<Vec<_>>());
    assert_eq!(*calls.lock(), [Some(outputs)]);
    close_and_join(pool);
}

#[test]
fn a_callback_that_panics_or_waits_for_its_pool_does_no_harm() {
    let _alone = crate::alone::alone();
    let pool = Arc::new(Pool::new(1, |input: &u32| *input).unwrap());
    let first = pool.apply_async_with(1, |_| panic!("a test of a panic"), |_| ());
    assert_eq!(first.unwrap().get().unwrap(), 1);
    let (inner, answer) = (pool.clone(), Arc::new(Mutex::new(None)));
    let heard = answer.clone();
    let second = pool.apply_async_with(
        2,
        move |_| {
            inner.close();
            *heard.lock() = Some(matches!(inner.join(), Err(PoolError::InCallback)));
        },
        |_| (),
    );
    assert_eq!(second.unwrap().get().unwrap(), 2);
    assert_eq!(*answer.lock(), Some(true));
    within(LIMIT, move || pool.join().unwrap());
}

#[test]
fn imap_takes_inputs_as_results_are_needed_and_keeps_the_order() {
    let _alone = crate::alone::alone();
    let pool = Pool::new(2, |input: &u64| *input).unwrap();
    let drawn = Arc::new(Mutex::new(0));
    let count = drawn.clone();
    let mut results = pool.imap((0..).inspect(move |_| *count.lock() += 1));
    for expected in 0..20 {
        assert_eq!(results.next().unwrap().unwrap(), expected);
        assert!(*drawn.lock() <= expected + 1 + 8, "endless inputs are fine");
    }
    drop(results);
    let unordered: BTreeSet<u64> = pool.imap_unordered(0..100).map(Result::unwrap).collect();
    assert_eq!(unordered, (0..100).collect());
    close_and_join(pool);
}

#[test]
fn imap_unordered_gives_first_what_is_done_first() {
    let _alone = crate::alone::alone();
    let gate = Semaphore::new(0).unwrap();
    let pool = Pool::new(2, {
        let gate = gate.clone();
        move |input: &u32| {
            if *input == 0 {
                gate.acquire().unwrap();
            }
            *input
        }
    })
    .unwrap();
    // The first input is held up until all others are there: nobody waits behind it.
    let mut results = pool.imap_unordered(0..10).map(Result::unwrap);
    let mut early: Vec<u32> = results.by_ref().take(9).collect();
    early.sort();
    assert_eq!(early, (1..10).collect::<Vec<_>>());
    gate.release();
    assert_eq!(results.next(), Some(0));
    assert_eq!(results.next(), None);
    close_and_join(pool);
}

#[test]
fn nothing_waits_behind_a_long_task_while_somebody_is_free() {
    let _alone = crate::alone::alone();
    let gate = Semaphore::new(0).unwrap();
    let pool = Pool::new(2, {
        let gate = gate.clone();
        move |input: &u32| {
            if *input == 0 {
                gate.acquire().unwrap();
            }
            *input
        }
    })
    .unwrap();
    // Many short ones first, so that several are given at a time.
    pool.imap(1..2000)
        .for_each(|result| assert!(result.is_ok()));
    let held = pool.apply_async(0).unwrap();
    let others: Vec<_> = (1..100)
        .map(|input| pool.apply_async(input).unwrap())
        .collect();
    within(LIMIT, move || {
        others
            .into_iter()
            .for_each(|result| assert!(result.get().is_ok()));
    });
    assert!(!held.is_ready());
    gate.release();
    assert_eq!(held.get().unwrap(), 0);
    close_and_join(pool);
}

#[test]
fn a_closed_pool_finishes_what_it_was_given_and_takes_no_more() {
    let _alone = crate::alone::alone();
    let pool = Pool::new(2, |input: &u32| *input).unwrap();
    assert!(matches!(pool.join(), Err(PoolError::StillOpen)));
    let pids = pool.pids();
    let results: Vec<_> = (0..200)
        .map(|input| pool.apply_async(input).unwrap())
        .collect();
    pool.close();
    assert!(matches!(pool.apply(1), Err(PoolError::Closed)));
    assert!(matches!(pool.map(&[]), Err(PoolError::Closed)));
    pool.join().unwrap();
    assert!(
        results.iter().all(|result| result.is_ready()),
        "all was done"
    );
    assert!(pids.iter().all(|pid| !is_there(*pid)), "and nobody is left");
    pool.join().unwrap();
}

#[test]
fn a_terminated_or_dropped_pool_leaves_nobody_and_says_so_to_those_who_wait() {
    let _alone = crate::alone::alone();
    for drops in [false, true] {
        let gate = Semaphore::new(0).unwrap();
        let pool = Pool::new(2, {
            let gate = gate.clone();
            move |_: &u32| gate.acquire().is_ok()
        })
        .unwrap();
        let pids = pool.pids();
        let results: Vec<_> = (0..5)
            .map(|input| pool.apply_async(input).unwrap())
            .collect();
        within(LIMIT, move || {
            if !drops {
                pool.terminate();
                pool.join().unwrap();
            }
            drop(pool);
        });
        for result in results {
            assert!(matches!(result.get(), Err(PoolError::Terminated)));
        }
        assert!(pids.iter().all(|pid| !is_there(*pid)));
    }
}

#[test]
fn workers_do_not_outlive_a_parent_that_was_killed() {
    let _alone = crate::alone::alone();
    let (sender, receiver) = process::pipe::<Vec<i32>>().unwrap();
    let mut parent = Process::new("parent", move || {
        let pool = Pool::new(2, |input: &u32| *input).unwrap();
        sender.send(pool.pids()).unwrap();
        thread::sleep(LIMIT * 10);
    });
    parent.start().unwrap();
    let pids = receiver.recv().unwrap().unwrap();
    parent.kill().unwrap();
    parent.join().unwrap();
    eventually("the workers end", || pids.iter().all(|pid| !is_there(*pid)));
}

#[test]
fn a_pool_belongs_to_the_process_that_made_it() {
    let _alone = crate::alone::alone();
    let pool = Pool::new(1, |input: &u32| *input).unwrap();
    let mut child = Process::borrowing("child", || {
        let refused = matches!(pool.apply(1), Err(PoolError::NotOurs(_)));
        i32::from(!refused)
    });
    child.start().unwrap();
    assert_eq!(child.join().unwrap(), Some(0));
    drop(child);
    assert_eq!(pool.apply(1).unwrap(), 1);
    close_and_join(pool);
}

#[test]
fn more_workers_than_allowed_are_refused_and_outputs_that_cannot_travel_reported() {
    let _alone = crate::alone::alone();
    let refused = Pool::new(65, |_: &u32| ()).unwrap_err();
    assert!(matches!(refused, PoolError::TooMany(65)), "{refused}");
    let pool = Pool::new(1, |input: &u32| serde_json::json!({"input": input})).unwrap();
    let error = pool.apply(1).unwrap_err();
    assert!(matches!(error, PoolError::Output(_)), "{error}");
    close_and_join(pool);
}

#[test]
fn a_pool_keeps_the_order_of_the_inputs() {
    let _alone = crate::alone::alone();
    let inputs: Vec<u64> = (0..100).collect();
    let outputs = Pool::map(4, &inputs, |input| {
        // The first ones are the slowest.
        thread::sleep(Duration::from_micros(100 * (100 - input)));
        (input * input, process::id())
    })
    .unwrap();
    assert!(
        outputs
            .iter()
            .map(|output| output.0)
            .eq(inputs.iter().map(|input| input * input))
    );
    assert!(outputs.iter().all(|output| output.1 != process::id()));
    assert!(Pool::map(4, &[], |input: &u8| *input).unwrap().is_empty());
    assert_eq!(Pool::map(0, &[1], |input| input + 1).unwrap(), [2]);
    assert_eq!(
        (
            Pool::chunk_size(2, 10),
            Pool::chunk_size(2, 0),
            Pool::chunk_size(0, 9)
        ),
        (2, 1, 3)
    );
}

#[test]
fn a_pool_names_the_worker_that_failed() {
    let _alone = crate::alone::alone();
    let panicked =
        Pool::map_chunked(2, 1, &[0, 1, 2, 3], |input| assert!(*input != 2, "two")).unwrap_err();
    assert!(
        matches!(&panicked, PoolError::Panicked { input: 2, message, .. } if message == "two"),
        "{panicked:?}"
    );
    let killed = Pool::map_chunked(2, 1, &[0, 1, 2, 3], |input| {
        if *input == 2 {
            kill(process::id(), Signal::SIGKILL).unwrap();
        }
    })
    .unwrap_err();
    assert!(
        matches!(killed, PoolError::Died { pid, status: process::ExitStatus::Signal(9) } if pid != process::id()),
        "{killed:?}"
    );
    let left = Pool::map(1, &[0], |_| std::process::exit(0))
        .map(|_: Vec<()>| ())
        .unwrap_err();
    assert!(
        matches!(
            left,
            PoolError::Died {
                status: process::ExitStatus::Code(0),
                ..
            }
        ),
        "{left:?}"
    );
}
