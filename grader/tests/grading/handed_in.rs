//! How submissions come in: collected from a class, packed by a student.

use std::cell::RefCell;
use std::fs;

use grader::collect::{CollectOptions, Collected, collect};
use grader::judge::Why;
use grader::submission::{PackError, Problem, SubmitOptions, submit};

use crate::support::{Class, zip};

#[test]
fn submissions_are_collected_into_nbgraders_tree_and_graded_from_there() {
    let class = Class::new();
    class.answer("ada", "fn f() {}");
    class.answer("../up", "fn f() {}");
    class.submit("bob", "broken");
    let archive = class.folder.path().join("class.zip");
    let notebook = class.notebook(&[("doubled", "fn f() {}")]).to_string();
    zip(
        &archive,
        &[
            ("ada/n.ipynb", notebook.as_bytes()),
            ("../x/n.ipynb", b"{}"),
        ],
    );
    let options = |replace| CollectOptions {
        from: archive.clone(),
        replace,
    };
    let done = collect(&class.assignment, &options(false)).unwrap();
    assert_eq!(done[1], ("ada".to_owned(), Collected::New));
    assert!(matches!(done[0].1, Collected::Refused(_)));
    assert_eq!(
        collect(&class.assignment, &options(false)).unwrap()[1].1,
        Collected::Same
    );
    let path = class
        .assignment
        .folder
        .join("submitted/ada/first/first.ipynb");
    fs::write(&path, "{}").unwrap();
    assert_eq!(
        collect(&class.assignment, &options(false)).unwrap()[1].1,
        Collected::Kept
    );
    assert_eq!(
        collect(&class.assignment, &options(true)).unwrap()[1].1,
        Collected::Replaced
    );
    let mut grading = class.options();
    grading.submissions = class.assignment.folder.join("submitted");
    class.try_grade(&grading).unwrap();
    assert_eq!(class.verdict("ada").1, Some(2.0));
}

#[test]
fn a_submission_is_packed_when_it_can_be_graded() {
    let class = Class::new();
    let notebook = class.folder.path().join("mine.ipynb");
    let write = |doubled: &str| {
        let answers = [("doubled", doubled), ("reason", "Because.")];
        fs::write(&notebook, class.notebook(&answers).to_string()).unwrap();
    };
    let compiled = RefCell::new(Vec::new());
    let compile = |_: &str, answer: &str, _: bool| {
        compiled.borrow_mut().push(answer.to_owned());
        Ok(answer
            .contains("compile me not")
            .then_some(Why::Compiler { notes: Vec::new() }))
    };
    let options = || SubmitOptions {
        notebook: notebook.clone(),
        out: Some(class.inbox().join("ada.zip")),
        assignment: Some("first".to_owned()),
        compile: Some(&compile),
        incomplete: false,
    };
    write("fn doubled(number: i64) -> i64 { number * 2 }");
    let packed = submit(&options()).unwrap();
    assert_eq!(
        (packed.assignment.as_str(), packed.tasks.len()),
        ("first", 2)
    );
    // Words are not compiled.
    assert_eq!(
        compiled.take(),
        ["fn doubled(number: i64) -> i64 { number * 2 }"]
    );
    class.grade();
    assert_eq!(class.verdict("ada").1, Some(2.0));
    let other = SubmitOptions {
        assignment: Some("second".to_owned()),
        ..options()
    };
    assert!(matches!(
        submit(&other),
        Err(PackError::WrongAssignment { .. })
    ));
    write("compile me not");
    assert!(matches!(submit(&options()), Err(PackError::Compile { .. })));
    write("");
    assert!(matches!(submit(&options()), Err(PackError::Task { .. })));
    // What nobody touched is recognised, and packed only on request.
    let untouched = class.assignment.released().unwrap().text();
    fs::write(&notebook, untouched).unwrap();
    assert!(matches!(
        submit(&options()),
        Err(PackError::Task {
            problem: Problem::Untouched,
            ..
        })
    ));
    let incomplete = SubmitOptions {
        incomplete: true,
        ..options()
    };
    submit(&incomplete).unwrap();
    fs::write(&notebook, "{\"cells\": []}").unwrap();
    assert!(matches!(
        submit(&options()),
        Err(PackError::NoAssignment(_))
    ));
    fs::write(&notebook, "{").unwrap();
    assert!(matches!(
        submit(&options()),
        Err(PackError::Unreadable { .. })
    ));
}
