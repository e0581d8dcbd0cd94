//! What is judged, how often, and what is not judged again.

use std::fs;

use grader::Assignment;
use grader::grade::{GradeError, Settings};
use grader::judge::Judge as _;
use grader::ledger::Ledger;
use grader::verdict::Verdict;
use messages::Language;

use crate::support::{Another, Class, contains, every_byte};

#[test]
fn every_verdict_reaches_the_reports() {
    let class = Class::new();
    for name in Verdict::NAMES
        .into_iter()
        .filter(|name| *name != "Internal")
    {
        class.answer(name, &format!("fn f() {{}} // judge: {name}"));
    }
    class.answer("half", "fn f() {} // judge: half");
    class.grade();
    for name in Verdict::NAMES
        .into_iter()
        .filter(|name| *name != "Internal")
    {
        let points = if name == "Accepted" { 2.0 } else { 0.0 };
        assert_eq!(class.verdict(name), (Some(name.to_owned()), Some(points)));
    }
    assert_eq!(
        class.verdict("half"),
        (Some("Partial".to_owned()), Some(1.0))
    );
}

#[test]
fn shares_that_are_none_give_nothing() {
    let class = Class::new();
    class.answer("nan", "fn f() {} // judge: nan");
    class.answer("more", "fn f() {} // judge: more");
    class.grade();
    assert_eq!(class.verdict("nan").1, Some(0.0));
    assert_eq!(class.verdict("more"), (Some("Wrong".to_owned()), Some(0.0)));
}

#[test]
fn our_failures_are_tried_again_and_never_a_zero() {
    let class = Class::new();
    class.answer("once", "fn f() {} // judge: internal-once");
    class.answer("always", "fn f() {} // judge: internal");
    class.answer("panic", "fn f() {} // judge: panic");
    class.answer("right", "fn f() {}");
    let outcome = class.grade();
    assert_eq!(
        class.verdict("once"),
        (Some("Accepted".to_owned()), Some(2.0))
    );
    assert_eq!(
        class.verdict("right"),
        (Some("Accepted".to_owned()), Some(2.0))
    );
    for id in ["always", "panic"] {
        assert_eq!(
            class.verdict(id),
            (Some("Internal".to_owned()), None),
            "{id}"
        );
        assert_eq!(
            class.judge.times(&format!(
                "fn f() {{}} // judge: {}",
                if id == "always" { "internal" } else { id }
            )),
            3
        );
    }
    let named = |id: &str| (id.to_owned(), "doubled".to_owned());
    assert_eq!(outcome.for_a_human, [named("always"), named("panic")]);
    // What happened is for the teacher's eyes.
    assert!(!contains(
        &every_byte(&class.out().join("students")),
        "no room"
    ));
    // And the next grading tries again.
    class.grade();
    assert_eq!(class.judge.times("fn f() {} // judge: internal"), 6);
}

#[test]
fn the_same_inputs_are_judged_once() {
    let class = Class::new();
    for id in 0..8 {
        class.answer(&format!("same-{id}"), "fn f() { 1 }");
        class.answer(&format!("own-{id}"), &format!("fn f() {{ {id}0 }}"));
    }
    let outcome = class.grade();
    assert_eq!((outcome.judged, outcome.reused), (9, 7));
    assert_eq!(class.judge.total(), 9);
    assert_eq!(class.grade().judged, 0);
    class.answer("own-3", "fn f() { 33 }");
    assert_eq!(class.grade().judged, 1);
    // Another compiler is another input.
    let mut options = class.options();
    options.toolchain = "rustc 1.96.0".to_owned();
    assert_eq!(class.try_grade(&options).unwrap().judged, 9);
    let ledger = Ledger::open(&class.out(), "first").unwrap();
    assert_eq!(ledger.counts().unwrap(), (19, 19));
}

#[test]
fn what_another_grader_found_is_judged_again() {
    let class = Class::new();
    class.answer("a", "fn f() { 1 }");
    class.answer("b", "fn f() { 2 }");
    assert_eq!(class.grade().judged, 2);
    let another = Another::default();
    for judged in [2, 0] {
        let outcome =
            grader::grade(&class.assignment, &another, &class.options(), &mut |_| {}).unwrap();
        assert_eq!(outcome.judged, judged);
    }
    assert_eq!(another.0.total(), 2);
    let settings = Settings::read(&class.out()).unwrap();
    assert_eq!(settings.grader, another.grader());
    // Both are kept, and this one still has its own.
    assert_eq!(class.grade().judged, 0);
}

#[test]
fn a_task_that_changed_is_judged_again() {
    let class = Class::new();
    class.answer("a", "fn f() {}");
    class.grade();
    let path = class.assignment.folder.join("assignment.toml");
    let manifest = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        manifest.replace("args = [-5], expect = -10", "args = [-6], expect = -12"),
    )
    .unwrap();
    let changed = grader::Assignment::load(&class.assignment.folder).unwrap();
    let outcome = grader::grade(&changed, &class.judge, &class.options(), &mut |_| {}).unwrap();
    assert_eq!(outcome.judged, 1);
}

#[test]
fn only_one_student_is_graded_when_asked() {
    let class = Class::new();
    class.answer("a", "fn f() { 1 }");
    class.answer("b", "fn f() { 2 }");
    let mut options = class.options();
    options.only = Some("b".to_owned());
    assert_eq!(class.try_grade(&options).unwrap().submissions, 1);
    assert_eq!(class.judge.total(), 1);
    options.only = Some("c".to_owned());
    assert!(matches!(
        class.try_grade(&options),
        Err(GradeError::NoSuchStudent(_))
    ));
}

#[test]
fn what_was_judged_in_another_box_is_judged_again() {
    let class = Class::new();
    class.answer("ada", "fn f() {}");
    let mut options = class.options();
    options.sandbox.level = "trusted".to_owned();
    options.sandbox.trusted = true;
    assert_eq!(class.try_grade(&options).unwrap().judged, 1);
    assert_eq!(class.try_grade(&options).unwrap().judged, 0);
    assert!(class.read("students/ada.html").contains("Warning"));
    assert_eq!(class.grade().judged, 1);
    assert!(!class.read("students/ada.html").contains("Warning"));
    // How it was done stands beside the results.
    let settings = Settings::read(&class.out()).unwrap();
    assert_eq!(settings.sandbox, class.options().sandbox);
    assert_eq!(settings.submissions, class.inbox());
    assert_eq!(settings.language(), Language::En);
}

#[test]
fn a_check_with_a_name_is_told_by_it() {
    let mut class = Class::new();
    let path = class.assignment.folder.join("assignment.toml");
    let manifest = fs::read_to_string(&path).unwrap();
    let named = manifest.replacen("probe = ", "title = \"Small <numbers>\"\nprobe = ", 1);
    fs::write(&path, named).unwrap();
    class.assignment = Assignment::load(&class.assignment.folder).unwrap();
    class.answer("ada", "fn f() {} // judge: values");
    class.answer("bob", "fn f() {}");
    class.grade();
    // A sentence, which runs as the reader's language does, and no code.
    let said = class.read("students/ada.html");
    let sentence = "<p dir=\"auto\">Small &lt;numbers&gt;</p>";
    assert!(said.contains(sentence), "{said}");
    let said = class.read("students/ada.md");
    assert!(said.contains("> Small \\<numbers\\>"), "{said}");
    assert!(!class.read("students/bob.html").contains("Small"));
}
