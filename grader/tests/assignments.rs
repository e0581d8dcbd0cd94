//! Assignments: made, checked, released; and nbgrader's opinion of what we release.

mod support;

use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};

use grader::assignment::{self, Assignment, CheckOptions, Claim, NewOptions};
use grader::judge::{Judge, Judgement, TaskSpec, Why};
use grader::notebook::Notebook;
use grader::release::{Stubs, release};
use grader::verdict::Verdict;
use messages::Language;
use support::Class;

/// What nbgrader 0.9.6 made of `source.ipynb` with these stubs.
const SOURCE: &str = include_str!("nbgrader/source.ipynb");
const RELEASED: &str = include_str!("nbgrader/released.ipynb");
const STUBS: Stubs<'static> = Stubs {
    code: "// your code\ntodo!()",
    text: "پاسخ شما",
};

#[test]
fn a_release_is_the_one_nbgrader_makes_byte_for_byte() {
    let released = release(&Notebook::parse(SOURCE).unwrap(), &STUBS).unwrap();
    assert_eq!(released.text(), RELEASED);
}

#[test]
fn a_notebook_is_written_as_it_was_read() {
    for text in [SOURCE, RELEASED] {
        assert_eq!(Notebook::parse(text).unwrap().text(), text);
    }
}

#[test]
fn a_release_holds_neither_solutions_nor_hidden_tests() {
    let class = Class::new();
    let path = class.assignment.release().unwrap();
    let text = fs::read_to_string(path).unwrap();
    for secret in ["number * 2", "-10", "SOLUTION", "HIDDEN"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let notebook = Notebook::parse(&text).unwrap();
    let cell = notebook.cell("doubled").unwrap();
    assert_eq!(
        cell.source,
        "fn doubled(number: i64) -> i64 {\n    todo!()\n}"
    );
}

#[test]
fn markers_that_do_not_pair_are_refused() {
    for (wrong, from) in [
        ("// BEGIN SOLUTION", "// ### END SOLUTION"),
        ("// nothing", "// ### END SOLUTION"),
        ("// nothing", "// END HIDDEN TESTS"),
    ] {
        let text = SOURCE.replacen(from, wrong, 1);
        assert_ne!(text, SOURCE);
        let error = release(&Notebook::parse(&text).unwrap(), &STUBS).unwrap_err();
        assert!(error.to_string().contains("come in pairs"), "{error}");
    }
}

#[test]
fn metadata_that_would_go_wrong_later_is_refused_now() {
    for (from, to, says) in [
        ("\"points\": 0.5", "\"points\": -1", "no points"),
        ("\"points\": 0.5", "\"points\": \"NaN\"", "no points"),
        ("\"points\": 0.5", "\"points\": 1e300", "no points"),
        (
            "\"grade_id\": \"relay\"",
            "\"grade_id\": \"a b\"",
            "not a name",
        ),
        (
            "\"grade_id\": \"relay\"",
            "\"grade_id\": \"setup\"",
            "used twice",
        ),
        (
            "\"schema_version\": 3",
            "\"schema_version\": 2",
            "schema_version",
        ),
        ("\"grade\": true", "\"grade\": 1", "not true or false"),
        ("\"nbformat\": 4,", "\"nbformat\": 3,", "format is not 4"),
    ] {
        let text = SOURCE.replacen(from, to, 1);
        assert_ne!(text, SOURCE, "{from}");
        let error = Notebook::parse(&text).unwrap_err().to_string();
        assert!(error.contains(says), "{to}: {error}");
    }
}

#[test]
fn a_new_assignment_can_be_graded_in_every_language() {
    for language in Language::ALL {
        let class = Class::speaking(language);
        assert_eq!(class.assignment.tasks.len(), 2);
        assert_eq!(class.assignment.max_points(), 3.0);
        assert_eq!(
            class.assignment.title(language),
            messages::text(language, "grading-new-title")
        );
        class.assignment.released().unwrap();
    }
}

#[test]
fn a_new_assignment_is_not_written_over_anything() {
    let class = Class::new();
    let again = NewOptions {
        folder: class.assignment.folder.clone(),
        name: None,
        language: Language::En,
        chapter: None,
    };
    assert!(
        assignment::new(&again)
            .unwrap_err()
            .to_string()
            .contains("not empty")
    );
    let named = NewOptions {
        folder: class.folder.path().join("x y"),
        name: None,
        language: Language::En,
        chapter: None,
    };
    assert!(
        assignment::new(&named)
            .unwrap_err()
            .to_string()
            .contains("not a name")
    );
}

/// Each is a change of the manifest, where in what was changed it is found, and what is said of it.
const WRONG_MANIFESTS: &[(&str, &str, &str, &str)] = &[
    (
        "points = 2",
        "points = 3",
        "points",
        "both must be the same",
    ),
    (
        "points = 2",
        "points = nan",
        "points",
        "`points` is nan; it is a number from 0",
    ),
    (
        "points = 2",
        "points = -2",
        "points",
        "`points` is -2; it is a number from 0",
    ),
    (
        "points = 2",
        "points = \"two\"",
        "points",
        "`points` is \"two\", which is no Number",
    ),
    ("points = 2\n", "", "^[[task]]", "`points` is missing"),
    (
        "points = 2",
        "points = 2\npoints = 2",
        "points = 2\ntests",
        "`points` is there twice",
    ),
    (
        "points = 2",
        "points = = 2",
        "points = =",
        "`points = = 2` is no TOML",
    ),
    (
        "id = \"doubled\"",
        "id = \"halved\"",
        "id =",
        "no cell \"halved\"",
    ),
    (
        "id = \"doubled\"",
        "id = \"heading\"",
        "id =",
        "not marked as an answer",
    ),
    (
        "id = \"reason\"",
        "id = \"doubled\"",
        "id = \"doubled\"\npoints = 1",
        "twice",
    ),
    (
        "tests = [\"doubled-test\"]",
        "tests = [\"x\"]",
        "tests",
        "no cell \"x\"",
    ),
    (
        "tests = [\"doubled-test\"]",
        "tests = \"x\"",
        "tests",
        "`tests` is \"x\", which is no Texts",
    ),
    (
        "tests = [\"doubled-test\"]",
        "tests = [7]",
        "tests",
        "`tests` is 7, which is no Text",
    ),
    (
        "[limits]",
        "[limit]",
        "[limit]",
        "unknown field `limit`; known are `name`, `title`",
    ),
    ("[stub]", "[stubs]", "[stubs]", "unknown field `stubs`"),
    (
        "name = \"first\"",
        "name = \"../first\"",
        "name",
        "not a name",
    ),
    (
        "name = \"first\"",
        "name = 7",
        "name",
        "`name` is 7, which is no Text",
    ),
    ("name = \"first\"\n", "", "", "`name` is missing"),
    (
        "probe = ",
        "prove = ",
        "prove",
        "unknown field `prove`; known are",
    ),
    (
        "probe = ",
        "repeats = 0\nprobe = ",
        "repeats",
        "`repeats` is 0; it can be 1 to",
    ),
    (
        "probe = ",
        "repeats = 4000000000\nprobe = ",
        "repeats",
        "`repeats` is 4000000000",
    ),
    (
        "probe = ",
        "repeats = 2.5\nprobe = ",
        "repeats",
        "`repeats` is 2.5, which is no Whole",
    ),
    (
        "probe = ",
        "weight = 0\nprobe = ",
        "weight",
        "`weight` is 0; it is a number above 0",
    ),
    (
        "probe = ",
        "weight = inf\nprobe = ",
        "weight",
        "`weight` is inf",
    ),
    (
        "probe = ",
        "max_threads = 0\nprobe = ",
        "max_threads",
        "`max_threads` is 0",
    ),
    (
        "probe = ",
        "compare = { within = -1 }\nprobe = ",
        "compare",
        "`within` is -1",
    ),
    (
        "probe = ",
        "compare = { within = nan }\nprobe = ",
        "compare",
        "`within` is nan",
    ),
    (
        "probe = ",
        "compare = \"exakt\"\nprobe = ",
        "compare",
        "\"exakt\"; it can be `exact`, `any-order`",
    ),
    (
        "probe = ",
        "order = [{ rule = \"counts\" }]\nprobe = ",
        "order",
        "`rule` is \"counts\"; it can be `count`",
    ),
    (
        "probe = ",
        "order = [{ rule = \"count\", of = {} }]\nprobe = ",
        "order",
        "`is` is missing",
    ),
    (
        "probe = ",
        "order = [{ of = {} }]\nprobe = ",
        "order",
        "`rule` is missing",
    ),
    (
        "probe = ",
        "order = [7]\nprobe = ",
        "order",
        "`order` is 7, which is no Table",
    ),
    (
        "probe = ",
        "leftovers = \"no\"\nprobe = ",
        "leftovers",
        "\"no\", which is no Truth",
    ),
    (
        "probe = \"doubled(input.get::<i64>(0))\"\n",
        "",
        "^[[task.judge.checks]]",
        "neither asks",
    ),
    (
        "cases = [\n",
        "cases = 3\nwas = [\n",
        "cases",
        "`cases` is 3, which is no Tables",
    ),
    (
        "{ args = [3],",
        "{ args = 3,",
        "{ args = 3",
        "`args` is 3, which is no List",
    ),
    (
        "forbidden = ",
        "prelude = 7\nforbidden = ",
        "prelude",
        "`prelude` is 7, which is no Text",
    ),
    (
        "forbidden = ",
        "reference = \"x\"\nforbidden = ",
        "reference",
        "unknown field `reference`",
    ),
    (
        "wall_ms = 2000",
        "wall_ms = 0",
        "wall_ms",
        "`wall_ms` is 0; it can be 1 to",
    ),
    (
        "wall_ms = 2000",
        "wall_ms = 1_000_000_000_000_000_000_000_000",
        "wall_ms",
        "`wall_ms` is 1_000_000",
    ),
    ("threads = 8", "threads = 0", "threads", "`threads` is 0"),
    ("threads = 8", "threads = -8", "threads", "`threads` is -8"),
    (
        "memory_mb = 256",
        "memory_mb = 9007199254740993",
        "memory_mb",
        "is 9007199254740993",
    ),
    (
        "memory_mb = 256",
        "memory_mb = \"256\"",
        "memory_mb",
        "is \"256\", which is no Whole",
    ),
    (
        "[task.judge]",
        "[task.judge]\nlimits = { disk_mb = -1 }",
        "limits =",
        "`disk_mb` is -1",
    ),
    (
        "[task.judge]",
        "[task.judge]\nunsafe = 1",
        "unsafe",
        "`unsafe` is 1, which is no Truth",
    ),
];

#[test]
fn a_wrong_manifest_is_told_by_its_line_and_its_key() {
    let class = Class::new();
    let path = class.assignment.folder.join("assignment.toml");
    let manifest = fs::read_to_string(&path).unwrap();
    for (from, to, at, says) in WRONG_MANIFESTS {
        let changed = manifest.replacen(from, to, 1);
        assert_ne!(changed, manifest, "{from}");
        fs::write(&path, &changed).unwrap();
        let error = Assignment::load(&class.assignment.folder)
            .unwrap_err()
            .to_string();
        let change = manifest.find(from).unwrap();
        // What stands before the change is marked with `^`.
        let place = match at.strip_prefix('^') {
            Some(before) => changed[..change].rfind(before).unwrap(),
            None => change + changed[change..].find(at).unwrap_or_else(|| panic!("{at}")),
        };
        let line = changed[..place].lines().count().max(1);
        let line = line + usize::from(changed[..place].ends_with('\n'));
        let begins = format!("assignment.toml, line {line}: ");
        assert!(error.contains(says), "{to}: {error}");
        assert!(error.contains(&begins), "{to}: {begins}, not {error}");
    }
}

#[test]
fn a_manifest_that_is_cut_off_anywhere_is_refused_or_read_and_never_ends_the_program() {
    let class = Class::new();
    let path = class.assignment.folder.join("assignment.toml");
    let manifest = fs::read_to_string(&path).unwrap();
    let mut refused = 0;
    for end in 0..manifest.len() {
        fs::write(&path, &manifest[..end]).unwrap();
        refused += u32::from(Assignment::load(&class.assignment.folder).is_err());
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn what_an_answer_may_use_is_released_with_it() {
    let class = Class::new();
    let path = class.assignment.folder.join("assignment.toml");
    let manifest = fs::read_to_string(&path).unwrap();
    let released = || {
        let assignment = Assignment::load(&class.assignment.folder).unwrap();
        assignment.released().unwrap().metadata["weft"].clone()
    };
    assert_eq!(released().get("preludes"), None);
    let with = "prelude = \"use std::thread;\"\nforbidden = ";
    fs::write(&path, manifest.replacen("forbidden = ", with, 1)).unwrap();
    assert_eq!(released()["preludes"]["doubled"], "use std::thread;\n");
    assert_eq!(released().get("library"), None);
    let with = "library = true\nforbidden = ";
    fs::write(&path, manifest.replacen("forbidden = ", with, 1)).unwrap();
    assert_eq!(released()["library"], serde_json::json!(["doubled"]));
}

/// Accepts answers that double, and sometimes fails a right one.
struct Doubles {
    asked: AtomicU32,
    fails_at: u32,
}

impl Judge for Doubles {
    fn judge(&self, _: &TaskSpec, answer: &str) -> Judgement {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let right = answer.contains("number * 2") || answer.contains("number + number");
        if answer.contains("todo!()") {
            Judgement::at_once(Verdict::Incomplete, Why::NotWritten)
        } else if right && asked != self.fails_at {
            Judgement::at_once(Verdict::Accepted, Why::Fine)
        } else {
            Judgement::at_once(Verdict::Wrong, Why::Slept)
        }
    }
}

fn refuted(class: &Class, fails_at: u32) -> Vec<(Claim, u32)> {
    let assignment = Assignment::load(&class.assignment.folder).unwrap();
    let judge = Doubles {
        asked: AtomicU32::new(0),
        fails_at,
    };
    let proofs = assignment::check(&assignment, &judge, &CheckOptions::default(), |_| {}).unwrap();
    proofs
        .iter()
        .filter(|proof| !proof.holds)
        .map(|proof| (proof.claim, proof.times))
        .collect()
}

#[test]
fn a_sound_assignment_passes_its_check() {
    let class = Class::new();
    assert_eq!(refuted(&class, 0), []);
}

#[test]
fn a_reference_that_fails_once_in_twenty_refutes_the_assignment() {
    assert_eq!(refuted(&Class::new(), 20), [(Claim::ReferenceAccepted, 20)]);
}

#[test]
fn each_proof_can_fail() {
    let class = Class::new();
    let put = |path: &str, text: &str| fs::write(class.assignment.folder.join(path), text).unwrap();
    put("wrong/doubled/is-right.rs", "fn doubled() { number * 2 }");
    put("right/doubled/is-wrong.rs", "fn doubled() {}");
    put(
        "wrong/doubled/other.rs",
        "// verdict: TimeLimit\nfn doubled() {}",
    );
    assert_eq!(
        refuted(&class, 0),
        [
            (Claim::RightAccepted, 1),
            (Claim::WrongRejected, 1),
            (Claim::WrongRejected, 1)
        ]
    );
    fs::remove_dir_all(class.assignment.folder.join("wrong")).unwrap();
    assert!(refuted(&class, 0).contains(&(Claim::WrongExists, 0)));
}

#[test]
fn what_no_proof_is_about_is_not_passed_over() {
    let class = Class::new();
    let put = |path: &str| {
        let path = class.assignment.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "fn doubled(number: i64) -> i64 { number * 2 }").unwrap();
    };
    // A task that nobody knows, no task at all, an ending nobody reads, a task that is graded by hand.
    let stray = [
        "right/nosuch/a.rs",
        "wrong/a.rs",
        "wrong/doubled/deeper/a.rs",
        "wrong/doubled/notes.RS",
        "wrong/doublde/a.rs",
        "wrong/reason/a.rs",
    ];
    stray.iter().for_each(|path| put(path));
    put("wrong/.hidden");
    put("wrong/doubled/.a.rs.swp");
    let assignment = Assignment::load(&class.assignment.folder).unwrap();
    let judge = Doubles {
        asked: AtomicU32::new(0),
        fails_at: 0,
    };
    let proofs = assignment::check(&assignment, &judge, &CheckOptions::default(), |_| {}).unwrap();
    let mut refuted: Vec<String> = proofs
        .iter()
        .filter(|proof| !proof.holds)
        .map(|proof| {
            let file = proof.file.as_ref().unwrap();
            let inside = file.strip_prefix(&class.assignment.folder).unwrap();
            inside.display().to_string()
        })
        .collect();
    refuted.sort();
    assert_eq!(
        refuted,
        [
            "right/nosuch",
            "wrong/a.rs",
            "wrong/doublde",
            "wrong/doubled/deeper",
            "wrong/doubled/notes.RS",
            "wrong/reason",
        ]
    );
}
