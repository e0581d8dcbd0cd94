use crate::{LIMIT, eventually};
use exercises::primitive::time::{Duration, Instant, scaled};
use exercises::primitive::{process as low, thread};
use exercises::process::*;

const SHORT: Duration = Duration::from_millis(5);

fn sleeper() -> Process<'static> {
    let mut process = Process::new("sleeper", || thread::sleep(LIMIT * 10));
    process.start().unwrap();
    process
}

fn ended(mut process: Process<'_>) -> Option<i32> {
    process.start().unwrap();
    process.join().unwrap()
}

/// Whether the system still has an entry for the process (a zombie counts).
fn exists(pid: i32) -> bool {
    std::path::Path::new(&format!("/proc/{pid}")).exists()
}

#[test]
fn a_child_is_a_process_of_its_own() {
    let queue = Queue::unbounded().unwrap();
    let mut variable = 1;
    let mut child = Process::new("child", {
        let queue = queue.clone();
        move || {
            variable += 1;
            queue
                .put((
                    id(),
                    parent_id(),
                    current_name(),
                    thread::current_name(),
                    variable,
                ))
                .unwrap();
        }
    });
    assert_eq!(
        (child.pid(), child.is_alive(), child.exit_code()),
        (None, false, None)
    );
    child.start().unwrap();
    let (pid, parent, name, thread_name, seen) = queue.get().unwrap().unwrap();
    assert_eq!(
        (Some(pid), parent, &*name, &*thread_name, seen),
        (child.pid(), id(), "child", "main", 2)
    );
    assert_eq!(variable, 1, "the child changed its own copy");
    assert_ne!(pid, id());
    assert_eq!(child.join().unwrap(), Some(0));
    assert_eq!(current_name(), "main");
}

#[test]
fn exit_codes_are_counted_as_python_does() {
    assert_eq!(ended(Process::new("unit", || ())), Some(0));
    assert_eq!(ended(Process::new("code", || 7)), Some(7));
    assert_eq!(ended(Process::new("low bits", || 256 + 3)), Some(3));
    assert_eq!(ended(Process::new("ok", || Ok::<(), String>(()))), Some(0));
    assert_eq!(
        ended(Process::new("error", || Err::<(), _>("as it should be"))),
        Some(1)
    );
    assert_eq!(
        ended(Process::new("panic", || panic!("as it should be"))),
        Some(1)
    );
    assert_eq!(
        ended(Process::new("abort", || std::process::abort())),
        Some(-6)
    );
    let process = sleeper();
    process.terminate().unwrap();
    assert_eq!(process.join().unwrap(), Some(-15));
    let process = sleeper();
    process.kill().unwrap();
    assert_eq!(process.join().unwrap(), Some(-9));
    assert_eq!(process.exit_status(), Some(ExitStatus::Signal(9)));
    process.kill().unwrap();
    assert_eq!(
        process.join().unwrap(),
        Some(-9),
        "asked again, the same answer"
    );
}

#[test]
fn one_that_has_ended_is_not_alive_though_nobody_joined_it() {
    let mut process = Process::new("short", || ());
    process.start().unwrap();
    eventually("it has ended", || !process.is_alive());
    assert_eq!(process.exit_code(), Some(0));
}

#[test]
fn join_can_be_bounded() {
    let process = sleeper();
    let begin = Instant::now();
    assert!(!process.join_timeout(SHORT).unwrap());
    assert!(begin.elapsed() >= scaled(SHORT) && begin.elapsed() < LIMIT);
    assert!(process.is_alive() && process.exit_code().is_none());
    process.terminate().unwrap();
    assert!(process.join_timeout(LIMIT).unwrap());
    assert!(process.join_timeout(Duration::ZERO).unwrap());
}

#[test]
fn wrong_calls_are_errors() {
    let mut process = Process::new("p", || ());
    assert!(matches!(process.join(), Err(ProcessError::NotStarted(_))));
    assert!(matches!(
        process.terminate(),
        Err(ProcessError::NotStarted(_))
    ));
    process.start().unwrap();
    assert!(matches!(
        process.start(),
        Err(ProcessError::StartedAlready(_))
    ));
    process.join().unwrap();
    let ours = sleeper();
    let code = low::fork("stranger", || {
        i32::from(!matches!(ours.join(), Err(ProcessError::NotOurs(_))))
    })
    .unwrap();
    assert_eq!(code.wait().unwrap(), ExitStatus::Code(0));
    ours.kill().unwrap();
    ours.join().unwrap();
}

#[test]
fn default_names_count_all_processes() {
    let first = Process::new("named", || ());
    let second = Process::unnamed(|| ());
    let number: u64 = second
        .name()
        .strip_prefix("Process-")
        .unwrap()
        .parse()
        .unwrap();
    assert!(number >= 2 && first.name() == "named");
}

#[test]
fn nested_processes_know_their_parent() {
    let queue = Queue::unbounded().unwrap();
    let mut outer = Process::new("outer", {
        let queue = queue.clone();
        move || {
            let mut inner = Process::new("inner", {
                let queue = queue.clone();
                move || queue.put((id(), parent_id())).unwrap()
            });
            inner.start().unwrap();
            inner.join().unwrap();
        }
    });
    outer.start().unwrap();
    let (inner, parent) = queue.get().unwrap().unwrap();
    assert_eq!(Some(parent), outer.pid());
    assert_ne!(inner, parent);
    outer.join().unwrap();
}

#[test]
fn children_nobody_joins_leave_no_zombies() {
    let mut process = Process::new("forgotten", || ());
    process.start().unwrap();
    let pid = process.pid().unwrap();
    eventually("it has ended", || !process.is_alive());
    drop(process);
    assert!(!exists(pid), "reaped when the handle went");

    let mut process = Process::new("left behind", {
        let gate = Semaphore::new(0).unwrap();
        let inside = gate.clone();
        // Ends only after the handle is gone.
        gate.release();
        move || inside.acquire().unwrap()
    });
    process.start().unwrap();
    let pid = process.pid().unwrap();
    drop(process);
    eventually("reaped by a later start", || {
        ended(Process::new("another", || ()));
        !exists(pid)
    });
}

#[test]
fn a_daemon_ends_when_its_handle_goes() {
    let mut daemon = Process::new("daemon", || thread::sleep(LIMIT * 10)).daemon(true);
    daemon.start().unwrap();
    let pid = daemon.pid().unwrap();
    drop(daemon);
    assert!(!exists(pid));
}

#[test]
fn a_daemon_that_ignores_the_friendly_signal_is_killed() {
    let ready = Semaphore::new(0).unwrap();
    let mut daemon = Process::new("stubborn", {
        let ready = ready.clone();
        move || {
            // SAFETY: ignoring a signal runs no handler.
            unsafe {
                nix::sys::signal::signal(low::Signal::SIGTERM, nix::sys::signal::SigHandler::SigIgn)
            }
            .unwrap();
            ready.release();
            thread::sleep(LIMIT * 10);
        }
    })
    .daemon(true);
    daemon.start().unwrap();
    ready.acquire().unwrap();
    let pid = daemon.pid().unwrap();
    drop(daemon);
    assert!(!exists(pid));
}

/// Starts a process that starts a daemon, keeps its handle for ever, and ends in the way given.
fn daemon_of_a_parent_that(ends: fn()) {
    let queue = Queue::unbounded().unwrap();
    let mut parent = Process::new("parent", {
        let queue = queue.clone();
        move || {
            let mut daemon = Process::new("daemon", || thread::sleep(LIMIT * 10)).daemon(true);
            daemon.start().unwrap();
            queue.put(daemon.pid().unwrap()).unwrap();
            std::mem::forget(daemon);
            ends();
        }
    });
    parent.start().unwrap();
    let pid = queue.get().unwrap().unwrap();
    parent.join().unwrap();
    eventually("the daemon has ended", || !exists(pid));
}

#[test]
fn a_daemon_ends_with_its_parent() {
    daemon_of_a_parent_that(|| ());
}

#[test]
fn a_daemon_ends_with_a_parent_that_calls_exit() {
    daemon_of_a_parent_that(|| std::process::exit(3));
}

#[test]
fn a_daemon_ends_with_a_killed_parent() {
    daemon_of_a_parent_that(|| low::kill(id(), low::Signal::SIGKILL).unwrap());
}

#[test]
fn a_handler_of_the_parent_does_not_keep_a_child_from_being_terminated() {
    // As a program does that wants to clean up when it is interrupted.
    extern "C" fn ignore(_: i32) {}
    let mut parent = Process::new("with a handler", || {
        let handler = nix::sys::signal::SigHandler::Handler(ignore);
        // SAFETY: the handler does nothing.
        unsafe { nix::sys::signal::signal(low::Signal::SIGTERM, handler) }.unwrap();
        let child = sleeper();
        child.terminate().unwrap();
        child.join().unwrap().map_or(0, |code| -code)
    });
    parent.start().unwrap();
    assert_eq!(parent.join().unwrap(), Some(15));
}

#[test]
fn a_lock_excludes_processes() {
    let (lock, counter) = (Lock::new().unwrap(), Queue::<u64>::unbounded().unwrap());
    counter.put(0).unwrap();
    let mut children: Vec<_> = (0..4)
        .map(|i| {
            let (lock, counter) = (lock.clone(), counter.clone());
            Process::new(format!("p{i}"), move || {
                for _ in 0..100 {
                    let _held = lock.lock().unwrap();
                    // Between these two, the queue is empty: only the lock keeps the others from
                    // finding it so.
                    let value = counter.try_get().unwrap();
                    counter.put(value + 1).unwrap();
                }
            })
        })
        .collect();
    children.iter_mut().for_each(|child| child.start().unwrap());
    assert!(
        children
            .iter()
            .all(|child| child.join().unwrap() == Some(0))
    );
    assert_eq!(counter.try_get().unwrap(), 400);
}

#[test]
fn a_lock_has_time_outs_and_knows_its_holder() {
    let lock = Lock::new().unwrap();
    assert_eq!(lock.holder(), None);
    let held = lock.lock().unwrap();
    assert_eq!(lock.holder(), Some(id()));
    assert_eq!(lock.lock().unwrap_err(), LockError::HeldByThisThread);
    let mut child = Process::new("other", {
        let lock = lock.clone();
        move || {
            i32::from(
                lock.try_lock().unwrap().is_some() || lock.lock_timeout(SHORT).unwrap().is_some(),
            )
        }
    });
    child.start().unwrap();
    assert_eq!(child.join().unwrap(), Some(0));
    drop(held);
    assert!(lock.lock_timeout(SHORT).unwrap().is_some());
}

#[test]
fn a_semaphore_counts_over_processes() {
    let semaphore = Semaphore::new(1).unwrap();
    assert!(semaphore.try_acquire() && !semaphore.try_acquire());
    assert_eq!(semaphore.acquire_timeout(SHORT), Ok(false));
    let mut child = Process::new("releaser", {
        let semaphore = semaphore.clone();
        move || (0..3).for_each(|_| semaphore.release())
    });
    child.start().unwrap();
    for _ in 0..3 {
        semaphore.acquire().unwrap();
    }
    child.join().unwrap();
    assert_eq!(semaphore.permits(), 0);
    semaphore.release();
    drop(semaphore.permit().unwrap());
    assert_eq!(semaphore.permits(), 1);
}

#[test]
fn a_barrier_holds_processes_back_round_after_round() {
    const PARTIES: usize = 3;
    const ROUNDS: usize = 30;
    let (barrier, log) = (
        Barrier::new(PARTIES).unwrap(),
        Queue::<(usize, bool, bool)>::unbounded().unwrap(),
    );
    let mut children: Vec<_> = (0..PARTIES)
        .map(|i| {
            let (barrier, log) = (barrier.clone(), log.clone());
            Process::new(format!("p{i}"), move || {
                for round in 0..ROUNDS {
                    log.put((round, false, false)).unwrap();
                    let arrival = barrier.wait().unwrap();
                    log.put((round, true, arrival.is_leader())).unwrap();
                }
            })
        })
        .collect();
    children.iter_mut().for_each(|child| child.start().unwrap());
    assert!(
        children
            .iter()
            .all(|child| child.join().unwrap() == Some(0))
    );
    let mut arrived = [0; ROUNDS];
    let (mut passed, mut leaders) = (0, 0);
    for item in log.iter() {
        let (round, has_passed, leads) = item.unwrap();
        if has_passed {
            assert_eq!(arrived[round], PARTIES);
            passed += 1;
            leaders += usize::from(leads);
        } else {
            arrived[round] += 1;
        }
    }
    assert_eq!((passed, leaders), (PARTIES * ROUNDS, ROUNDS));
}

#[test]
fn a_barrier_of_processes_times_out_and_can_be_made_new() {
    let barrier = Barrier::new(2).unwrap();
    assert_eq!(barrier.wait_timeout(SHORT), Err(BarrierError::TimedOut));
    assert_eq!(barrier.wait(), Err(BarrierError::ByAnother));
    barrier.reset();
    let mut child = Process::new("waits", {
        let barrier = barrier.clone();
        move || i32::from(barrier.wait() != Err(BarrierError::ByAnother))
    });
    child.start().unwrap();
    eventually("it waits", || barrier.arrived() == 1);
    barrier.abort();
    assert_eq!(child.join().unwrap(), Some(0));
}

#[test]
fn join_before_drain_does_not_hang() {
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
fn a_pipe_ends_on_both_sides() {
    let (sender, receiver) = pipe::<u32>().unwrap();
    assert!(matches!(receiver.try_recv(), Err(TryGetError::Empty)));
    sender.send(1).unwrap();
    assert!(receiver.has_message());
    drop(sender);
    assert_eq!(
        (receiver.recv().unwrap(), receiver.recv().unwrap()),
        (Some(1), None)
    );

    let (sender, receiver) = pipe::<u32>().unwrap();
    let mut child = Process::new("receiver", move || receiver.recv().unwrap().unwrap() as i32);
    child.start().unwrap();
    sender.send(5).unwrap();
    assert_eq!(child.join().unwrap(), Some(5));
    assert!(matches!(sender.send(6), Err(PutError::NobodyTakes)));
}

#[test]
fn a_pool_keeps_the_order_of_the_inputs() {
    let inputs: Vec<u64> = (0..100).collect();
    let outputs = Pool::map(4, &inputs, |input| {
        // The first ones are the slowest.
        thread::sleep(Duration::from_micros(100 * (100 - input)));
        (input * input, id())
    })
    .unwrap();
    assert!(
        outputs
            .iter()
            .map(|output| output.0)
            .eq(inputs.iter().map(|input| input * input))
    );
    assert!(outputs.iter().all(|output| output.1 != id()));
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
    let panicked =
        Pool::map_chunked(2, 1, &[0, 1, 2, 3], |input| assert!(*input != 2, "two")).unwrap_err();
    assert!(
        matches!(&panicked, PoolError::Panicked { input: 2, message, .. } if message == "two"),
        "{panicked:?}"
    );
    let killed = Pool::map_chunked(2, 1, &[0, 1, 2, 3], |input| {
        if *input == 2 {
            low::kill(id(), low::Signal::SIGKILL).unwrap();
        }
    })
    .unwrap_err();
    assert!(
        matches!(killed, PoolError::Died { pid, status: ExitStatus::Signal(9) } if pid != id()),
        "{killed:?}"
    );
    let left = Pool::map(1, &[0], |_| std::process::exit(0))
        .map(|_: Vec<()>| ())
        .unwrap_err();
    assert!(
        matches!(
            left,
            PoolError::Died {
                status: ExitStatus::Code(0),
                ..
            }
        ),
        "{left:?}"
    );
}
