//! `if` where `while` is needed, which only a spurious wake-up shows.
mod common;

use common::{compared, done, explored, job, source, text, try_explored};
use explorer::job::{Done, Job, Question, Spurious, Untried};
use explorer::{FailureKind, Happening, Outcome, Relation, Verdict};
use std::time::Duration;

/// All were tried, and nothing came of it.
const HARMLESS: Spurious = Spurious {
    untried: None,
    woken: None,
};

fn replayed(name: &str, schedule: &str) -> (Vec<Happening>, Vec<FailureKind>) {
    let again = Job {
        question: Question::Replay(schedule.to_owned()),
        ..job()
    };
    match done(&[&source(name)], again).unwrap() {
        Done::Replayed {
            happenings,
            failures,
            ..
        } => (happenings, failures.iter().map(|one| one.kind).collect()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_if_around_a_wait_is_told_with_what_it_prints_and_a_schedule_that_shows_it() {
    let found = explored(&source("disturbed/if"));
    // What was proved stays proved: it rests on nobody waking so.
    assert_eq!((found.verdict, found.failures.len()), (Verdict::Proved, 0));
    assert_eq!(found.outputs.as_deref(), Some("1"));
    let spurious = found.spurious.unwrap();
    assert_eq!(spurious.untried, None);
    let woken = spurious.woken.unwrap();
    let lines: Vec<u32> = woken.waits.iter().map(|at| at.line).collect();
    assert_eq!(lines, [10]);
    let Some(Outcome { text, .. }) = woken.output else {
        panic!("an output was expected");
    };
    assert_eq!(text, "ready: false\n");
    let (happenings, _) = replayed("disturbed/if", &woken.schedule.unwrap());
    let printed =
        |one: &Happening| matches!(one, Happening::Print { text, .. } if text == "ready: false\n");
    assert!(happenings.iter().any(printed), "{happenings:?}");
}

#[test]
fn an_if_that_makes_a_thread_panic_is_told_with_the_panic() {
    let found = explored(&source("disturbed/empty"));
    assert_eq!((found.verdict, found.failures.len()), (Verdict::Proved, 0));
    let woken = found.spurious.unwrap().woken.unwrap();
    let lines: Vec<u32> = woken.waits.iter().map(|at| at.line).collect();
    assert_eq!(lines, [11]);
    let panic = &woken.failures[0];
    assert_eq!((panic.kind, panic.lines[0].line), (FailureKind::Panic, 13));
    let (_, failures) = replayed("disturbed/empty", &panic.schedule);
    assert!(failures.contains(&FailureKind::Panic), "{failures:?}");
}

#[test]
fn whoever_asks_again_is_left_alone() {
    for name in ["disturbed/while", "disturbed/wait_while"] {
        let found = explored(&source(name));
        assert_eq!(found.spurious, Some(HARMLESS), "{name}");
    }
}

#[test]
fn a_wait_of_parking_lot_ends_by_a_notification_alone_as_its_documentation_promises() {
    let found = explored(&source("disturbed/parking_lot"));
    assert_eq!((found.verdict, found.spurious), (Verdict::Proved, None));
}

#[test]
fn only_programs_that_wait_for_conditions_and_go_well_are_tried_again() {
    for name in ["table/joined", "bugs/if_for_while", "bugs/lost_wakeup"] {
        assert_eq!(explored(&source(name)).spurious, None, "{name}");
    }
    let unasked = Job {
        disturb: false,
        ..job()
    };
    match done(&[&source("disturbed/if")], unasked).unwrap() {
        Done::Explored { explored, .. } => assert_eq!(explored.spurious, None),
        other => panic!("{other:?}"),
    }
}

#[test]
fn of_two_that_print_the_same_the_second_is_tried_and_the_first_is_its_measure() {
    let pair = compared("disturbed/while", "disturbed/if");
    let relation = pair.comparison.map(|comparison| comparison.relation);
    assert_eq!(relation, Some(Relation::Equal));
    let woken = pair.explored.spurious.unwrap().woken.unwrap();
    assert_eq!(woken.output.unwrap().text, "ready: false\n");
    let pair = compared("disturbed/if", "disturbed/while");
    assert_eq!(pair.explored.spurious, Some(HARMLESS));
    // What differs without is told, and no more.
    let pair = compared("table/joined", "disturbed/if");
    assert_eq!(pair.explored.spurious, None);
    // What it does to the process stays with the second, too.
    let pair = compared("disturbed/crashes", "disturbed/crashes");
    let spurious = pair.explored.spurious.unwrap();
    assert_eq!(spurious.untried, Some(Untried::Crashed));
}

#[test]
fn what_a_spurious_wake_up_does_to_the_process_leaves_the_proof_as_it_is() {
    for (name, untried) in [
        ("disturbed/crashes", Untried::Crashed),
        ("disturbed/spins", Untried::Stuck),
    ] {
        let found = explored(&source(name));
        assert_eq!(found.verdict, Verdict::Proved, "{name}");
        assert!(found.outputs.is_some(), "{name}");
        let spurious = found.spurious.unwrap();
        assert_eq!(spurious.untried, Some(untried), "{name}");
        assert!(spurious.is_harmful(), "{name}");
    }
}

#[test]
fn a_budget_that_ends_before_all_spurious_wake_ups_were_tried_is_told() {
    // Five who hand a turn on: some thousand classes, and some million with spurious wake-ups.
    let program = "use std::sync::{Arc, Condvar, Mutex};
use std::thread;
fn main() {
    let turn = Arc::new((Mutex::new(0), Condvar::new()));
    let threads: Vec<_> = (0..5).map(|me| {
        let turn = Arc::clone(&turn);
        thread::spawn(move || {
            let mut now = turn.0.lock().unwrap();
            while *now != me { now = turn.1.wait(now).unwrap(); }
            *now += 1;
            turn.1.notify_all();
        })
    }).collect();
    for thread in threads { thread.join().unwrap(); }
}";
    let short = Job {
        budget: Duration::from_secs(3),
        ..job()
    };
    match done(&[&text(program)], short).unwrap() {
        Done::Explored { explored, .. } => {
            assert_eq!(explored.verdict, Verdict::Proved);
            let spurious = explored.spurious.unwrap();
            let ended = [Untried::Time, Untried::Classes].map(Some);
            assert!(ended.contains(&spurious.untried), "{spurious:?}");
            assert_eq!(spurious.woken, None);
        }
        other => panic!("{other:?}"),
    }
    assert!(
        try_explored(&text("fn main() {}"))
            .unwrap()
            .spurious
            .is_none()
    );
}
