//! Each language in which the program can be asked to speak.

use crate::document::Document;
use crate::support::{Scratch, refused};
use messages::Language;
use std::sync::LazyLock;

static LANGUAGES: LazyLock<[&str; Language::ALL.len()]> =
    LazyLock::new(|| Language::ALL.map(Language::code));

fn all_different(texts: &[String; Language::ALL.len()]) {
    for (i, text) in texts.iter().enumerate() {
        assert!(!text.trim().is_empty());
        assert!(
            !texts[..i].contains(text),
            "{} speaks another's language:\n{text}",
            LANGUAGES[i]
        );
        assert!(
            !text.contains('\u{2068}'),
            "isolation marks are off: {text}"
        );
    }
    let script = |text: &str, from: char, to: char| text.chars().any(|c| (from..=to).contains(&c));
    assert!(script(&texts[1], 'آ', 'ی'), "Persian letters: {}", texts[1]);
    assert!(script(&texts[3], 'А', 'я'), "Russian letters: {}", texts[3]);
    assert!(
        script(&texts[4], '一', '鿿'),
        "Chinese characters: {}",
        texts[4]
    );
}

#[test]
fn every_command_explains_itself_in_five_languages() {
    let scratch = Scratch::new("help");
    let commands = [
        "lab",
        "list",
        "run",
        "submit",
        "assignment",
        "grade",
        "doctor",
        "install",
        "uninstall",
        "kernel",
        "notebooks",
        "i18n",
        "completions",
        "man",
    ];
    for command in commands {
        let texts = LANGUAGES.map(|lang| {
            let done = scratch
                .weft(&[command, "--help", "--lang", lang])
                .run()
                .exits(0);
            assert!(done.stderr.is_empty(), "{}", done.stderr);
            done.stdout
        });
        all_different(&texts);
    }
}

#[test]
fn list_run_and_mistakes_speak_five_languages() {
    let scratch = Scratch::new("languages");
    all_different(&LANGUAGES.map(|l| scratch.weft(&["list", "--lang", l]).run().exits(0).stdout));
    let arguments = [
        "run",
        "s1e6",
        "--n_threads",
        "2",
        "--time-scale",
        "0.05",
        "--lang",
    ];
    all_different(&LANGUAGES.map(|l| {
        scratch
            .weft(&[&arguments[..], &[l]].concat())
            .run()
            .exits(0)
            .stdout
    }));
    all_different(
        &LANGUAGES.map(|l| refused(scratch.weft(&["run", "s9e9", "--lang", l]).run(), &["s9e9"])),
    );
}

#[test]
fn the_language_changes_texts_and_nothing_else() {
    let scratch = Scratch::new("language-stable");
    let documents = LANGUAGES.map(|lang| {
        let arguments = [
            "run",
            "s1e5",
            "--scenario",
            "3",
            "--seed",
            "5",
            "--time-scale",
            "0.01",
        ];
        let more = ["--json", "--lang", lang];
        let done = scratch
            .weft(&[&arguments[..], &more].concat())
            .run()
            .exits(0);
        Document::read(&done.stdout)
    });
    let stable = |d: &Document| -> Vec<String> {
        d.lines
            .iter()
            .map(|l| format!("{} {} {}", l.who, l.what, l.value))
            .collect()
    };
    for document in &documents {
        assert_eq!(stable(document), stable(&documents[0]));
        assert_eq!(document.result, documents[0].result);
    }
    let texts = documents
        .each_ref()
        .map(|d| d.lines.iter().map(|l| l.text.as_str()).collect());
    all_different(&texts);
    all_different(
        &documents
            .each_ref()
            .map(|d| d.note.clone().unwrap_or_default()),
    );
}

#[test]
fn the_language_comes_from_flag_then_variable_then_locale() {
    let mut scratch = Scratch::new("language-order");
    let list = |scratch: &Scratch, arguments: &[&str]| {
        scratch
            .weft(&[&["list"], arguments].concat())
            .run()
            .exits(0)
            .stdout
    };
    let wanted = LANGUAGES.map(|lang| list(&scratch, &["--lang", lang]));
    scratch.set("WEFT_LANG", "tr");
    scratch.set("LC_ALL", "ru_RU.UTF-8");
    assert_eq!(list(&scratch, &["--lang", "fa"]), wanted[1]);
    assert_eq!(list(&scratch, &[]), wanted[2]);
    scratch.unset("WEFT_LANG");
    assert_eq!(list(&scratch, &[]), wanted[3]);
    scratch.set("LC_ALL", "zh_TW.UTF-8");
    assert_eq!(list(&scratch, &[]), wanted[4]);
    scratch.set("LC_ALL", "xx_XX.UTF-8");
    assert_eq!(list(&scratch, &[]), wanted[0]);
}

#[test]
fn there_is_a_manual_page_for_each_command_in_each_language() {
    let scratch = Scratch::new("man");
    for language in LANGUAGES.iter().copied() {
        let written = ["man", language, "--lang", language];
        scratch.weft(&written).run().exits(0);
        for command in ["weft", "weft-run", "weft-lab", "weft-assignment-new"] {
            let page = scratch.path().join(language).join(format!("{command}.1"));
            let page = std::fs::read_to_string(page).expect(command);
            assert!(page.contains(".SH"), "{page}");
        }
    }
    let printed = scratch.weft(&["man"]).run().exits(0).stdout;
    assert!(printed.contains(".TH weft 1"), "{printed}");
    scratch.write("a-file", "");
    let said = scratch.weft(&["man", "a-file"]).run().exits(1).stderr;
    assert!(said.contains("a-file"), "{said}");
}
