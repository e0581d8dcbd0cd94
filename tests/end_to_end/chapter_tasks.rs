//! The graded tasks of the workbook's chapters, as a teacher takes them and as authors keep them.

use crate::support::{Scratch, long, repository};
use grader::Assignment;
use grader::assignment::Decides;
use messages::Language;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

/// A check compiles and runs a dozen answers.
const A_CHECK: Duration = Duration::from_secs(600);
/// So many tasks are proved at the same time.
const AT_ONCE: usize = 2;
/// One task of so many is proved, where not all are.
const STEP: usize = 6;

fn tasks() -> Vec<PathBuf> {
    let folder = repository().join("notebooks/tasks");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the tasks")
        .map(|entry| entry.expect("a task").path())
        .collect();
    found.sort();
    found
}

#[test]
fn a_teacher_takes_the_task_of_a_chapter_in_her_language() {
    let scratch = Scratch::new("chapter-task");
    let made = ["assignment", "new", "staffel", "--chapter", "2"];
    scratch
        .weft(&[&made[..], &["--lang", "fa", "--name", "staffel"]].concat())
        .run()
        .exits(0);
    let read = |path: &str| fs::read_to_string(scratch.path().join(path)).expect(path);
    let notebook = read("staffel/source/staffel/staffel.ipynb");
    assert!(notebook.contains("دوی امدادی"), "{notebook}");
    assert!(read("staffel/assignment.toml").contains("// "));
    scratch
        .weft(&["assignment", "check", "staffel", "--repeats", "1"])
        .within(A_CHECK)
        .run()
        .exits(0);
    scratch
        .weft(&["assignment", "release", "staffel"])
        .run()
        .exits(0);
    let released = read("staffel/release/staffel/staffel.ipynb");
    assert!(released.contains("fn relay(runners: usize, track: Track)"));
    assert!(!released.contains("SOLUTION"), "{released}");
}

#[test]
fn a_chapter_without_a_task_is_refused_with_those_that_have_one() {
    let scratch = Scratch::new("no-chapter-task");
    let asked = ["assignment", "new", "x", "--chapter"];
    for wrong in ["99", "0", "two", "-1"] {
        let said = scratch
            .weft(&[&asked[..], &[wrong]].concat())
            .run()
            .exits(2);
        assert!(said.stderr.contains(wrong), "{}", said.stderr);
        assert!(!scratch.path().join("x").exists());
    }
    let said = scratch.weft(&[&asked[..], &["99"]].concat()).run().exits(2);
    assert!(said.stderr.contains("2, "), "{}", said.stderr);
}

#[test]
fn what_is_made_from_the_chapters_is_committed_as_it_is_made() {
    let scratch = Scratch::new("notebooks-check");
    let folder = repository().join("notebooks").display().to_string();
    scratch
        .weft(&["notebooks", "--check", "--dir", &folder])
        .run()
        .exits(0);
}

#[test]
fn students_read_in_their_language_which_check_failed() {
    for folder in tasks() {
        let assignment = Assignment::load(&folder).expect("an assignment");
        for task in &assignment.tasks {
            let Decides::Judge { spec, .. } = &task.decides else {
                continue;
            };
            for title in spec.checks.iter().filter_map(|check| check.title.as_ref()) {
                // One that is missing is said in English.
                let said = Language::ALL.iter().filter_map(|one| title.of(*one));
                let said: BTreeSet<&str> = said.collect();
                assert_eq!(said.len(), Language::ALL.len(), "{}: {title:?}", task.id);
            }
        }
    }
}

#[test]
fn tasks_accept_right_answers_and_reject_wrong_ones() {
    let (step, repeats) = if long() { (1, "20") } else { (STEP, "2") };
    let tasks = tasks();
    let left = Mutex::new(tasks.iter().step_by(step));
    let check = || {
        // Its own: a command is over when nobody with its scratch folder's tag lives.
        let scratch = Scratch::new("chapter-tasks");
        // The guard is gone before the task is tried.
        let next = || left.lock().expect("nobody panics with it").next();
        while let Some(task) = next() {
            let task = task.display().to_string();
            println!("{task}");
            let said = scratch
                .weft(&["assignment", "check", &task, "--repeats", repeats])
                .within(A_CHECK)
                .run()
                .exits(0);
            let wrong = said.stdout.matches(": wrong/").count();
            let right = said.stdout.matches(": right/").count();
            assert!(wrong >= 6 && right >= 2, "{}", said.stdout);
        }
    };
    // Most of the time of a check is an answer's waiting.
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(check);
        }
    });
}
