//! Submissions nobody should hand in, and the verdict each one gets. Whatever comes, the others are graded.

mod support;

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;

use grader::grade::GradeError;
use grader::graft::{MAX_ANSWER_BYTES, MAX_NOTEBOOK_BYTES};
use grader::submission::SubmissionsError;
use messages::Language;
use serde_json::json;
use support::{Class, cell, contains, every_byte, zip};

const RIGHT: &str = "fn doubled(number: i64) -> i64 { number * 2 }";

fn accepted() -> (Option<String>, Option<f64>) {
    (Some("Accepted".to_owned()), Some(2.0))
}

fn nothing(verdict: &str) -> (Option<String>, Option<f64>) {
    (Some(verdict.to_owned()), Some(0.0))
}

/// Grades one submission beside a right one, which must not be touched by it.
fn verdict(submit: impl FnOnce(&Class)) -> (Option<String>, Option<f64>) {
    let class = Class::new();
    class.answer("right", RIGHT);
    submit(&class);
    class.grade();
    assert_eq!(class.verdict("right"), accepted());
    class.verdict("x")
}

/// Grades a notebook somebody changed.
fn changed(
    answer: &str,
    change: impl FnOnce(&mut serde_json::Value),
) -> (Option<String>, Option<f64>) {
    verdict(|class| {
        let mut notebook = class.notebook(&[("doubled", answer)]);
        change(&mut notebook);
        class.submit("x", notebook.to_string());
    })
}

#[test]
fn points_tags_and_kernelspec_have_no_effect() {
    let found = changed(RIGHT, |notebook| {
        notebook["metadata"]["kernelspec"] = json!({"name": "evil", "language": "python"});
        notebook["metadata"]["weft"] = json!(7);
        let answer = cell(notebook, "doubled");
        answer["metadata"]["nbgrader"]["points"] = json!(1000);
        answer["metadata"]["nbgrader"]["grade"] = json!(true);
        answer["metadata"]["tags"] = json!(["skip-execution", "raises-exception"]);
        answer["cell_type"] = json!("raw");
        answer["outputs"] = json!([{"output_type": "execute_result", "data": {"text/plain": "2"}}]);
    });
    assert_eq!(found, accepted());
    let points_are_none = changed(RIGHT, |notebook| {
        cell(notebook, "doubled-test")["metadata"]["nbgrader"]["points"] = json!("NaN");
    });
    assert_eq!(points_are_none, accepted());
}

#[test]
fn tests_may_be_edited_deleted_duplicated_and_renamed() {
    let wrong = "fn doubled(number: i64) -> i64 { number } // judge: Wrong";
    for change in [
        |notebook: &mut serde_json::Value| cell(notebook, "doubled-test")["source"] = json!("2.0"),
        |notebook: &mut serde_json::Value| {
            notebook["cells"]
                .as_array_mut()
                .unwrap()
                .retain(|cell| cell["id"] != "doubled-test");
        },
        |notebook: &mut serde_json::Value| {
            let copy = cell(notebook, "doubled-test").clone();
            notebook["cells"].as_array_mut().unwrap().push(copy);
        },
        |notebook: &mut serde_json::Value| {
            cell(notebook, "doubled-test")["metadata"]["nbgrader"]["grade_id"] = json!("mine");
        },
        |notebook: &mut serde_json::Value| notebook["cells"].as_array_mut().unwrap().reverse(),
    ] {
        assert_eq!(changed(wrong, change), nothing("Wrong"));
        assert_eq!(changed(RIGHT, change), accepted());
    }
}

#[test]
fn an_answer_that_is_not_there_is_incomplete() {
    let deleted = |notebook: &mut serde_json::Value| {
        notebook["cells"]
            .as_array_mut()
            .unwrap()
            .retain(|cell| cell["id"] != "doubled");
    };
    assert_eq!(changed(RIGHT, deleted), nothing("Incomplete"));
    let renamed = changed(RIGHT, |notebook| {
        cell(notebook, "doubled")["metadata"]["nbgrader"]["grade_id"] = json!("double");
    });
    assert_eq!(renamed, nothing("Incomplete"));
    assert_eq!(changed(" \n\t", |_| {}), nothing("Incomplete"));
    // What was handed out, with the white space an editor changes.
    assert_eq!(
        changed(
            "fn doubled(number: i64) -> i64 {\r\n  todo!()\r\n}\r\n",
            |_| {}
        ),
        nothing("Incomplete")
    );
    assert_eq!(
        changed(RIGHT, |notebook| notebook["cells"] = json!([])),
        nothing("Incomplete")
    );
}

#[test]
fn of_two_cells_with_one_name_the_one_that_was_written_in_counts() {
    let twice = |other: &'static str| {
        changed(RIGHT, move |notebook| {
            let mut copy = cell(notebook, "doubled").clone();
            copy["source"] = json!(other);
            notebook["cells"].as_array_mut().unwrap().insert(0, copy);
        })
    };
    assert_eq!(twice(RIGHT), accepted());
    assert_eq!(twice(""), accepted());
    assert_eq!(
        twice("fn doubled(number: i64) -> i64 {\n    todo!()\n}"),
        accepted()
    );
    assert_eq!(
        twice("fn doubled(number: i64) -> i64 { number + 1 }"),
        nothing("Invalid")
    );
    let many = changed(RIGHT, |notebook| {
        for copy in 0..1000 {
            let mut other = cell(notebook, "doubled").clone();
            other["source"] = json!(format!("fn f() {{ {copy} }}"));
            notebook["cells"].as_array_mut().unwrap().push(other);
        }
    });
    assert_eq!(many, nothing("Invalid"));
}

#[test]
fn lines_and_marks_of_other_systems_are_read() {
    assert_eq!(
        changed("fn doubled(number: i64) -> i64 {\r\n number * 2 }", |_| {}),
        accepted()
    );
    let marked = verdict(|class| {
        let text = format!("\u{feff}{}", class.notebook(&[("doubled", RIGHT)]));
        class.submit("x", text);
    });
    assert_eq!(marked, accepted());
}

#[test]
fn what_is_no_notebook_is_invalid() {
    let deep = format!("{{\"cells\": {}", "[".repeat(1 << 20));
    let deep_elsewhere = format!(
        "{{\"x\": {}{}, \"cells\": 1}}",
        "[".repeat(1 << 20),
        "]".repeat(1 << 20)
    );
    let utf16: Vec<u8> = "\u{feff}{\"cells\": []}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let strange: Vec<Vec<u8>> = vec![
        vec![],
        b"no json".to_vec(),
        b"[]".to_vec(),
        b"{}".to_vec(),
        b"\xff\xfe\x00\x00".to_vec(),
        b"null".to_vec(),
        b"{\"cells\": {}}".to_vec(),
        b"{\"cells\": null}".to_vec(),
        b"{\"cells\": [], \"cells\": []}".to_vec(),
        b"{\"cells\": []} and more".to_vec(),
        b"{\"cells\": [{\"source\": \"\\ud800\"}]}".to_vec(),
        b"{\"cells\": [{\"source\": \"".to_vec(),
        deep.into_bytes(),
        deep_elsewhere.into_bytes(),
        utf16,
    ];
    for bytes in strange {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert_eq!(
            verdict(|class| class.submit("x", &bytes)),
            nothing("Invalid"),
            "{start}"
        );
    }
}

#[test]
fn strange_values_in_other_places_change_nothing() {
    let huge = format!("1{}", "0".repeat(300));
    for strange in [
        "null",
        "true",
        "-1",
        "1e999999",
        &huge,
        "\"x\"",
        "[[[]]]",
        "{\"grade_id\": [1]}",
        "[\"doubled\"]",
    ] {
        let found = verdict(|class| {
            let mut notebook = class.notebook(&[("doubled", RIGHT)]);
            let mut odd = cell(&mut notebook, "doubled").clone();
            odd["metadata"] = json!("STRANGE");
            let cells = notebook["cells"].as_array_mut().unwrap();
            cells.push(odd);
            cells.push(json!({"metadata": {"nbgrader": "STRANGE"}, "source": "STRANGE"}));
            cells.push(json!({"metadata": {"nbgrader": {"grade_id": "STRANGE"}}, "source": ["STRANGE", "STRANGE"]}));
            cells.push(json!("STRANGE"));
            notebook["nbformat"] = json!("STRANGE");
            class.submit("x", notebook.to_string().replace("\"STRANGE\"", strange));
        });
        // A number that is none is not JSON.
        let expected = if strange == "1e999999" {
            nothing("Invalid")
        } else {
            accepted()
        };
        assert!(
            found == expected || found == accepted(),
            "{strange}: {found:?}"
        );
    }
}

#[test]
fn a_source_that_is_no_text_is_no_answer() {
    for source in [
        json!(7),
        json!({"a": 1}),
        json!([1, 2, [3]]),
        json!(null),
        json!([]),
    ] {
        let found = changed(RIGHT, |notebook| {
            cell(notebook, "doubled")["source"] = source
        });
        assert_eq!(found, nothing("Incomplete"));
    }
}

#[test]
fn an_endless_answer_is_invalid() {
    let long = "x".repeat(MAX_ANSWER_BYTES + 1);
    assert_eq!(changed(&long, |_| {}), nothing("Invalid"));
    let pieces = changed("", |notebook| {
        cell(notebook, "doubled")["source"] = json!(vec!["x\n"; MAX_ANSWER_BYTES]);
    });
    assert_eq!(pieces, nothing("Invalid"));
}

/// The most memory this process ever used, in KiB.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Writes a notebook of about this size: a beginning, and one piece again and again.
fn big(class: &Class, id: &str, size: u64, start: &str, piece: &str) {
    let folder = class.inbox().join(id);
    fs::create_dir_all(&folder).unwrap();
    let mut file = fs::File::create(folder.join("notebook.ipynb")).unwrap();
    file.write_all(start.as_bytes()).unwrap();
    let block = piece.repeat((1 << 20) / piece.len());
    for _ in 0..size >> 20 {
        file.write_all(block.as_bytes()).unwrap();
    }
}

#[test]
fn huge_notebooks_are_read_in_little_memory() {
    let class = Class::new();
    class.answer("right", RIGHT);
    big(&class, "too-large", 200 << 20, "{\"x\": [", "\"y\",");
    let shapes = [
        ("outputs", "{\"x\": [", "\"y\","),
        ("cells", "{\"cells\": [", "{},"),
        ("key", "{\"", "k"),
        ("string", "{\"cells\": [{\"source\": \"", "s"),
        ("lines", "{\"cells\": [{\"source\": [", "\"\","),
        (
            "numbers",
            "{\"cells\": [{\"metadata\": {\"nbgrader\": [",
            "0,",
        ),
    ];
    for (id, start, piece) in shapes {
        big(&class, id, MAX_NOTEBOOK_BYTES - (1 << 20), start, piece);
    }
    class.grade();
    assert_eq!(class.verdict("right"), accepted());
    assert!(class.read("students/too-large.md").contains("32 MB"));
    for (id, ..) in shapes {
        assert_eq!(class.verdict(id), nothing("Invalid"), "{id}");
        assert!(
            class.read(&format!("students/{id}.md")).contains("line 1"),
            "{id}"
        );
    }
    // Other tests of this program run at the same time and are counted as well.
    assert!(peak_kib() < 300 << 10, "{} KiB", peak_kib());
}

#[test]
fn links_and_fifos_are_not_followed() {
    let class = Class::new();
    class.answer("right", RIGHT);
    let secret = class.folder.path().join("secret.ipynb");
    fs::write(&secret, class.notebook(&[("doubled", RIGHT)]).to_string()).unwrap();
    let inbox = class.inbox();
    for id in ["link", "fifo", "folder", "device"] {
        fs::create_dir(inbox.join(id)).unwrap();
    }
    symlink(&secret, inbox.join("link/notebook.ipynb")).unwrap();
    symlink(class.inbox().join("right"), inbox.join("linked-folder")).unwrap();
    symlink("/dev/zero", inbox.join("device/notebook.ipynb")).unwrap();
    nix::unistd::mkfifo(
        &inbox.join("fifo/notebook.ipynb"),
        nix::sys::stat::Mode::S_IRWXU,
    )
    .unwrap();
    fs::create_dir(inbox.join("folder/notebook.ipynb")).unwrap();
    fs::create_dir(inbox.join("empty")).unwrap();
    class.grade();
    assert_eq!(class.verdict("right"), accepted());
    for id in ["link", "linked-folder", "device", "fifo", "folder", "empty"] {
        assert_eq!(class.verdict(id), nothing("Invalid"), "{id}");
    }
}

/// Files of a class that hold no notebook, as paths; the rest is what systems leave behind.
const NO_NOTEBOOKS: [&str; 17] = [
    "ada/essay.docx",
    "bob/src/main.rs",
    "bob/Cargo.toml",
    "bob/notes.txt",
    "bob/z.txt",
    "eve/work.rar",
    "Grace Hopper_77_assignsubmission_file_/essay.pdf",
    "Grace Hopper_77_assignsubmission_onlinetext_/text.html",
    "hopper_12_345_essay.pdf",
    "mia/week1/first.ipynb",
    "zoe/other/other.ipynb",
    "carol.py",
    "list of the class.csv",
    "__MACOSX/ada/._essay.docx",
    ".DS_Store",
    "ada/.DS_Store",
    "Thumbs.db",
];

/// Grades these submissions beside a right one, and looks at what became of [`NO_NOTEBOOKS`].
fn without_notebooks(class: &Class, submissions: std::path::PathBuf) {
    let mut options = class.options();
    options.submissions = submissions;
    let outcome = class.try_grade(&options).unwrap();
    assert_eq!(class.verdict("right"), accepted());
    for (id, found) in [
        ("ada", "only `essay.docx`."),
        // In no order of the system's.
        ("bob", "only `Cargo.toml`, `main.rs`, `notes.txt`, …."),
        ("eve", "only `work.rar`."),
        ("77", "only `essay.pdf`, `text.html`."),
        ("12", "only `essay.pdf`."),
    ] {
        assert_eq!(class.verdict(id), nothing("Invalid"), "{id}");
        let page = class.read(&format!("students/{id}.md"));
        let page = page.replace('\\', "");
        assert!(page.contains(found), "{id}: {page}");
    }
    // Nobody gets a zero for what nobody can be told to have handed in.
    assert_eq!(outcome.submissions, 6);
    let passed_over = ["carol.py", "list of the class.csv", "mia/week1/first.ipynb"];
    assert_eq!(outcome.passed_over, passed_over);
    let overview = class.read("overview.html");
    assert!(overview.contains("Not graded"), "{overview}");
    for path in passed_over {
        assert!(
            overview.contains(&format!("<li><bdi>{path}</bdi></li>")),
            "{path}"
        );
    }
    for litter in ["MACOSX", "DS_Store", "Thumbs"] {
        assert!(!overview.contains(litter), "{litter}");
    }
}

#[test]
fn what_holds_no_notebook_is_told_and_is_nobodys_zero_by_accident() {
    let class = Class::new();
    class.answer("right", RIGHT);
    for path in NO_NOTEBOOKS {
        let path = class.inbox().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "{}").unwrap();
    }
    without_notebooks(&class, class.inbox());
    // The same as one archive.
    let class = Class::new();
    let archive = class.folder.path().join("class.zip");
    let right = class.notebook(&[("doubled", RIGHT)]).to_string();
    let others = NO_NOTEBOOKS.map(|path| (path, b"{}".as_slice()));
    let right = [("right/first.ipynb", right.as_bytes())];
    zip(&archive, &[&right[..], &others].concat());
    without_notebooks(&class, archive);
}

#[test]
fn in_nbgraders_tree_only_what_is_of_this_assignment_is_missed() {
    let class = Class::new();
    let put = |path: &str, text: &str| {
        let path = class.inbox().join("submitted").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let right = class.notebook(&[("doubled", RIGHT)]).to_string();
    put("right/first/first.ipynb", &right);
    put("right/first/data.csv", "1");
    put("ada/first/essay.docx", "");
    put("bob/second/second.ipynb", &right);
    put("eve/second/essay.docx", "");
    fs::create_dir_all(class.inbox().join("submitted/empty/first")).unwrap();
    let outcome = class.grade();
    assert_eq!(outcome.submissions, 3);
    assert_eq!(outcome.passed_over, [""; 0]);
    assert_eq!(class.verdict("right"), accepted());
    for id in ["ada", "empty"] {
        assert_eq!(class.verdict(id), nothing("Invalid"), "{id}");
    }
}

#[test]
fn a_folder_of_something_else_is_no_class() {
    let class = Class::new();
    let refused = |class: &Class| match class.try_grade(&class.options()) {
        Err(GradeError::Submissions(SubmissionsError::None { passed_over, .. })) => passed_over,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&class), [""; 0]);
    for folder in ["Music", "Pictures/holidays"] {
        fs::create_dir_all(class.inbox().join(folder)).unwrap();
    }
    fs::write(class.inbox().join("Pictures/a.png"), "").unwrap();
    assert_eq!(refused(&class), ["Music", "Pictures"]);
    // The folder of one student, who is called neither `notebook` nor like the assignment.
    let right = class.notebook(&[("doubled", RIGHT)]).to_string();
    for name in ["notebook.ipynb", "first.ipynb", "first.zip"] {
        fs::write(class.inbox().join(name), &right).unwrap();
    }
    let found = [
        "first.ipynb",
        "first.zip",
        "notebook.ipynb",
        "Music",
        "Pictures",
    ];
    assert_eq!(refused(&class), found);
    // The folder above the class.
    let above = Class::new();
    above.answer("class/ada", RIGHT);
    above.answer("class/bob", RIGHT);
    let mut found = refused(&above);
    found.sort();
    assert_eq!(
        found,
        ["class/ada/notebook.ipynb", "class/bob/notebook.ipynb"]
    );
    assert!(!above.out().exists() && !class.out().exists());
}

#[test]
fn a_zip_file_without_a_notebook_is_told_with_what_is_in_it() {
    let class = Class::new();
    class.answer("right", RIGHT);
    let long = format!("{}.docx", "é".repeat(100));
    zip(
        &class.inbox().join("x.zip"),
        &[
            ("a/b/`essay`.docx", b""),
            (&long, b""),
            ("__MACOSX/._c", b""),
        ],
    );
    class.grade();
    assert_eq!(class.verdict("x"), nothing("Invalid"));
    let points = class.read("points.csv");
    let told = format!("only `'essay'.docx`, `{}…`.", "é".repeat(60));
    assert!(points.contains(&told), "{points}");
}

#[test]
fn an_archive_of_moodle_is_graded_as_it_is() {
    let class = Class::new();
    let notebook = class.notebook(&[("doubled", RIGHT)]).to_string();
    let packed = class.folder.path().join("packed.zip");
    zip(
        &packed,
        &[
            ("first.ipynb", notebook.as_bytes()),
            ("weft-submission.json", b"{}"),
        ],
    );
    let archive = class.folder.path().join("class.zip");
    zip(
        &archive,
        &[
            (
                "Ada Lovelace_7_assignsubmission_file_/first.ipynb",
                notebook.as_bytes(),
            ),
            (
                "Émile_8_assignsubmission_file_/sub/my own name.ipynb",
                notebook.as_bytes(),
            ),
            ("Two_9_assignsubmission_file_/a.ipynb", notebook.as_bytes()),
            ("Two_9_assignsubmission_file_/b.ipynb", notebook.as_bytes()),
            (
                "Packed_10_assignsubmission_file_/packed.zip",
                &fs::read(&packed).unwrap(),
            ),
            ("Broken_11_assignsubmission_file_/packed.zip", b"PK no zip"),
            (
                "__MACOSX/Ada Lovelace_7_assignsubmission_file_/._first.ipynb",
                b"x",
            ),
            ("../../../escape/first.ipynb", notebook.as_bytes()),
            ("/absolute/first.ipynb", notebook.as_bytes()),
        ],
    );
    let mut options = class.options();
    options.submissions = archive;
    class.try_grade(&options).unwrap();
    for id in ["7", "8", "10"] {
        assert_eq!(class.verdict(id), accepted(), "{id}");
    }
    for id in [
        "9",
        "11",
        "../../../escape/first.ipynb",
        "/absolute/first.ipynb",
    ] {
        assert_eq!(class.verdict(id), nothing("Invalid"), "{id}");
    }
    assert!(!class.folder.path().join("escape").exists());
    let worksheet = class.read("moodle.csv");
    assert!(
        worksheet.starts_with("Identifier,Full name,Grade,Last modified (grade)\r\n"),
        "{worksheet}"
    );
    assert!(
        worksheet.contains("Participant 7,Ada Lovelace,2,"),
        "{worksheet}"
    );
}

#[test]
fn a_zip_bomb_costs_little() {
    let class = Class::new();
    class.answer("right", RIGHT);
    let zeros = vec![b' '; 64 << 20];
    let bomb = class.inbox().join("x.zip");
    zip(&bomb, &[("first.ipynb", &zeros)]);
    assert!(fs::metadata(&bomb).unwrap().len() < 1 << 20);
    let nested = class.inbox().join("nested");
    fs::create_dir(&nested).unwrap();
    fs::copy(&bomb, nested.join("x.zip")).unwrap();
    drop(zeros);
    class.grade();
    assert_eq!(class.verdict("right"), accepted());
    assert_eq!(class.verdict("x"), nothing("Invalid"));
    assert_eq!(class.verdict("nested"), nothing("Invalid"));
    assert!(
        class
            .read("students/x.md")
            .contains(&format!("{} MB", MAX_NOTEBOOK_BYTES >> 20))
    );
}

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
