//! How a grading goes: how many jobs, being stopped, how far it is, whose results it keeps.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};

use grader::grade::GradeError;
use grader::judge::{Judge, Judgement, TaskSpec, Why};
use grader::ledger::Ledger;
use grader::verdict::Verdict;

use crate::support::{Class, zip};

#[test]
fn a_number_of_jobs_that_makes_no_sense_is_refused() {
    let class = Class::new();
    class.answer("a", "fn f() {}");
    for jobs in [0, 100_000] {
        let mut options = class.options();
        options.jobs = jobs;
        assert!(matches!(
            class.try_grade(&options),
            Err(GradeError::Jobs(_))
        ));
    }
}

/// Says when it began, and waits until it may go on.
#[derive(Default)]
struct Held {
    state: Mutex<(usize, bool)>,
    changed: Condvar,
}

impl Judge for Held {
    fn judge(&self, _: &TaskSpec, _: &str) -> Judgement {
        let mut state = self.state.lock().unwrap();
        state.0 += 1;
        self.changed.notify_all();
        while !state.1 {
            state = self.changed.wait(state).unwrap();
        }
        Judgement::at_once(Verdict::Accepted, Why::Fine)
    }
}

#[test]
fn a_grading_that_was_stopped_goes_on_with_resume() {
    let class = Class::new();
    for id in 0..20 {
        class.answer(&format!("s{id}"), &format!("fn f() {{ {id} }}"));
    }
    let stop = AtomicBool::new(false);
    let held = Held::default();
    let mut options = class.options();
    options.stop = Some(&stop);
    let outcome = std::thread::scope(|scope| {
        let grading =
            scope.spawn(|| grader::grade(&class.assignment, &held, &options, &mut |_| {}));
        let mut state = held.state.lock().unwrap();
        while state.0 < 2 {
            state = held.changed.wait(state).unwrap();
        }
        // Nobody else may write while this one does.
        assert!(Ledger::open(&class.out(), "first").is_err());
        stop.store(true, Ordering::Relaxed);
        state.1 = true;
        drop(state);
        held.changed.notify_all();
        grading.join().unwrap().unwrap()
    });
    assert!(outcome.stopped && outcome.judged == 2, "{outcome:?}");
    assert!(matches!(
        class.try_grade(&class.options()),
        Err(GradeError::Unfinished(_))
    ));
    let mut options = class.options();
    options.resume = true;
    let outcome = class.try_grade(&options).unwrap();
    assert_eq!(
        (outcome.judged, outcome.reused, outcome.stopped),
        (18, 2, false)
    );
    assert_eq!(class.grades()["submissions"].as_array().unwrap().len(), 20);
    assert_eq!(class.grade().judged, 0);
}

#[test]
fn progress_counts_every_submission_and_ends_at_nothing_left() {
    let class = Class::new();
    for id in 0..5 {
        class.answer(&format!("s{id}"), &format!("fn f() {{ {id} }}"));
    }
    let mut heard = Vec::new();
    let mut listen = |progress: &grader::grade::Progress| heard.push(progress.clone());
    grader::grade(
        &class.assignment,
        &class.judge,
        &class.options(),
        &mut listen,
    )
    .unwrap();
    let done: Vec<usize> = heard.iter().map(|progress| progress.done).collect();
    assert_eq!(done, [1, 2, 3, 4, 5]);
    assert!(heard.iter().all(|progress| progress.left.is_some()));
    assert_eq!(heard[4].left, Some(std::time::Duration::ZERO));
}

#[test]
fn results_of_another_assignment_are_not_mixed_in() {
    let class = Class::new();
    class.answer("a", "fn f() {}");
    class.grade();
    let error = Ledger::open(&class.out(), "second")
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("first") && error.contains("another folder"),
        "{error}"
    );
}

#[test]
fn results_never_lie_among_what_is_graded() {
    let class = Class::new();
    class.answer("ada", "fn f() {}");
    let link = class.folder.path().join("link");
    std::os::unix::fs::symlink(class.inbox(), &link).unwrap();
    let assignment = class.assignment.folder.clone();
    let top = class.folder.path().to_owned();
    for out in [
        class.inbox(),
        class.inbox().join("out"),
        class.inbox().join("not/yet/there"),
        class.inbox().join("ada"),
        class.inbox().join("../in"),
        link.clone(),
        link.join("out"),
        assignment.clone(),
        assignment.join("grades"),
        top,
    ] {
        let mut options = class.options();
        options.out.clone_from(&out);
        let error = class.try_grade(&options).unwrap_err().to_string();
        assert!(error.contains("a folder of its own"), "{out:?}: {error}");
        assert!(!out.join("ledger.sqlite").exists(), "{out:?}");
    }
    // What nbgrader collects lies in the assignment, and a zip file may lie beside the results.
    let mut options = class.options();
    options.submissions = assignment.join("submitted");
    std::fs::create_dir_all(options.submissions.join("ada/first")).unwrap();
    let notebook = class.notebook(&[("doubled", "fn f() {}")]).to_string();
    std::fs::write(options.submissions.join("ada/first/first.ipynb"), &notebook).unwrap();
    class.try_grade(&options).unwrap();
    options.submissions = class.out().join("class.zip");
    zip(
        &options.submissions,
        &[("ada/notebook.ipynb", notebook.as_bytes())],
    );
    class.try_grade(&options).unwrap();
}
