//! Answers that are compiled with crates the toolchain was given, and those that must not be.

mod support;

use grader::build::{Library, Toolchain};
use grader::check::BoxJudge;
use grader::judge::{Judge, Judgement, TaskSpec, Why};
use grader::sandbox::{Policy, Sandbox};
use grader::verdict::Verdict;
use std::fs;
use std::path::Path;
use std::process::Command;
use support::helper;

const TASK: &str = r#"
id = "square"
reference = "fn square(n: u64) -> u64 { n * n }"
checks = [{ probe = "square(input.get(0))", cases = [{ args = [7] }] }]
"#;

fn task(library: bool) -> TaskSpec {
    let task: TaskSpec = toml::from_str(TASK).expect("a task");
    TaskSpec { library, ..task }
}

fn toolchain() -> Toolchain {
    Toolchain::find(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("a toolchain")
}

/// The crate `aid`, which stands on the crate `below`.
fn compiled(toolchain: &Toolchain, folder: &Path) -> Library {
    let aid = "pub fn times(a: u64, b: u64) -> u64 { below::times(a, b) }";
    let below = "pub fn times(a: u64, b: u64) -> u64 { a * b }";
    for (name, text) in [("below", below), ("aid", aid)] {
        let source = folder.join(format!("{name}.rs"));
        fs::write(&source, text).expect("a source");
        let status = Command::new(toolchain.sysroot.join("bin/rustc"))
            .args(["--edition=2024", "--crate-type=rlib", "-Cprefer-dynamic"])
            .arg(format!("--crate-name={name}"))
            .arg(format!("--extern=below={}/libbelow.rlib", folder.display()))
            .arg("--out-dir")
            .arg(folder)
            .arg(source)
            .status();
        assert!(status.is_ok_and(|status| status.success()), "{name}");
    }
    Library {
        folder: folder.to_owned(),
        crates: vec![("aid".to_owned(), "libaid.rlib".to_owned())],
        digest: "aid 1".to_owned(),
    }
}

fn judge(toolchain: Toolchain) -> BoxJudge {
    let sandbox = Sandbox::new(helper(), Policy::Strict).expect("a sandbox");
    BoxJudge::new(sandbox, toolchain)
}

/// A judge that has the library, and the folder it is in.
fn judge_with_library() -> (BoxJudge, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = toolchain();
    let library = compiled(&plain, folder.path());
    (
        judge(plain.with_library(&library).expect("a library")),
        folder,
    )
}

const WITH_AID: &str = "fn square(n: u64) -> u64 { aid::times(n, n) }";

#[track_caller]
fn does_not_compile(judgement: &Judgement, says: &str) {
    let Why::Compiler { notes } = &judgement.why else {
        panic!("{:?}", judgement.why);
    };
    assert!(notes[0].message.contains(says), "{notes:?}");
}

#[test]
fn only_a_task_that_asks_for_the_library_gets_it() {
    let (judge, _folder) = judge_with_library();
    let (with, without) = (task(true), task(false));
    let all = [
        (&with, WITH_AID),
        (&without, WITH_AID),
        (&without, "fn square(n: u64) -> u64 { n * n }"),
    ];
    let found = judge.judge_all(&all);
    let verdicts: Vec<Verdict> = found.iter().map(|one| one.verdict).collect();
    // Also not where another answer of the same student is given it.
    assert_eq!(
        verdicts,
        [Verdict::Accepted, Verdict::CompileError, Verdict::Accepted],
        "{found:?}"
    );
    does_not_compile(&found[1], "aid");
    assert_eq!(
        judge.compiles("", WITH_AID, true).expect("a compiler"),
        None
    );
    assert!(
        judge
            .compiles("", WITH_AID, false)
            .expect("a compiler")
            .is_some()
    );
}

#[test]
fn what_the_library_stands_on_has_no_name_in_answers() {
    let (judge, _folder) = judge_with_library();
    for answer in [
        "fn square(n: u64) -> u64 { below::times(n, n) }",
        "extern crate below; fn square(n: u64) -> u64 { below::times(n, n) }",
    ] {
        does_not_compile(&judge.judge(&task(true), answer), "below");
    }
}

#[test]
fn a_running_answer_sees_nothing_of_the_library() {
    let (judge, folder) = judge_with_library();
    let answer = format!(
        "fn square(n: u64) -> u64 {{
            for place in [\"/weft/library\", {:?}] {{
                assert!(std::fs::read_dir(place).is_err());
            }}
            aid::times(n, n)
        }}",
        folder.path()
    );
    let judgement = judge.judge(&task(true), &answer);
    assert_eq!(judgement.verdict, Verdict::Accepted, "{:?}", judgement.why);
}

#[test]
fn a_library_that_is_not_there_is_our_fault() {
    let judgement = judge(toolchain()).judge(&task(true), WITH_AID);
    assert_eq!(judgement.verdict, Verdict::Internal, "{:?}", judgement.why);
    let library = Library {
        folder: "/nowhere".into(),
        crates: vec![("aid".to_owned(), "libaid.rlib".to_owned())],
        digest: String::new(),
    };
    let error = toolchain().with_library(&library).expect_err("no crate");
    assert!(error.to_string().contains("/nowhere"), "{error}");
}

/// Students would be told that their answers do not compile.
#[test]
fn a_library_that_cannot_be_compiled_with_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = toolchain();
    let library = compiled(&plain, folder.path());
    fs::remove_file(folder.path().join("libbelow.rlib")).expect("a crate");
    let error = plain.with_library(&library).expect_err("half a library");
    assert!(error.to_string().contains("below"), "{error}");
}

#[test]
fn a_library_may_go_while_answers_are_judged() {
    let (judge, folder) = judge_with_library();
    fs::remove_dir_all(folder.path()).expect("the library");
    let judgement = judge.judge(&task(true), WITH_AID);
    assert_eq!(judgement.verdict, Verdict::Accepted, "{:?}", judgement.why);
}

/// As where the user lets nobody else read what she makes (`umask 077`); as root we are somebody else in a box.
#[test]
fn a_library_that_only_its_owner_can_read_is_read_in_boxes() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = toolchain();
    let library = compiled(&plain, folder.path());
    for file in ["libaid.rlib", "libbelow.rlib"] {
        let owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(folder.path().join(file), owner).expect("its rights");
    }
    let judge = judge(plain.with_library(&library).expect("a library"));
    let judgement = judge.judge(&task(true), WITH_AID);
    assert_eq!(judgement.verdict, Verdict::Accepted, "{:?}", judgement.why);
}

#[test]
fn another_library_is_another_toolchain() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = toolchain();
    let library = compiled(&plain, folder.path());
    assert_eq!(plain.identity(), plain.version);
    let identity = |digest: &str| {
        let library = Library {
            digest: digest.to_owned(),
            ..library.clone()
        };
        toolchain()
            .with_library(&library)
            .expect("a library")
            .identity()
    };
    let found = identity("aid 1");
    assert!(
        found.starts_with(&plain.version) && found.contains("aid 1"),
        "{found}"
    );
    assert_ne!(found, identity("aid 2"));
}

/// What was judged before tasks could ask for a library stays judged.
#[test]
fn a_task_without_library_is_written_as_before() {
    let written = |library| serde_json::to_string(&task(library)).expect("JSON");
    assert!(!written(false).contains("library"));
    assert!(written(true).contains("\"library\":true"));
}
