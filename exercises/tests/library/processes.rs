use crate::{LIMIT, eventually};
use exercises::primitive::supervise::Supervised;
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
    let _alone = crate::alone::alone();
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
    let _alone = crate::alone::alone();
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
    let _alone = crate::alone::alone();
    let mut process = Process::new("short", || ());
    process.start().unwrap();
    eventually("it has ended", || !process.is_alive());
    assert_eq!(process.exit_code(), Some(0));
}

#[test]
fn join_can_be_bounded() {
    let _alone = crate::alone::alone();
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
    let _alone = crate::alone::alone();
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
    let _alone = crate::alone::alone();
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
    let _alone = crate::alone::alone();
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
    let _alone = crate::alone::alone();
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
    let _alone = crate::alone::alone();
    let mut daemon = Process::new("daemon", || thread::sleep(LIMIT * 10)).daemon(true);
    daemon.start().unwrap();
    let pid = daemon.pid().unwrap();
    drop(daemon);
    assert!(!exists(pid));
}

#[test]
fn a_daemon_that_ignores_the_friendly_signal_is_killed() {
    let _alone = crate::alone::alone();
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
    let _alone = crate::alone::alone();
    daemon_of_a_parent_that(|| ());
}

#[test]
fn a_daemon_ends_with_a_parent_that_calls_exit() {
    let _alone = crate::alone::alone();
    daemon_of_a_parent_that(|| std::process::exit(3));
}

#[test]
fn a_daemon_ends_with_a_killed_parent() {
    let _alone = crate::alone::alone();
    daemon_of_a_parent_that(|| low::kill(id(), low::Signal::SIGKILL).unwrap());
}

#[test]
fn a_handler_of_the_parent_does_not_keep_a_child_from_being_terminated() {
    let _alone = crate::alone::alone();
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

/// A process of its own has the limit: it holds for all threads.
#[test]
fn a_child_that_cannot_be_watched_is_ended_and_reaped_before_the_caller_is_told() {
    let _alone = crate::alone::alone();
    let starved = low::fork("starved", || {
        let none = libc::rlimit {
            rlim_cur: 0,
            rlim_max: 0,
        };
        // SAFETY: the limit is valid for the call.
        assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &none) }, 0);
        let unwatched = low::fork("unwatched", || {
            thread::sleep(LIMIT);
            0
        });
        let error = unwatched.expect_err("there is no descriptor for it");
        assert_eq!(error.raw_os_error(), Some(libc::EMFILE), "{error}");
        // SAFETY: the status is not asked for.
        let left = unsafe { libc::waitpid(-1, std::ptr::null_mut(), libc::WNOHANG) };
        assert_eq!(
            (left, nix::errno::Errno::last()),
            (-1, nix::errno::Errno::ECHILD)
        );
        0
    });
    assert_eq!(starved.unwrap().wait().unwrap(), low::ExitStatus::Code(0));
}

#[test]
fn an_interrupt_of_a_watcher_leaves_the_error_number_of_what_it_interrupts() {
    use nix::errno::Errno;
    let _alone = crate::alone::alone();
    let watcher = low::fork("watcher", || {
        let watched = Supervised::start(|| Ok(Vec::new())).unwrap();
        // Behind its back, so that there is no group any more and the signal handler fails.
        // SAFETY: the status is not asked for.
        assert!(unsafe { libc::waitpid(-1, std::ptr::null_mut(), 0) } > 0);
        Errno::E2BIG.set();
        // SAFETY: the handler is the library's, which may be called at any moment.
        let raised = unsafe { libc::raise(libc::SIGINT) };
        assert_eq!((raised, Errno::last()), (0, Errno::E2BIG));
        assert_eq!(watched.interrupted(), Some(libc::SIGINT));
        0
    });
    assert_eq!(watcher.unwrap().wait().unwrap(), low::ExitStatus::Code(0));
}
