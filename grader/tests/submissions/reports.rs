//! What students write, as a teacher reads it.

use super::RIGHT;
use super::support::{Class, contains, every_byte};
use messages::Language;
use std::fs;

#[test]
fn what_students_write_is_shown_and_not_run() {
    let class = Class::new();
    let id = "<img src=x onerror=alert(1)>\u{1b}[2J\u{202e}";
    class.answer(id, "fn f() {} // judge: hostile <script>answer()</script>");
    class.answer("=cmd|' C calc'!A0", RIGHT);
    // Nobody's file, and what somebody handed in instead of a notebook.
    let file = "<script>\u{1b}[2J\u{202e}`.pdf";
    fs::write(class.inbox().join(file), "").unwrap();
    fs::create_dir(class.inbox().join("essay")).unwrap();
    fs::write(class.inbox().join("essay").join(file), "").unwrap();
    class.grade();
    let mut pages = 0;
    for folder in [class.out(), class.out().join("students")] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            if name.ends_with(".html") {
                pages += 1;
                let page = fs::read_to_string(&path).unwrap();
                for tag in ["<script", "<img", "\u{1b}", "\u{202e}"] {
                    assert!(!page.contains(tag), "{name} holds {tag:?}");
                }
                assert!(page.contains("default-src 'none'"));
            } else if [".md", ".csv"].iter().any(|end| name.ends_with(end)) {
                let text = fs::read_to_string(&path).unwrap();
                assert!(!text.contains(['\u{1b}', '\u{202e}']), "{name}");
            }
        }
    }
    assert_eq!(pages, 5, "the overview, the similar ones, three students");
    let grades = class.read("grades.csv");
    let mut rows = csv::Reader::from_reader(grades.as_bytes());
    assert_eq!(
        rows.headers().unwrap().iter().collect::<Vec<_>>(),
        [
            "Student",
            "ID",
            "SIS User ID",
            "SIS Login ID",
            "Section",
            "A first assignment"
        ]
    );
    for row in rows.records() {
        for cell in row.unwrap().iter() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
    // The message of a program stands in a fence it cannot end.
    let reports = every_byte(&class.out().join("students"));
    assert!(contains(&reports, "````text"));
}

#[test]
fn what_a_program_says_about_a_hidden_question_stays_hidden() {
    // An answer can end with any code, leave any number of threads, and panic in any line.
    let ways = ["line", "code", "signal", "left", "unreaped", "threads"];
    for language in Language::ALL {
        let class = Class::new();
        for way in ways {
            class.answer(
                &format!("hidden-{way}"),
                &format!("fn f() {{}} // judge: hidden-{way}"),
            );
            class.answer(
                &format!("shown-{way}"),
                &format!("fn f() {{}} // judge: shown-{way}"),
            );
        }
        let mut options = class.options();
        options.language = language;
        class.try_grade(&options).unwrap();
        for way in ways {
            for kind in ["html", "md"] {
                let told = |who: &str| class.read(&format!("students/{who}-{way}.{kind}"));
                let number = |told: &str| told.contains("4711") || told.contains("۴۷۱۱");
                let hidden = told("hidden");
                assert!(!number(&hidden), "{language} {way}: {hidden}");
                assert!(!hidden.contains("-5"), "{language} {way}: {hidden}");
                // Of a question that everybody may see, everything is told.
                assert!(number(&told("shown")), "{language} {way}");
            }
        }
    }
}
