//! Parts of a class, graded apart and put together.

mod support;

use std::fs;
use std::path::PathBuf;

use grader::grade::{GradeOptions, Sandbox, Shard};
use grader::judge::Judge;
use grader::ledger::Ledger;
use grader::merge::{MergeError, MergeOptions, Merged, merge};
use grader::report::ReportOptions;
use messages::Language;
use serde_json::Value;
use support::{Another, Class, TextJudge};

const VERDICTS: [&str; 3] = ["Accepted", "Wrong", "half"];

/// A class of twelve.
fn class() -> Class {
    let class = Class::new();
    for student in 0..12 {
        let verdict = VERDICTS[student % VERDICTS.len()];
        class.answer(
            &format!("s{student}"),
            &format!("fn f() {{ {student} }} // judge: {verdict}"),
        );
    }
    class
}

fn part(class: &Class, name: &str) -> PathBuf {
    class.folder.path().join(name)
}

/// The options for one part, which goes into a folder called as the part.
fn sharded(class: &Class, number: u32, of: u32) -> GradeOptions<'static> {
    GradeOptions {
        shard: Some(Shard { number, of }),
        out: part(class, &format!("part-{number}-{of}")),
        ..class.options()
    }
}

fn grade_parts(class: &Class, of: u32) -> Vec<PathBuf> {
    let grade = |number| {
        let options = sharded(class, number, of);
        class.try_grade(&options).unwrap();
        options.out
    };
    (1..=of).map(grade).collect()
}

fn options(class: &Class, parts: Vec<PathBuf>) -> MergeOptions {
    MergeOptions {
        parts,
        hand: None,
        report: ReportOptions {
            out: class.out(),
            language: Language::En,
            sandbox: Sandbox::default(),
            passed_over: Vec::new(),
            timeline: None,
        },
    }
}

fn merged(class: &Class, parts: Vec<PathBuf>) -> Result<Merged, MergeError> {
    merge(&class.assignment, &options(class, parts))
}

fn submissions(grades: &Value) -> Value {
    grades["submissions"].clone()
}

#[test]
fn parts_put_together_are_what_one_grading_would_have_found() {
    let class = class();
    fs::write(class.inbox().join("list.csv"), "").unwrap();
    let parts = grade_parts(&class, 3);
    let done = merged(&class, parts.clone()).unwrap();
    assert_eq!(done.submissions, 12);
    // Each part has passed it over; it is told once.
    assert_eq!(done.passed_over, ["list.csv"]);
    assert_eq!(class.read("overview.html").matches("list.csv").count(), 1);
    let together = submissions(&class.grades());
    assert_eq!(together.as_array().unwrap().len(), 12);
    let (_, runs) = Ledger::open(&class.out(), &class.assignment.name)
        .unwrap()
        .counts()
        .unwrap();
    // Once more changes nothing.
    merged(&class, parts).unwrap();
    assert_eq!(submissions(&class.grades()), together);
    let ledger = Ledger::open(&class.out(), &class.assignment.name).unwrap();
    assert_eq!(ledger.counts().unwrap().1, runs);
    drop(ledger);

    let alone = GradeOptions {
        out: part(&class, "alone"),
        ..class.options()
    };
    class.try_grade(&alone).unwrap();
    let grades = fs::read(alone.out.join("grades.json")).unwrap();
    let grades: Value = serde_json::from_slice(&grades).unwrap();
    assert_eq!(submissions(&grades), together);
}

#[test]
fn a_part_with_nobody_in_it_is_a_part() {
    let class = Class::new();
    class.answer("ada", "fn f() {}");
    let parts = grade_parts(&class, 4);
    assert_eq!(merged(&class, parts).unwrap().submissions, 1);
}

#[test]
fn a_part_that_was_graded_again_or_forgot_a_student_is_merged_again() {
    let class = class();
    let parts = grade_parts(&class, 2);
    merged(&class, parts.clone()).unwrap();
    class.answer("s1", "fn f() { 1 } // judge: Accepted");
    grade_parts(&class, 2);
    let mut ledger = parts
        .iter()
        .map(|folder| Ledger::open(folder, &class.assignment.name).unwrap())
        .find(|ledger| ledger.student("s0").unwrap().is_some())
        .unwrap();
    assert!(ledger.forget("s0").unwrap());
    drop(ledger);
    assert_eq!(merged(&class, parts).unwrap().submissions, 11);
    assert_eq!(class.verdict("s1").0.as_deref(), Some("Accepted"));
    assert!(!class.grades().to_string().contains("\"s0\""));
}

#[test]
fn the_weakest_box_is_told_of_all() {
    let class = class();
    let strong = sharded(&class, 1, 2);
    class.try_grade(&strong).unwrap();
    let mut weak = sharded(&class, 2, 2);
    weak.sandbox = Sandbox {
        level: "none".to_owned(),
        missing: vec!["landlock".to_owned()],
        trusted: true,
    };
    class.try_grade(&weak).unwrap();
    merged(&class, vec![strong.out, weak.out]).unwrap();
    let sandbox = class.grades()["sandbox"].to_string();
    assert!(
        sandbox.contains("landlock") && sandbox.contains("true"),
        "{sandbox}"
    );
}

#[test]
fn what_does_not_belong_together_is_refused_and_nothing_written() {
    let class = class();
    let parts = grade_parts(&class, 3);
    let refused = |parts: &[PathBuf]| {
        let error = merged(&class, parts.to_vec()).unwrap_err();
        assert!(!class.out().exists(), "{error}");
        error
    };
    let error = refused(&parts[..2]);
    assert!(
        matches!(&error, MergeError::Missing(missing) if *missing == ["3/3"]),
        "{error}"
    );
    let twice = [parts.clone(), vec![parts[0].join("../part-1-3")]].concat();
    let error = refused(&twice);
    assert!(matches!(&error, MergeError::Twice(_)), "{error}");
    let nothing = [parts.clone(), vec![part(&class, "nothing")]].concat();
    let error = refused(&nothing);
    assert!(
        matches!(&error, MergeError::NoGrading(path) if path.ends_with("nothing")),
        "{error}"
    );
    assert!(!part(&class, "nothing").exists());

    let halves = grade_parts(&class, 2);
    let error = refused(&[parts.clone(), halves].concat());
    assert!(
        matches!(&error, MergeError::OtherSplit { of: 3, .. }),
        "{error}"
    );

    let second = GradeOptions {
        out: part(&class, "second"),
        ..class.options()
    };
    class.answer("s3", "fn f() { 0 }");
    class.try_grade(&second).unwrap();
    let error = refused(&[parts.clone(), vec![second.out.clone()]].concat());
    assert!(
        matches!(&error, MergeError::TwoNotebooks { student, .. } if student == "s3"),
        "{error}"
    );

    let other = GradeOptions {
        toolchain: "rustc 1.80.0".to_owned(),
        ..sharded(&class, 3, 3)
    };
    class.try_grade(&other).unwrap();
    let error = refused(&parts);
    assert!(matches!(&error, MergeError::OtherJudge { .. }), "{error}");

    let another = Another(TextJudge::default());
    let last = sharded(&class, 3, 3);
    grader::grade(&class.assignment, &another, &last, &mut |_| {}).unwrap();
    let error = refused(&parts);
    assert!(
        matches!(&error, MergeError::OtherJudge { found, .. } if found == another.grader()),
        "{error}"
    );

    Ledger::open(&parts[0], &class.assignment.name)
        .unwrap()
        .set_open(true)
        .unwrap();
    let error = refused(&parts);
    assert!(matches!(&error, MergeError::Unfinished(_)), "{error}");

    // A grading of its own is never written over.
    let mut into_second = options(&class, parts);
    into_second.report.out = second.out;
    let error = merge(&class.assignment, &into_second).unwrap_err();
    assert!(matches!(&error, MergeError::Occupied(_)), "{error}");
    fs::remove_file(into_second.report.out.join("grading.json")).unwrap();
    let error = merge(&class.assignment, &into_second).unwrap_err();
    assert!(matches!(&error, MergeError::Occupied(_)), "{error}");
}
