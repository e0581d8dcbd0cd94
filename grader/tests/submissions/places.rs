//! Where submissions lie: folders, archives, trees of other programs, and what is no class.

use super::support::{Class, zip};
use super::{RIGHT, accepted, nothing};
use grader::grade::GradeError;
use grader::submission::SubmissionsError;
use std::fs;
use std::os::unix::fs::symlink;

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
