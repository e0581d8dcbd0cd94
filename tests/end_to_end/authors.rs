//! `weft notebooks` and `weft i18n`, in a copy of the sources.

use crate::support::{Scratch, refused, repository};
use std::fs;
use std::path::Path;

/// A copy of what the commands work on, as a checkout of its own.
fn checkout(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    for folder in ["messages/locales", "notebooks"] {
        copy(&repository().join(folder), &scratch.path().join(folder));
    }
    scratch
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a scratch folder can be made");
    for entry in fs::read_dir(from)
        .expect("the sources can be read")
        .flatten()
    {
        let path = entry.path();
        let to = to.join(entry.file_name());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("a scratch file can be written");
        }
    }
}

#[test]
fn one_changed_byte_of_a_notebook_is_found_and_mended() {
    let scratch = checkout("drift");
    let run = |words: &[&str]| scratch.weft(words).run();
    run(&["notebooks", "--check"]).exits(0);
    let place = "notebooks/fa/02-threads-and-join.ipynb";
    let path = scratch.path().join(place);
    let right = fs::read(&path).expect("a notebook");
    let mut wrong = right.clone();
    wrong.push(b' ');
    // Neither is Latin-1 a notebook that is merely unreadable.
    for content in [wrong, vec![0xe9, 0xff]] {
        fs::write(&path, content).expect("a notebook can be changed");
        let done = run(&["notebooks", "--check"]).exits(1);
        assert_eq!(done.stdout.lines().count(), 1, "{}", done.stdout);
        assert!(done.stdout.contains(place), "{}", done.stdout);
        let done = run(&["notebooks"]).exits(0);
        assert!(done.stdout.contains(place), "{}", done.stdout);
        assert!(fs::read(&path).expect("a notebook") == right);
    }
    run(&["notebooks", "--check"]).exits(0);
}

#[test]
fn pictures_are_drawn_where_a_lesson_names_them_and_nowhere_else() {
    let scratch = checkout("pictures");
    let run = |words: &[&str]| scratch.weft(words).run();
    let drawn = "notebooks/zh-TW/pictures/s1e4.svg";
    let path = scratch.path().join(drawn);
    let right = fs::read_to_string(&path).expect("a picture");
    fs::remove_file(&path).expect("it can be removed");
    let nobodys = "notebooks/ru/pictures/s1e1.svg";
    fs::write(scratch.path().join(nobodys), &right).expect("it can be written");
    let said = run(&["notebooks", "--check"]).exits(1).stdout;
    assert!(said.contains(drawn) && said.contains(nobodys), "{said}");
    run(&["notebooks"]).exits(0);
    assert_eq!(fs::read_to_string(&path).expect("a picture"), right);
    assert!(!scratch.path().join(nobodys).exists());

    let lesson = scratch
        .path()
        .join("notebooks/chapters/08-barriers/lesson.md");
    let text = fs::read_to_string(&lesson).expect("a lesson");
    let other = text.replace("pictures/s1e7.svg", "pictures/s99e1.svg");
    fs::write(&lesson, other).expect("it can be changed");
    let refused = run(&["notebooks", "--check"]).exits(1).stderr;
    for named in ["08-barriers", "pictures/s99e1.svg", "pictures/s1e1.svg"] {
        assert!(refused.contains(named), "{refused}");
    }
}

#[test]
fn why_notebooks_are_not_published_any_more_is_told() {
    let scratch = checkout("unpublished");
    let contents = scratch
        .path()
        .join("notebooks/chapters/index/contents.toml");
    let mut text = fs::read_to_string(&contents).expect("the contents");
    text.push_str("\n[[chapter]]\nnumber = 29\ntitle = \"One more\"\n");
    fs::write(&contents, text).expect("the contents can be changed");
    for words in [&["notebooks", "--check"][..], &["notebooks"]] {
        let done = scratch.weft(words).run().stdout;
        for language in ["fa", "tr", "ru", "zh-TW"] {
            let lines = done.lines().filter(|line| line.contains("Not published"));
            let told: Vec<&str> = lines
                .filter(|line| line.contains(&format!("`{language}`")))
                .collect();
            assert_eq!(told.len(), 1, "{done}");
            assert!(told[0].contains("weft i18n report"), "{done}");
        }
    }
    assert!(!scratch.path().join("notebooks/fa/index.ipynb").exists());
    assert!(scratch.path().join("notebooks/en/index.ipynb").exists());
}

#[test]
fn a_folder_without_sources_is_named_with_what_was_expected_there() {
    let scratch = Scratch::new("no-checkout");
    let expected = "notebooks/chapters/index/contents.toml";
    for words in [
        &["notebooks"][..],
        &["notebooks", "--check"],
        &["i18n", "report", "--json"],
        &["i18n", "new", "de"],
        &["i18n", "update", "fa"],
    ] {
        let here = scratch.path().display().to_string();
        refused(scratch.weft(words).run(), &[&here, expected, "--root"]);
        let elsewhere = [words, &["--root", "no/such/folder"]].concat();
        refused(
            scratch.weft(&elsewhere).run(),
            &["no/such/folder", expected],
        );
    }
    assert!(!scratch.path().join("messages").exists());
    let here = ["notebooks", "--dir", "no/such/folder"];
    refused(scratch.weft(&here).run(), &["no/such/folder", "--dir"]);
    let both = [&here[..], &["--root", "."]].concat();
    refused(scratch.weft(&both).run(), &["--dir", "--root"]);
}

#[test]
fn the_report_counts_every_chapter_of_every_language() {
    let scratch = Scratch::new("i18n-report");
    let root = repository().display().to_string();
    let run = |words: &[&str]| {
        scratch
            .weft(&[words, &["--root", &root]].concat())
            .run()
            .exits(0)
    };
    let report = run(&["i18n", "report", "--json"]).json();
    let languages = report["languages"].as_array().expect("a list").clone();
    assert!(languages.len() >= 4, "{languages:?}");
    let text = run(&["i18n", "report"]).stdout;
    for language in languages.iter().filter(|state| state["built_in"] == true) {
        let parts = language["parts"].as_array().expect("a list");
        let chapters = parts
            .iter()
            .filter(|part| part["kind"] == "chapter")
            .count();
        assert_eq!(chapters, 29, "28 and the index");
        for part in parts {
            assert_eq!(part["messages"], part["translated"], "{part}");
            assert_eq!(
                (&part["fuzzy"], &part["missing"]),
                (&0.into(), &0.into()),
                "{part}"
            );
            assert!(
                text.contains(part["name"].as_str().expect("a name")),
                "{part}"
            );
        }
    }
}

#[test]
fn a_language_is_begun_reported_and_kept_up() {
    let scratch = checkout("i18n-new");
    let run = |words: &[&str]| scratch.weft(words).run();
    let begun = run(&["i18n", "new", "xx"]).exits(0);
    for said in [
        "messages/locales/xx/lessons/s1.ftl",
        "notebooks/chapters/index/po/xx.po",
        "messages/src/language.rs",
        "Xx = \"xx\" {",
        "weft i18n report xx",
    ] {
        assert!(begun.stdout.contains(said), "{said}:\n{}", begun.stdout);
    }
    let report = run(&["i18n", "report", "xx"]).exits(0);
    for said in [
        "language-name",
        "notebooks/chapters/index/po/xx.po",
        "CONTRIBUTING.md",
    ] {
        assert!(report.stdout.contains(said), "{said}:\n{}", report.stdout);
    }
    let json = run(&["i18n", "report", "xx", "--json"]).exits(0).json();
    assert_eq!(json["languages"][0]["total"]["translated"], 0);
    run(&["i18n", "update", "xx"]).exits(0);
    run(&["i18n", "update", "xx", "index"]).exits(0);
    // A language in work changes no notebook.
    run(&["notebooks", "--check"]).exits(0);

    refused(run(&["i18n", "new", "xx"]), &["xx", "weft i18n report xx"]);
    refused(run(&["i18n", "new", "../yy"]), &["../yy", "pt-BR"]);
    refused(run(&["i18n", "new", "qps"]), &["qps"]);
    refused(run(&["i18n", "report", "yy"]), &["yy", "weft i18n new yy"]);
    for step in ["new", "report", "update"] {
        refused(run(&["i18n", step, "en"]), &["English", "weft i18n report"]);
        refused(run(&["i18n", step, "german"]), &["german", "pt-BR"]);
    }
    refused(
        run(&["i18n", "update", "fa", "99"]),
        &["99", "notebooks/chapters"],
    );
    refused(run(&["i18n"]), &[]);
    assert!(!scratch.path().join("messages/yy").exists());
}

#[test]
fn a_damaged_translation_is_told_with_file_and_line() {
    let scratch = checkout("i18n-damaged");
    let po = "notebooks/chapters/index/po/fa.po";
    scratch.write(po, "#\n\"Language: fa\\n\"\n");
    for words in [&["notebooks", "--check"][..], &["i18n", "report"]] {
        let done = scratch.weft(words).run().exits(1);
        assert!(
            done.stderr.contains(&format!("{po}:2: ")),
            "{}",
            done.stderr
        );
        assert!(!done.stderr.contains("panicked"), "{}", done.stderr);
    }
}
