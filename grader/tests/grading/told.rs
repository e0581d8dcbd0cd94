//! What is told of a grading, and what is forgotten.

use std::fs;

use grader::forget::ForgetOptions;
use grader::grade::{GradeOptions, Sandbox};
use grader::report::ReportOptions;
use messages::Language;

use crate::support::{Class, contains, every_byte, zip};

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
fn a_table_of_points_is_read_as_spreadsheets_save_it() {
    let class = Class::new();
    let notebook = class
        .notebook(&[("doubled", "fn f() {}"), ("reason", "Because I say so.")])
        .to_string();
    class.submit("ada", &notebook);
    let table = "student;task;points;comment\r\nada;reason;0,5;\"so; so\"\r\n";
    let utf16 = |text: &str| -> Vec<u8> {
        let units = text.encode_utf16();
        [0xff, 0xfe]
            .into_iter()
            .chain(units.flat_map(u16::to_le_bytes))
            .collect()
    };
    let tabs = table.replace(';', "\t");
    fs::create_dir(class.out()).unwrap();
    for bytes in [
        table.as_bytes().to_vec(),
        table.replace("\r\n", "\n").into_bytes(),
        format!("\u{feff}{table}").into_bytes(),
        tabs.clone().into_bytes(),
        utf16(&tabs),
    ] {
        fs::write(class.out().join("hand.csv"), &bytes).unwrap();
        class.grade();
        let ada = &class.grades()["submissions"][0];
        assert_eq!(ada["points"].as_f64(), Some(2.5), "{bytes:?}");
        assert!(class.read("students/ada.md").contains("so"));
    }
    // And forgotten as well.
    let semicolons = format!("{table}bob;reason;1;\r\n");
    fs::write(class.out().join("hand.csv"), semicolons).unwrap();
    forget_one(&class, "ada");
    let left = class.read("hand.csv");
    assert!(
        !left.contains("ada") && left.contains("bob;reason;1"),
        "{left}"
    );
}

#[test]
fn points_for_somebody_who_handed_nothing_in_are_reported() {
    let class = Class::new();
    class.answer("ada", "fn f() {}");
    fs::create_dir(class.out()).unwrap();
    let table =
        "student,task,points,comment\nada,reason,1,\nAda,reason,1,\nAda,doubled,2,\nzoe,reason,,\n";
    fs::write(class.out().join("hand.csv"), table).unwrap();
    assert_eq!(class.grade().unknown, ["Ada"]);
    // Of a part of the class nobody can say who is unknown.
    let part = GradeOptions {
        only: Some("ada".to_owned()),
        ..class.options()
    };
    assert!(class.try_grade(&part).unwrap().unknown.is_empty());
}

#[test]
fn a_line_that_makes_no_sense_is_named_by_its_number() {
    let class = Class::new();
    class.answer("ada", "fn f() {}");
    fs::create_dir(class.out()).unwrap();
    let head = "student,task,points,comment";
    for (text, line) in [
        (format!("{head}\r\nada,reason,7,\r\n"), 2),
        (format!("{head}\nada,reason,7,\n"), 2),
        (format!("{head}\r\n\r\n\r\nada,reason,7,\r\n"), 4),
        (
            format!("{head}\r\nbob,reason,1,\"a\r\nb\r\nc\"\r\nada,reason,7,"),
            5,
        ),
        (format!("{head}\rada,reason,7,\r"), 2),
    ] {
        fs::write(class.out().join("hand.csv"), &text).unwrap();
        let error = class.try_grade(&class.options()).unwrap_err().to_string();
        assert!(
            error.contains(&format!("line {line}:")),
            "{text:?}: {error}"
        );
    }
}

#[test]
fn a_broken_rule_is_told_with_the_numbers_of_its_question() {
    let class = Class::new();
    class.answer("ada", "fn f() {} // judge: shown-rule");
    class.answer("bob", "fn f() {} // judge: hidden-rule");
    class.grade();
    let told = |id: &str| class.read(&format!("students/{id}.md"));
    assert!(
        told("ada").contains("count(take) = 3; argue"),
        "{}",
        told("ada")
    );
    assert!(
        told("bob").contains("count(take) = …; argue"),
        "{}",
        told("bob")
    );
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

fn forgetting(class: &Class, id: &str) -> ForgetOptions {
    ForgetOptions {
        id: id.to_owned(),
        report: ReportOptions {
            out: class.out(),
            language: Language::En,
            sandbox: Sandbox::default(),
            passed_over: Vec::new(),
            timeline: None,
        },
        submissions: Some(class.inbox()),
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
    let options = forgetting(&class, "wanda");
    let forgotten = grader::forget(&class.assignment, &options).unwrap();
    assert!(forgotten.known && forgotten.still_in.is_empty());
    let left = every_byte(&class.out());
    for trace in ["wanda", "zebra_crossing", "quagga"] {
        assert!(!contains(&left, trace), "{trace} is left");
    }
    let handed_in = every_byte(&class.inbox());
    for trace in ["wanda", "zebra_crossing", "quagga"] {
        assert!(!contains(&handed_in, trace), "{trace} is left");
    }
    assert_eq!(class.grades()["submissions"].as_array().unwrap().len(), 1);
    assert!(class.read("hand.csv").contains("bob"));
    let again = grader::forget(&class.assignment, &options).unwrap();
    assert!(!again.known && again.still_in.is_empty());
    class.grade();
    assert_eq!(class.grades()["submissions"].as_array().unwrap().len(), 1);
    assert!(!contains(&every_byte(&class.out()), "wanda"));
}

#[test]
fn a_file_that_is_called_like_a_student_is_forgotten_with_her() {
    let class = Class::new();
    class.answer("bob", "fn f() {}");
    for name in ["wanda.docx", "other.docx"] {
        fs::write(class.inbox().join(name), "").unwrap();
    }
    fs::create_dir_all(class.inbox().join("wanda/deep")).unwrap();
    fs::write(class.inbox().join("wanda/deep/first.ipynb"), "{}").unwrap();
    let outcome = class.grade();
    let all = ["other.docx", "wanda.docx", "wanda/deep/first.ipynb"];
    assert_eq!(outcome.passed_over, all);
    let mut options = forgetting(&class, "wanda");
    options.report.passed_over = outcome.passed_over;
    options.submissions = None;
    grader::forget(&class.assignment, &options).unwrap();
    let left = every_byte(&class.out());
    assert!(contains(&left, "other.docx") && !contains(&left, "wanda"));
}

/// Who is still found among the submissions when this one is forgotten.
fn forget_one(class: &Class, id: &str) -> Vec<String> {
    let options = ForgetOptions {
        id: id.to_owned(),
        report: ReportOptions {
            out: class.out(),
            language: Language::En,
            sandbox: Sandbox::default(),
            passed_over: Vec::new(),
            timeline: None,
        },
        submissions: Some(class.inbox()),
    };
    grader::forget(&class.assignment, &options).unwrap();
    match grader::submission::find(&class.inbox(), "first") {
        Ok(found) => found.submissions.into_iter().map(|one| one.id).collect(),
        Err(_) => Vec::new(),
    }
}

#[test]
fn a_student_is_forgotten_in_every_layout_and_nobody_else_is() {
    let class = Class::new();
    let inbox = class.inbox();
    let put = |path: &str, bytes: &[u8]| {
        let path = inbox.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    put("bob/notebook.ipynb", b"{}");
    let others = every_byte(&inbox);
    let notebook = class.notebook(&[("doubled", "fn f() {}")]).to_string();
    let notebook = notebook.as_bytes();

    // Two notebooks, none of which was chosen, and what Jupyter keeps of one of them.
    put("ada/a.ipynb", notebook);
    put("ada/b.ipynb", notebook);
    put("ada/.ipynb_checkpoints/a-checkpoint.ipynb", notebook);
    assert_eq!(forget_one(&class, "ada"), ["bob"]);
    assert_eq!(every_byte(&inbox), others);

    zip(&inbox.join("ada.zip"), &[("x.ipynb", notebook)]);
    assert_eq!(forget_one(&class, "ada"), ["bob"]);
    put("Ada_7_assignsubmission_file_/sub/a.ipynb", notebook);
    assert_eq!(forget_one(&class, "7"), ["bob"]);
    fs::create_dir_all(inbox.join("ada/nothing")).unwrap();
    assert_eq!(forget_one(&class, "ada"), ["bob"]);
    assert_eq!(every_byte(&inbox), others);

    // In nbgrader's tree her other assignments stay, and so does the tree.
    put("submitted/ada/other/other.ipynb", notebook);
    put("submitted/eve/first/first.ipynb", b"{}");
    let others = every_byte(&inbox);
    put("submitted/ada/first/first.ipynb", notebook);
    assert_eq!(forget_one(&class, "ada"), ["bob", "eve"]);
    assert!(!inbox.join("submitted/ada/first").exists());
    assert!(inbox.join("submitted/ada/other/other.ipynb").exists());
    assert_eq!(every_byte(&inbox).len(), others.len());
    forget_one(&class, "eve");
    fs::remove_dir_all(inbox.join("submitted/ada")).unwrap();
    assert!(inbox.join("submitted").is_dir());

    assert!(forget_one(&class, "bob").is_empty());
    assert!(inbox.is_dir());
}

#[test]
fn who_has_no_points_by_hand_is_forgotten_without_another_word_in_the_teachers_file() {
    let class = Class::new();
    class.answer("wanda", "fn f() {}");
    class.answer("bob", "fn f() {}");
    class.grade();
    // As no program would write it.
    let by_hand = "student,task,points,comment\nbob,reason,0,\"as   is\"\n\n";
    fs::write(class.out().join("hand.csv"), by_hand).unwrap();
    class.grade();
    grader::forget(&class.assignment, &forgetting(&class, "wanda")).unwrap();
    assert_eq!(class.read("hand.csv"), by_hand);
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
