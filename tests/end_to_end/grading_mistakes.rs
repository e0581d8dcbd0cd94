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
    let shard = grade("first", "class.zip", "out", &["--shard", "3/2"]);
    let refused = class.scratch.weft(&shard).run().exits(2);
    assert!(!refused.stderr.contains("Preparing"), "{}", refused.stderr);
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
