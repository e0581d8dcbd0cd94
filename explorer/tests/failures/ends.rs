//! How threads and programs end, with panics and without.
use super::{found, kinds};
use explorer::model::sync::atomic::Ordering::SeqCst;
use explorer::model::sync::mpsc;
use explorer::model::sync::{Arc, Mutex};
use explorer::model::{println, process, thread};
use explorer::{FailureKind, Happening, Schedule, Settings, Verdict, replay};

#[test]
fn threads_that_are_left_as_they_are_run_none_of_their_destructors() {
    static DROPPED: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    struct Counted(Option<thread::JoinHandle<()>>);
    impl Drop for Counted {
        fn drop(&mut self) {
            DROPPED.fetch_add(1, SeqCst);
            if let Some(thread) = self.0.take() {
                thread.join().unwrap();
            }
        }
    }
    explorer::model::thread_local! {
        static OWN: Counted = Counted(None);
    }
    let opposite = || {
        let both = Arc::new((Mutex::new(()), Mutex::new(())));
        let other = Arc::clone(&both);
        let _thread = Counted(Some(thread::spawn(move || {
            OWN.with(|_| ());
            let _one = other.1.lock();
            let _two = other.0.lock();
        })));
        let _one = both.0.lock();
        let _two = both.1.lock();
    };
    let found = found(
        move || process::run_main_with_destructors(opposite),
        &Settings::default(),
    );
    assert_eq!(kinds(&found), [FailureKind::Deadlock]);
    assert_eq!(found.verdict, Verdict::Proved);
    // In each execution that came through main's and the thread's own.
    let through = DROPPED.load(SeqCst);
    assert!(through > 0 && through.is_multiple_of(2), "{through}");
}

#[test]
fn a_thread_left_blocked_at_the_end_is_told() {
    let exploration = found(
        || {
            let (sender, receiver) = mpsc::channel::<u8>();
            std::mem::forget(sender);
            thread::spawn(move || receiver.recv());
            println!("done");
        },
        &Settings::default(),
    );
    assert_eq!(kinds(&exploration), [FailureKind::BlockedAtExit]);
    assert_eq!(exploration.outputs.unwrap().count().to_string(), "1");
}

/// Where the process can be ended before main has come to its end, by this file's lines; and whether main can do so.
fn ends(program: impl Fn() + Clone + 'static) -> (usize, bool) {
    let exploration = found(program.clone(), &Settings::default());
    for departure in &exploration.departures {
        assert!(departure.line.file.ends_with("ends.rs"));
        let schedule: Schedule = departure.schedule.parse().unwrap();
        let replayed = replay(&program, &Settings::default(), &schedule).unwrap();
        let ended = |one: &Happening| matches!(one, Happening::End { .. });
        assert!(replayed.happenings.iter().any(ended), "{departure:?}");
    }
    (exploration.departures.len(), exploration.completes)
}

#[test]
fn who_ends_the_process_before_main_has_come_to_its_end_is_known() {
    use explorer::model::process::{ExitCode, run_main};
    assert_eq!(ends(|| ()), (0, true));
    assert_eq!(ends(|| process::exit(0)), (1, false));
    assert_eq!(ends(|| process::abort()), (1, false));
    assert_eq!(ends(|| panic!("no")), (0, false));
    // Whether it comes first is open.
    let beside = || drop(thread::spawn(|| process::exit(1)));
    assert_eq!(ends(beside), (1, true));
    // Main's own code is its end; a main within main is none.
    let failing = || run_main(|| ExitCode::FAILURE);
    assert_eq!(ends(failing), (0, true));
    assert_eq!(ends(move || run_main(failing)), (1, false));
}

#[test]
fn a_panic_without_a_word_is_one_where_it_ends_main() {
    use explorer::model::panic::resume_unwind;
    let exploration = found(|| resume_unwind(Box::new(1)), &Settings::default());
    assert_eq!(kinds(&exploration), [FailureKind::Panic]);
}

#[test]
fn a_panic_that_is_caught_and_goes_on_is_told_where_it_began() {
    use explorer::model::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    let line = line!() + 4;
    let program = || {
        let thread = thread::spawn(|| {
            let caught = catch_unwind(AssertUnwindSafe(|| {
                panic!("on purpose");
            }));
            // One that stays caught is forgotten.
            catch_unwind(|| panic!("on purpose")).unwrap_err();
            resume_unwind(caught.unwrap_err());
        });
        println!("{}", thread.join().is_err());
    };
    let exploration = found(program, &Settings::default());
    assert_eq!(kinds(&exploration), [FailureKind::Panic]);
    let lines = &exploration.failures[0].lines;
    assert_eq!(lines.iter().map(|at| at.line).collect::<Vec<_>>(), [line]);
}

#[test]
fn an_execution_given_up_in_the_middle_of_a_panic_leaves_the_explorer_alive() {
    let program = || {
        let lock = Arc::new(Mutex::new(0));
        let threads: Vec<_> = (0..2)
            .map(|number| {
                let lock = Arc::clone(&lock);
                thread::spawn(move || {
                    let _guard = lock.lock();
                    panic!("on purpose, {number}");
                })
            })
            .collect();
        println!("{}", lock.try_lock().is_ok());
        drop(threads);
    };
    let witness = explorer::enumerate(&program, &Settings::default(), 100_000);
    let exploration = found(program, &Settings::default());
    let outcomes: std::collections::BTreeSet<_> =
        exploration.outputs.unwrap().list(99).into_iter().collect();
    assert_eq!(outcomes, witness.outcomes);
}
