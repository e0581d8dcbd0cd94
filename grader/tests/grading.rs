//! Grading a class: what is judged, what is kept, what is told.

mod support;

use std::cell::RefCell;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};

use grader::Assignment;
use grader::collect::{CollectOptions, Collected, collect};
use grader::forget::ForgetOptions;
use grader::grade::{GradeError, GradeOptions, Sandbox, Settings};
use grader::judge::{Judge, Judgement, TaskSpec, Why};
use grader::ledger::Ledger;
use grader::report::ReportOptions;
use grader::submission::{PackError, Problem, SubmitOptions, submit};
use grader::verdict::Verdict;
use messages::Language;
use support::{Another, Class, contains, every_byte};

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
    let said = class.read("students/ada.html");
    assert!(said.contains("Small &lt;numbers&gt;"), "{said}");
    assert!(!class.read("students/bob.html").contains("Small"));
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
fn points_given_by_hand_are_merged_in() {
    let class = Class::new();
    let notebook = class
        .notebook(&[("doubled", "fn f() {}"), ("reason", "Because I say so.")])
        .to_string();
    class.submit("ada", &notebook);
    class.submit("bob", notebook.replace("Because", "Since"));
    class.grade();
    let open = class.read("hand-open.csv");
    assert_eq!(
        open,
        "student,task,points,comment\r\nada,reason,,\r\nbob,reason,,\r\n"
    );
    assert!(class.read("hand/ada.ipynb").contains("Because I say so."));
    let put = |text: &str| fs::write(class.out().join("hand.csv"), text).unwrap();
    put("student,task,points,comment\nada,reason,\"0,5\",\"Nice, \"\"try\"\"\"\n");
    class.grade();
    let grades = class.grades();
    let ada = &grades["submissions"][0];
    assert_eq!(
        (ada["points"].as_f64(), ada["tasks"][1]["verdict"].as_str()),
        (Some(2.5), Some("Partial"))
    );
    assert_eq!(grades["submissions"][1]["points"].as_f64(), None);
    assert!(class.read("grades.csv").contains("ada,,,ada,,2.5\r\n"));
    assert!(
        class
            .read("students/ada.html")
            .contains("Nice, &quot;try&quot;")
    );
    for (wrong, says) in [
        ("ada,reason,2,", "points"),
        ("ada,reason,NaN,", "points"),
        ("ada,reason,-1,", "points"),
        ("ada,raison,1,", "no task"),
        ("ada,reason,1,\nada,reason,0,", "twice"),
    ] {
        put(&format!("student,task,points,comment\n{wrong}\n"));
        let error = class.try_grade(&class.options()).unwrap_err().to_string();
        assert!(
            error.contains(says) && error.contains("line"),
            "{wrong}: {error}"
        );
    }
}

#[test]
fn grades_json_is_what_the_design_says() {
    let class = Class::new();
    class.answer("ada", "fn f() {} // judge: values");
    class.grade();
    let grades = class.grades();
    assert_eq!(grades["assignment"], "first");
    assert_eq!(
        grades["sandbox"],
        serde_json::json!({"level": "full", "missing": []})
    );
    let task = &grades["submissions"][0]["tasks"][0];
    assert_eq!(task["task"], "doubled");
    assert_eq!(task["verdict"], "Wrong");
    assert_eq!(
        (task["points"].as_f64(), task["max"].as_f64()),
        (Some(0.0), Some(2.0))
    );
    assert_eq!(task["schedule"], "3.1.2");
    assert!(task["why"].as_str().unwrap().starts_with("It runs"));
}

#[test]
fn a_trusted_class_says_so_in_every_report() {
    let class = Class::new();
    class.answer("ada", "fn f() {}");
    let mut options = class.options();
    options.sandbox = Sandbox {
        level: "none".to_owned(),
        missing: vec!["Landlock".to_owned()],
        trusted: true,
    };
    class.try_grade(&options).unwrap();
    for name in [
        "students/ada.html",
        "students/ada.md",
        "overview.html",
        "similar.html",
    ] {
        assert!(
            class.read(name).contains("without a full sandbox"),
            "{name}"
        );
    }
    assert_eq!(class.grades()["sandbox"]["trusted"], true);
    // One answer that was judged again in a whole box says nothing of the others.
    let again = GradeOptions {
        only: Some("ada".to_owned()),
        ..class.options()
    };
    class.try_grade(&again).unwrap();
    assert_eq!(class.grades()["sandbox"]["trusted"], true);
    class.grade();
    assert_eq!(
        class.grades()["sandbox"]["trusted"],
        serde_json::Value::Null
    );
}

#[test]
fn reports_are_whole_in_every_language() {
    for language in Language::ALL {
        let class = Class::speaking(language);
        class.answer("ada", "fn f() {} // judge: values");
        class.answer("bob", "fn f() {} // judge: TimeLimit");
        let mut options = class.options();
        options.language = language;
        class.try_grade(&options).unwrap();
        for name in [
            "students/ada.html",
            "students/ada.md",
            "overview.html",
            "similar.html",
        ] {
            let text = class.read(name);
            assert!(
                !text.contains("grading-"),
                "{language} {name}: a text is missing"
            );
        }
        let direction = if language.is_rtl() {
            "dir=\"rtl\""
        } else {
            "dir=\"ltr\""
        };
        assert!(
            class
                .read("overview.html")
                .contains(&format!("lang=\"{language}\" {direction}"))
        );
    }
}

#[test]
fn a_student_is_forgotten_everywhere() {
    let class = Class::new();
    let secret = "fn zebra_crossing() -> i64 { 4711 }";
    let notebook = class
        .notebook(&[("doubled", secret), ("reason", "quagga")])
        .to_string();
    class.submit("wanda", &notebook);
    class.answer("bob", "fn f() {}");
    class.grade();
    fs::write(
        class.out().join("hand.csv"),
        "student,task,points,comment\nwanda,reason,1,fine\nbob,reason,0,\n",
    )
    .unwrap();
    class.grade();
    let all = every_byte(class.folder.path());
    assert!(contains(&all, "wanda") && contains(&all, "zebra_crossing"));
    let options = ForgetOptions {
        id: "wanda".to_owned(),
        report: ReportOptions {
            out: class.out(),
            language: Language::En,
            sandbox: Sandbox::default(),
            timeline: None,
        },
        submissions: Some(class.inbox()),
    };
    let forgotten = grader::forget(&class.assignment, &options).unwrap();
    assert!(forgotten.known && forgotten.still_in.is_empty());
    let left = every_byte(&class.out());
    for trace in ["wanda", "zebra_crossing", "quagga"] {
        assert!(!contains(&left, trace), "{trace} is left");
    }
    assert!(!contains(&every_byte(&class.inbox()), "zebra_crossing"));
    assert_eq!(class.grades()["submissions"].as_array().unwrap().len(), 1);
    assert!(class.read("hand.csv").contains("bob"));
    assert!(!grader::forget(&class.assignment, &options).unwrap().known);
}

#[test]
fn similar_answers_stand_side_by_side() {
    let class = Class::new();
    let answer = "fn doubled(number: i64) -> i64 {
        let (sender, receiver) = std::sync::mpsc::channel();
        let worker = std::thread::spawn(move || { for part in [number, number] { sender.send(part).unwrap(); } });
        let mut total = 0;
        while let Ok(part) = receiver.recv() { total += part; }
        worker.join().unwrap();
        total
    }";
    class.answer("ada", answer);
    class.answer(
        "bob",
        &answer
            .replace("worker", "w")
            .replace("total", "sum")
            .replace("let mut", "/* mine */ let mut"),
    );
    class.answer("cem", "fn doubled(number: i64) -> i64 { number + number }");
    class.grade();
    let page = class.read("similar.html");
    assert!(
        page.contains("ada") && page.contains("bob") && page.contains("100 %"),
        "{page}"
    );
    assert!(!page.contains("cem"));
}

#[test]
fn submissions_are_collected_into_nbgraders_tree_and_graded_from_there() {
    let class = Class::new();
    class.answer("ada", "fn f() {}");
    class.answer("../up", "fn f() {}");
    class.submit("bob", "broken");
    let archive = class.folder.path().join("class.zip");
    let notebook = class.notebook(&[("doubled", "fn f() {}")]).to_string();
    support::zip(
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
