//! How submissions come in: collected from a class, packed by a student.

use std::cell::RefCell;
use std::fs;

use grader::collect::{CollectOptions, Collected, collect};
use grader::graft::MAX_NOTEBOOK_BYTES;
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
    let done = collect(&class.assignment, &options(false))
        .unwrap()
        .students;
    assert_eq!(done[1], ("ada".to_owned(), Collected::New));
    assert!(matches!(done[0].1, Collected::Refused(_)));
    assert_eq!(
        collect(&class.assignment, &options(false))
            .unwrap()
            .students[1]
            .1,
        Collected::Same
    );
    let path = class
        .assignment
        .folder
        .join("submitted/ada/first/first.ipynb");
    fs::write(&path, "{}").unwrap();
    assert_eq!(
        collect(&class.assignment, &options(false))
            .unwrap()
            .students[1]
            .1,
        Collected::Kept
    );
    assert_eq!(
        collect(&class.assignment, &options(true)).unwrap().students[1].1,
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

/// What is in an archive: names and bytes.
type Entries<'a> = &'a [(&'a str, &'a [u8])];

#[test]
fn in_a_folder_of_zip_files_the_name_of_each_one_tells_whose_it_is() {
    let class = Class::new();
    let right = class.notebook(&[("doubled", "fn f() {}")]).to_string();
    let right = right.as_bytes();
    let wrong = class.notebook(&[("doubled", "fn f() {} // judge: Wrong")]);
    let wrong = wrong.to_string();
    let wrong = wrong.as_bytes();
    let inner = class.folder.path().join("inner.zip");
    zip(&inner, &[("first.ipynb", right)]);
    let inner = fs::read(&inner).unwrap();
    let moodle = "Ada Lovelace_77_assignsubmission_file_mine.zip";
    let packed: [(&str, Entries<'_>); 12] = [
        ("ada.zip", &[("notebook.ipynb", right)]),
        (
            "mallory.zip",
            &[("ada/notebook.ipynb", wrong), ("bob/notebook.ipynb", right)],
        ),
        ("mia.zip", &[("ada.ipynb", wrong), ("zed.ipynb", wrong)]),
        (
            "moe.zip",
            &[("Ada_88_assignsubmission_file_/x.ipynb", wrong)],
        ),
        ("none.zip", &[("answers.docx", b"x")]),
        ("two.zip", &[("a.ipynb", right), ("b.ipynb", right)]),
        (
            "named.zip",
            &[("draft.ipynb", wrong), ("my/own/first.ipynb", right)],
        ),
        (
            "deep.zip",
            &[("a/b/c/d/e/work.ipynb", right), ("a/data.csv", b"1")],
        ),
        ("nested.zip", &[("inner.zip", &inner)]),
        (
            "slip.zip",
            &[("../../../../tmp/first.ipynb", right), ("data.csv", b"1")],
        ),
        ("broken.zip", &[]),
        (moodle, &[("x.ipynb", right)]),
    ];
    for (name, entries) in packed {
        zip(&class.inbox().join(name), entries);
    }
    fs::write(class.inbox().join("broken.zip"), "PK no zip").unwrap();
    class.grade();
    let grades = class.grades();
    let found: Vec<(&str, &str)> = grades["submissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let verdict = one["tasks"][0]["verdict"].as_str().unwrap();
            (one["id"].as_str().unwrap(), verdict)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("77", "Accepted"),
            ("ada", "Accepted"),
            ("broken", "Invalid"),
            ("deep", "Accepted"),
            ("mallory", "Invalid"),
            ("mia", "Invalid"),
            ("moe", "Wrong"),
            ("named", "Accepted"),
            ("nested", "Accepted"),
            ("none", "Invalid"),
            ("slip", "Invalid"),
            ("two", "Invalid"),
        ]
    );
    let told = |id: &str| class.read(&format!("students/{id}.md"));
    assert!(told("none").contains("no notebook"), "{}", told("none"));
    assert!(told("two").contains("2 notebooks"), "{}", told("two"));
    assert!(told("slip").contains("outside of itself"));
}

#[test]
fn a_zip_with_large_data_beside_its_notebook_is_graded() {
    let class = Class::new();
    let right = class.notebook(&[("doubled", "fn f() {}")]).to_string();
    // Bytes that no archive makes smaller.
    let mut state = 1u64;
    let data: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1);
        (state >> 56) as u8
    })
    .take(MAX_NOTEBOOK_BYTES as usize + (1 << 20))
    .collect();
    let entries: [(&str, &[u8]); 2] = [("work.ipynb", right.as_bytes()), ("data.bin", &data)];
    zip(&class.inbox().join("ada.zip"), &entries);
    class.grade();
    assert_eq!(class.verdict("ada").1, Some(2.0));
}
