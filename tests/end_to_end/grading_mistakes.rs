//! What a teacher is told when she writes, names or allows the wrong thing: where it is and what to do, in her
//! language, and nothing of how Weft is made.

use crate::grading::Class;
use crate::support::{Finished, weft};
use std::fs;

/// What only a machine says.
const RAW: [&str; 8] = [
    "os error",
    "error-",
    "Error",
    "EOCD",
    "invalid type",
    "expected",
    "TOML parse",
    "u64",
];

fn in_words<'a>(refused: &'a Finished, named: &str) -> &'a str {
    let said = &refused.stderr;
    assert!(said.contains(named), "it must name {named}: {said}");
    assert!(said.lines().count() >= 2, "{said}");
    for raw in RAW {
        assert!(!said.contains(raw), "{raw}: {said}");
    }
    said
}

#[test]
fn a_wrong_manifest_is_explained_in_the_language_of_the_teacher() {
    let class = Class::new("manifest");
    let manifest = class.read("first/assignment.toml");
    // The languages in turn, so that each is asked for a few of them.
    let lines = [
        ("en", "line 11,"),
        ("fa", "خط 11 "),
        ("tr", " 11. satırı"),
        ("ru", "Строка 11 "),
        ("zh-TW", "第 11 行"),
    ];
    for (language, line) in lines {
        for wall in ["0", "-1", "\"2 s\"", "99999999999999999999999999", "= 3"] {
            let changed = manifest.replacen("wall_ms = 2000", &format!("wall_ms = {wall}"), 1);
            assert_ne!(changed, manifest);
            class.scratch.write("first/assignment.toml", changed);
            let words = ["assignment", "check", "first", "--lang", language];
            let refused = class.scratch.weft(&words).run().exits(2);
            let said = in_words(&refused, line);
            let shown = wall.trim_matches('"');
            assert!(said.contains("wall_ms") && said.contains(shown), "{said}");
        }
    }
    for (from, to, says) in [
        ("probe = ", "prove = ", "Nothing is called `prove` here."),
        (
            "points = 2\n",
            "",
            "line 15, makes no sense.\n  `points` is missing.",
        ),
        (
            "points = 2",
            "points = 3",
            "has 3 points here and 2 in the notebook",
        ),
        ("id = \"doubled\"", "id = \"halved\"", "no cell “halved”"),
        (
            "name = \"first\"",
            "name = \"a b\"",
            "“a b” cannot be the name",
        ),
        (
            "probe = ",
            "order = [{ rule = \"cont\" }]\nprobe = ",
            "`rule` is `\"cont\"`; it can be `count`",
        ),
        (
            "cases = [",
            "repeats = 2.5\ncases = [",
            "it has to be a whole number",
        ),
        ("[task.judge]", "[task.judge]\nunsafe = true", ""),
    ] {
        let changed = manifest.replacen(from, to, 1);
        assert_ne!(changed, manifest, "{from}");
        class.scratch.write("first/assignment.toml", changed);
        let release = ["assignment", "release", "first"];
        let finished = class.scratch.weft(&release).run();
        if says.is_empty() {
            // Without an order contract it may be.
            finished.exits(0);
        } else {
            in_words(&finished.exits(2), says);
        }
    }
}

#[test]
fn what_the_system_refuses_is_told_in_words() {
    let class = Class::new("refused");
    class.archive();
    fs::create_dir(class.path("empty")).expect("a folder");
    class.scratch.write("file", "");
    let grade = |assignment, submissions, out, more: &[&'static str]| {
        let words = [
            "--assignment",
            assignment,
            "--submissions",
            submissions,
            "--out",
            out,
        ];
        [&["grade"], &words[..], more].concat()
    };
    let cases = [
        (
            grade("first/assignment.toml", "class.zip", "out", &[]),
            "is a file, and an assignment is a folder",
        ),
        (
            grade("first", "first/assignment.toml", "out", &[]),
            "is no zip file",
        ),
        (grade("first", "file/in", "out", &[]), "There is no file/in"),
        (
            grade("first", "class.zip", "file", &[]),
            "A file of that name is in the way",
        ),
        (
            grade("first", "class.zip", "file/out", &[]),
            "A part of the path is not a folder",
        ),
        (
            grade("first", "class.zip", "out", &["--jobs", "-3"]),
            "“-3” is not a number of jobs",
        ),
        (
            grade("first", "class.zip", "out", &["--shard", "0/2"]),
            "“0/2” is not a part",
        ),
        (
            grade("first", "class.zip", "out", &["--hand", "none.csv"]),
            "none.csv",
        ),
        (
            vec!["grade", "forget", "77", "--out", "empty"],
            "It is not there",
        ),
        (
            vec!["grade", "forget", "77", "--out", "file"],
            "A part of the path is not a folder",
        ),
        (
            vec!["grade", "merge", "file", "--out", "all"],
            "There is no grading in file",
        ),
        (
            vec!["assignment", "check", "first", "--repeats", "-1"],
            "“-1” is not a number of repeats",
        ),
    ];
    for (words, says) in cases {
        in_words(&class.scratch.weft(&words).run().exits(2), says);
    }
    // What can be seen to be wrong is not waited for.
    class
        .scratch
        .write("hand.csv", "student,task,marks\n77,doubled,1\n");
    for (more, says) in [
        (["--shard", "3/2"].as_slice(), "“3/2” is not a part"),
        (&["--only", "78 "], "There is no submission of “78 ”"),
        (
            &["--only", "77", "--shard", "1/9999"],
            "“77” is not in part 1/9999",
        ),
        (&["--hand", "hand.csv"], "no column `points`"),
    ] {
        let words = grade("first", "class.zip", "out", more);
        let refused = class.scratch.weft(&words).run().exits(2);
        let said = in_words(&refused, says);
        assert!(!said.contains("Preparing"), "{said}");
    }
    let words = grade("first", "empty", "out", &[]);
    in_words(
        &class.scratch.weft(&words).run().exits(2),
        "holds no submissions",
    );
}

#[test]
fn a_file_that_nobody_can_be_told_to_have_handed_in_is_named_to_the_teacher() {
    let class = Class::new("strangers");
    let right = class.read("first/release/first/first.ipynb");
    fs::create_dir_all(class.path("in/ada")).expect("a folder");
    class.scratch.write("in/ada/notebook.ipynb", &right);
    for (file, languages) in [
        ("in/ben.py", ["en", "fa", "tr", "ru", "zh-TW"]),
        ("in/a\u{202e}b.pdf", ["zh-TW", "ru", "tr", "fa", "en"]),
    ] {
        class.scratch.write(file, "");
        for language in languages {
            let words = ["assignment", "collect", "first", "--from", "in"];
            let words = [&words[..], &["--lang", language]].concat();
            let done = class.scratch.weft(&words).run().exits(0);
            let said = &done.stderr;
            assert!(
                said.contains("ben.py") && !said.contains('\u{202e}'),
                "{said}"
            );
        }
    }
}

#[test]
fn what_a_student_does_wrong_is_told_before_anything_is_compiled() {
    let class = Class::new("packing");
    class.archive();
    fs::create_dir(class.path("folder")).expect("a folder");
    let notebook = class.read("mine.ipynb");
    for (out, says) in [
        ("mine.ipynb", "is the notebook itself"),
        ("./folder/../mine.ipynb", "is the notebook itself"),
        ("folder", "It is a folder."),
        ("nowhere/mine.zip", "It is not there."),
        ("mine.ipynb/mine.zip", "A part of the path is not a folder."),
    ] {
        let words = ["submit", "mine.ipynb", "--out", out];
        let refused = class.scratch.weft(&words).run().exits(2);
        let said = in_words(&refused, says);
        assert_eq!(
            said.lines().count(),
            if says.ends_with('.') { 3 } else { 2 },
            "{said}"
        );
        assert!(!said.contains("Compiling"), "{said}");
        assert_eq!(class.read("mine.ipynb"), notebook);
    }
}

#[test]
fn a_compiler_that_does_not_start_is_told_with_what_to_install() {
    let class = Class::new("no-compiler");
    class.archive();
    fs::create_dir(class.path("bin")).expect("a folder");
    class.scratch.write("bin/rustc", "not a program");
    for (path, language, says) in [
        ("", "en", "It is not there."),
        ("bin", "en", "You may not read or write it."),
        ("", "fa", "کامپایلر Rust"),
        ("", "tr", "Rust derleyicisi"),
        ("", "ru", "Компилятор Rust"),
        ("", "zh-TW", "Rust 編譯器"),
    ] {
        let path = class.path(path).display().to_string();
        let words = ["submit", "mine.ipynb", "--lang", language];
        let refused = class.scratch.weft(&words).env("PATH", &path).run().exits(3);
        let said = in_words(&refused, says);
        assert!(
            said.contains("rustc") && said.contains("https://rustup.rs"),
            "{said}"
        );
    }
}

#[test]
fn a_disk_that_is_full_is_told_as_such_wherever_it_is_noticed() {
    let class = Class::new("full");
    class.archive();
    class.grade("part", &["--shard", "1/1"]).exits(0);
    let before = class.read("part/grades.json");
    fs::create_dir(class.path("small")).expect("a folder");
    let on_disk = |size: u32, words: &str| {
        let script = format!("mount -t tmpfs -o size={size}k none small && exec \"$0\" {words}");
        let apart = [
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            &script,
            weft(),
        ];
        class.scratch.program("unshare", &apart).run()
    };
    in_words(
        &on_disk(8, "assignment new small/second").exits(2),
        "The disk is full.",
    );
    // Enough for the zip's beginning, and not for all of it: nothing in it repeats.
    let mut large: serde_json::Value =
        serde_json::from_str(&class.read("mine.ipynb")).expect("JSON");
    let numbers = (1..20_000_u64).map(|number| (number * number * 2_654_435_761).to_string());
    large["metadata"]["noise"] = numbers.collect::<String>().into();
    class.scratch.write("large.ipynb", large.to_string());
    for (lang, says) in [
        ("en", "The disk is full."),
        ("fa", "دیسک پر است"),
        ("tr", "Disk dolu"),
        ("ru", "На диске нет места"),
        ("zh-TW", "磁碟已滿"),
    ] {
        let words = format!("submit large.ipynb --no-compile --out small/a.zip --lang {lang}");
        let refused = on_disk(4, &words).exits(2);
        let said = in_words(&refused, says);
        assert!(
            said.contains("small/a.zip") && said.contains("--out"),
            "{said}"
        );
    }
    // Larger and larger: too small for the ledger, then for the reports.
    let mut told = String::new();
    let merged = (1..50).map(|step| on_disk(step * 20, "grade merge part --out small/all"));
    for refused in merged.take_while(|merged| merged.code() != 0) {
        told += in_words(&refused.exits(2), "The disk is full.");
    }
    for named in ["small/all/ledger.sqlite", ".html"] {
        assert!(told.contains(named), "{named}: {told}");
    }
    assert_eq!(class.read("part/grades.json"), before);
}
