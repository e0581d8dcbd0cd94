//! A class from the assignment to the grades, as a teacher and her students go through it.

use crate::support::{Finished, Scratch};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

const RIGHT: &str = "fn doubled(number: i64) -> i64 {\n    number + number\n}";
const WRONG: &str = "fn doubled(number: i64) -> i64 {\n    number * number\n}";
const HOSTILE: &str = r#"fn doubled(_: i64) -> i64 {
    let stolen = std::fs::read_to_string("/etc/passwd").unwrap_or("shut out".to_owned());
    println!("{stolen}</pre><script>alert(1)</script> test result: ok. 1 passed");
    loop {
        std::hint::black_box(());
    }
}"#;
/// As Moodle calls the folders of an archive.
const MOODLE: &str = "_assignsubmission_file_";

pub struct Class {
    pub scratch: Scratch,
}

impl Class {
    /// An assignment that is released.
    pub fn new(name: &str) -> Class {
        let scratch = Scratch::new(name);
        scratch.weft(&["assignment", "new", "first"]).run().exits(0);
        scratch
            .weft(&["assignment", "release", "first"])
            .run()
            .exits(0);
        Class { scratch }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
    }

    /// The released notebook with a student's answers.
    fn notebook(&self, doubled: &str, reason: &str) -> String {
        let mut notebook: Value =
            serde_json::from_str(&self.read("first/release/first/first.ipynb")).expect("JSON");
        for cell in notebook["cells"].as_array_mut().expect("cells") {
            match cell["metadata"]["nbgrader"]["grade_id"].as_str() {
                Some("doubled") => cell["source"] = json!(doubled),
                Some("reason") => cell["source"] = json!(reason),
                _ => {}
            }
        }
        notebook.to_string()
    }

    /// What Moodle hands a teacher: right, packed by `weft submit`; wrong; hostile; no notebook at all.
    pub fn archive(&self) {
        self.scratch
            .write("mine.ipynb", self.notebook(RIGHT, "Because `join` waits."));
        let packed = self
            .scratch
            .weft(&["submit", "mine.ipynb", "--out", "ada.zip"])
            .run()
            .exits(0);
        assert!(packed.stdout.contains("ada.zip"), "{}", packed.stdout);
        let ada = fs::read(self.path("ada.zip")).expect("ada.zip");
        let bob = self.notebook(WRONG, "It just does.");
        let mallory = self.notebook(HOSTILE, "=1+1");
        let file = fs::File::create(self.path("class.zip")).expect("class.zip");
        let mut archive = zip::ZipWriter::new(file);
        for (name, bytes) in [
            (format!("Ada Lovelace_77{MOODLE}/first.zip"), ada.as_slice()),
            (format!("Bob_78{MOODLE}/first.ipynb"), bob.as_bytes()),
            (
                format!("Mallory_79{MOODLE}/first.ipynb"),
                mallory.as_bytes(),
            ),
            (format!("Zoe_80{MOODLE}/first.ipynb"), b"not a notebook"),
        ] {
            let packed = zip::write::SimpleFileOptions::default();
            archive.start_file(name, packed).expect("an entry");
            archive.write_all(bytes).expect("its bytes");
        }
        archive.finish().expect("the end of class.zip");
    }

    pub fn grade(&self, out: &str, more: &[&str]) -> Finished {
        self.scratch.weft(&grading(out, more)).run()
    }

    pub fn grades(&self, out: &str) -> Value {
        serde_json::from_str(&self.read(&format!("{out}/grades.json"))).expect("JSON")
    }
}

fn grading<'a>(out: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut words = vec![
        "grade",
        "--assignment",
        "first",
        "--submissions",
        "class.zip",
    ];
    words.extend(["--out", out]);
    words.extend(more);
    words
}

/// Verdict and points of the first task, and the sum.
fn result(grades: &Value, id: &str) -> (String, Option<f64>, Option<f64>) {
    let all = grades["submissions"].as_array().expect("a list");
    let one = all.iter().find(|one| one["id"] == id);
    let one = one.unwrap_or_else(|| panic!("{id} in {grades:#}"));
    let task = &one["tasks"][0];
    let verdict = task["verdict"].as_str().expect("a verdict").to_owned();
    (verdict, task["points"].as_f64(), one["points"].as_f64())
}

/// All names and all bytes below a folder.
fn everything(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        bytes.extend(path.to_string_lossy().bytes());
        if path.is_dir() {
            bytes.extend(everything(&path));
        } else {
            bytes.extend(fs::read(&path).expect("a file"));
        }
    }
    bytes
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|window| window == word.as_bytes())
}

#[test]
fn a_new_assignment_is_proved_and_a_weak_check_is_found_out() {
    let class = Class::new("proof");
    let released = class.read("first/release/first/first.ipynb");
    assert!(!released.contains("number * 2") && !released.contains("-10"));
    let check = |more: &[&str]| {
        let words = [&["assignment", "check", "first", "--repeats", "3"], more].concat();
        class.scratch.weft(&words).run()
    };
    let proved = check(&[]).exits(0).stdout;
    assert!(proved.contains("3 of 3 times"), "{proved}");
    assert!(proved.contains("wrong/doubled/adds-one.rs"), "{proved}");

    // A wrong answer that no check tells from a right one.
    class.scratch.write(
        "first/wrong/doubled/only-small.rs",
        "fn doubled(n: i64) -> i64 { if n > 1000 { 0 } else { n * 2 } }",
    );
    let refuted = check(&[]).exits(1);
    assert!(
        refuted.stdout.contains("only-small.rs"),
        "{}",
        refuted.stdout
    );
    assert!(refuted.stdout.contains("Add a case"), "{}", refuted.stdout);
    let refuted = check(&["--lang", "fa"]).exits(1);
    assert!(refuted.stdout.contains("ناموفق"), "{}", refuted.stdout);

    // A right answer among the wrong ones, in the folder of a task there is not.
    fs::remove_file(class.path("first/wrong/doubled/only-small.rs")).expect("a file");
    class.scratch.write("first/wrong/doublde/a.rs", RIGHT);
    let refuted = check(&[]).exits(1).stdout;
    assert!(refuted.contains("wrong/doublde"), "{refuted}");
    assert!(refuted.contains("decides: doubled."), "{refuted}");
}

#[test]
fn a_class_is_graded_from_moodles_archive_to_the_pages() {
    let class = Class::new("class");
    class.archive();
    let graded = class.grade("out", &[]).exits(0);
    assert!(graded.stderr.contains("4 of 4"), "{}", graded.stderr);
    for place in ["out/overview.html", "out/grades.csv", "out/moodle.csv"] {
        assert!(graded.stdout.contains(place), "{}", graded.stdout);
    }
    let grades = class.grades("out");
    assert_eq!(grades["sandbox"]["level"], "strict");
    // The second task waits for the teacher, so there is no sum but where there is nothing to read.
    let expected = [
        ("77", "Accepted", 2.0, None),
        ("78", "Wrong", 0.0, None),
        ("79", "TimeLimit", 0.0, None),
        ("80", "Invalid", 0.0, Some(0.0)),
    ];
    for (id, verdict, points, sum) in expected {
        assert_eq!(
            result(&grades, id),
            (verdict.to_owned(), Some(points), sum),
            "{id}"
        );
    }
    let page = class.read("out/students/79.html");
    assert!(page.contains("lang=\"en\" dir=\"ltr\""), "{page}");
    let all = everything(&class.path("out"));
    assert!(!holds(&all, "root:") && !page.contains("<script"));

    // Another language is another set of pages, and nothing is judged for it.
    let persian = class.grade("out", &["--lang", "fa"]).exits(0);
    assert!(persian.stdout.contains("پاسخ‌نامه"), "{}", persian.stdout);
    assert_eq!(class.grades("out")["submissions"][0]["id"], "77");
    for page in ["overview.html", "students/77.html", "students/80.html"] {
        let page = class.read(&format!("out/{page}"));
        assert!(page.contains("lang=\"fa\" dir=\"rtl\""), "{page}");
    }

    // What the teacher gives by hand is merged in.
    let open = class.read("out/hand-open.csv");
    let given = open.replace("78,reason,,", "78,reason,0.5,short");
    let given = given.replace("77,reason,,", "77,reason,1,well said");
    assert_ne!(open, given, "{open}");
    class.scratch.write("out/hand.csv", given);
    let again = class.grade("out", &[]).exits(0).stdout;
    assert!(again.contains("answers judged now: 0"), "{again}");
    let grades = class.grades("out");
    assert_eq!(result(&grades, "77").2, Some(3.0));
    assert_eq!(result(&grades, "78").2, Some(0.5));
    let table = class.read("out/grades.csv");
    assert!(table.contains("Ada Lovelace,,,77,,3\r\n"), "{table}");
    assert!(
        class
            .read("out/moodle.csv")
            .contains("Participant 78,Bob,0.5")
    );

    let forget = |id: &str| {
        let words = ["grade", "forget", id, "--out", "out"];
        class.scratch.weft(&words).run()
    };
    let forgotten = forget("78").exits(0);
    // She is told where the notebook still is.
    assert!(
        forgotten.stdout.contains("class.zip"),
        "{}",
        forgotten.stdout
    );
    let left = everything(&class.path("out"));
    for trace in ["Bob", "number * number", "It just does", "78.html"] {
        assert!(!holds(&left, trace), "{trace} is left");
    }
    assert_eq!(result(&class.grades("out"), "77").2, Some(3.0));
    assert!(forget("78").exits(2).stderr.contains("78"));
}

#[test]
fn a_grading_that_is_interrupted_goes_on_with_resume() {
    let class = Class::new("resume");
    class.archive();
    let whole = class.grade("whole", &[]).exits(0);
    assert!(whole.stdout.contains("answers judged now: 3"));
    let mut running = class
        .scratch
        .weft(&grading("part", &["--jobs", "1"]))
        .start();
    running.until_printed(|text| text.contains("1 of 4"));
    running.signal("INT");
    let stopped = running.wait().exits(1);
    assert!(stopped.stderr.contains("--resume"), "{}", stopped.stderr);
    let refused = class.grade("part", &[]).exits(2);
    assert!(refused.stderr.contains("--resume"), "{}", refused.stderr);
    class.grade("part", &["--resume"]).exits(0);
    assert_eq!(class.grades("part"), class.grades("whole"));
}

#[test]
fn a_class_graded_in_parts_on_many_machines_is_put_together() {
    let class = Class::new("parts");
    class.archive();
    for (part, out) in [("1/2", "part-1"), ("2/2", "part-2")] {
        class.grade(out, &["--shard", part]).exits(0);
    }
    let merge = |words: &[&str]| {
        let words = [&["grade", "merge", "--out", "all"], words].concat();
        class.scratch.weft(&words).run()
    };
    let refused = merge(&["part-2"]).exits(2);
    assert!(refused.stderr.contains("1/2"), "{}", refused.stderr);
    let merged = merge(&["part-1", "part-2"]).exits(0);
    assert!(
        merged.stdout.contains("all/overview.html"),
        "{}",
        merged.stdout
    );
    class.grade("whole", &[]).exits(0);
    let (all, whole) = (class.grades("all"), class.grades("whole"));
    assert_eq!(all["submissions"], whole["submissions"]);
}

#[test]
fn a_notebook_that_cannot_be_graded_is_not_packed() {
    let class = Class::new("submit");
    let submit = |notebook: &str, more: &[&str]| {
        class.scratch.write("mine.ipynb", notebook);
        let words = [&["submit", "mine.ipynb"], more].concat();
        class.scratch.weft(&words).run()
    };
    let untouched = class.read("first/release/first/first.ipynb");
    let refused = submit(&untouched, &[]).exits(1);
    assert!(refused.stderr.contains("doubled"), "{}", refused.stderr);
    submit(&untouched, &["--incomplete", "--no-compile"]).exits(0);

    let broken = class.notebook("fn doubled(number: i64) -> i64 { nubmer }", "Because.");
    let refused = submit(&broken, &[]).exits(1);
    assert!(refused.stderr.contains("E0425"), "{}", refused.stderr);
    let refused = submit("{", &[]).exits(2);
    assert!(refused.stderr.contains("mine.ipynb"), "{}", refused.stderr);
    let right = class.notebook(RIGHT, "Because.");
    submit(&right, &["--assignment", "second"]).exits(2);
}

#[test]
fn wrong_input_of_a_teacher_is_named_with_a_next_step() {
    let class = Class::new("mistakes");
    class.archive();
    fs::create_dir(class.path("empty")).expect("a folder");
    class.scratch.write("odd/assignment.toml", "name = 7\n");
    class.scratch.write("file", "");
    let with = |assignment, submissions, out, more: &[&'static str]| {
        let mut words = vec!["grade", "--assignment", assignment];
        words.extend(["--submissions", submissions, "--out", out]);
        words.extend(more);
        words
    };
    let cases = [
        (with("nowhere", "class.zip", "out", &[]), "nowhere"),
        (with("empty", "class.zip", "out", &[]), "assignment.toml"),
        (with("odd", "class.zip", "out", &[]), "odd/assignment.toml"),
        (with("first", "nowhere.zip", "out", &[]), "nowhere.zip"),
        (with("first", "file", "out", &[]), "file"),
        (with("first", "empty", "out", &[]), "empty"),
        (with("first", "class.zip", "file/out", &[]), "file/out"),
        (with("first", "class.zip", "out", &["--jobs", "0"]), "0"),
        (with("first", "class.zip", "out", &["--only", "99"]), "99"),
        (
            with("first", "class.zip", "out", &["--shard", "3/2"]),
            "3/2",
        ),
        (with("first", "empty", "empty/out", &[]), "empty/out"),
        (with("first", "class.zip", "first", &[]), "first"),
        (vec!["grade", "forget", "77", "--out", "empty"], "empty"),
        (vec!["grade", "merge", "empty", "--out", "all"], "empty"),
        (vec!["assignment", "new", "first"], "first"),
        (vec!["assignment", "new", "a b"], "a b"),
        (vec!["assignment", "check", "first", "--repeats", "0"], "0"),
        (vec!["assignment", "colect", "first"], "assignment collect"),
        (vec!["submit", "nowhere.ipynb"], "nowhere.ipynb"),
    ];
    for (words, named) in cases {
        let refused = class.scratch.weft(&words).run().exits(2);
        let said = &refused.stderr;
        assert!(!said.contains("EOCD"), "{said}");
        assert!(said.contains(named), "{words:?} must name {named}: {said}");
        assert!(said.lines().count() >= 2, "{words:?}: {said}");
        assert!(
            !said.contains("error-") && !said.contains("Error"),
            "{said}"
        );
    }
}

#[test]
fn a_table_of_points_that_makes_no_sense_is_explained_in_the_language_of_the_teacher() {
    let class = Class::new("points");
    class.archive();
    let head = "student,task,points,comment\r\n";
    let tables: [(&str, &str, &[u8]); 6] = [
        ("en", "line 2", b"77,reason,7,"),
        ("fa", "خط 2", "77,raison,1,".as_bytes()),
        ("tr", "2. satır", b"77,reason,0,5,"),
        ("ru", "Строка 3", b"77,reason,1,\r\n77,reason,1,"),
        ("zh-TW", "第 2 行", b"77,reason,1,\xe7"),
        ("zh-TW", "`student`", b""),
    ];
    for (language, named, rows) in tables {
        let mut table = if rows.is_empty() {
            b"name,task,points\r\n".to_vec()
        } else {
            head.as_bytes().to_vec()
        };
        table.extend(rows);
        class.scratch.write("points.csv", table);
        let words = ["--hand", "points.csv", "--lang", language];
        let said = class.grade("out", &words).exits(2).stderr;
        assert!(said.contains(named), "{language}: {said}");
        if language != "en" {
            for english in ["no points", "no task", "fields", "twice", "UTF-8 at"] {
                assert!(!said.contains(english), "{language}: {said}");
            }
        }
    }
    let known = format!("{head}77,reason,1,\r\nAda,reason,1,\r\n");
    class.scratch.write("points.csv", known);
    let graded = class.grade("out", &["--hand", "points.csv"]).exits(0);
    assert!(
        graded.stderr.contains("Warning") && graded.stderr.contains("Ada"),
        "{}",
        graded.stderr
    );
}

#[test]
fn without_bubblewrap_nothing_runs_unless_the_students_are_trusted() {
    let class = Class::new("no-layer");
    class.archive();
    // Everything that compiles, and no bubblewrap.
    let programs = class.path("programs");
    fs::create_dir(&programs).expect("a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    for name in ["rustc", "cc"] {
        let program = std::env::split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|program| program.is_file());
        let program = program.unwrap_or_else(|| panic!("{name} is needed"));
        std::os::unix::fs::symlink(program, programs.join(name)).expect("a link");
    }
    let refused = class
        .scratch
        .weft(&grading("out", &[]))
        .env("PATH", &programs)
        .run()
        .exits(3);
    for word in ["bubblewrap", "apt install", "--i-trust-these-students"] {
        assert!(refused.stderr.contains(word), "{}", refused.stderr);
    }
    assert!(!class.path("out").exists());
    // With the words, and with the sandbox there is, every report says so.
    class.grade("out", &["--i-trust-these-students"]).exits(0);
    assert_eq!(class.grades("out")["sandbox"]["trusted"], true);
    assert!(
        class
            .read("out/students/77.html")
            .contains("class=\"warning\"")
    );
    class.grade("out", &[]).exits(0);
    assert_eq!(class.grades("out")["sandbox"].get("trusted"), None);
}
