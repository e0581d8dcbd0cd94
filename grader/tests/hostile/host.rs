//! What a case could reach: a home and a course of the teacher's with secrets in them, other students' submissions, and
//! a ledger that knows them.
//!
//! Each worker has a host of its own, so that what changes there was changed by the case it is at. Everybody may read
//! and write all of it: nothing but the box keeps an answer from it.

use crate::case::{Case, usual_task};
use grader::assignment::{Assignment, Decides};
use grader::grade::{GradeOptions, Sandbox};
use grader::judge::Judge;
use grader::notebook::{Cell, CellKind, Notebook, Role};
use messages::Language;
use rusqlite::types::ValueRef;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The variable of the grader's environment that holds a secret.
pub const VARIABLE: &str = "WEFT_PLANTED";
/// The secrets: who reads one of them has got out, or was told.
pub const HOME: &str = "planted-in-the-home-of-the-teacher";
pub const ENVIRONMENT: &str = "planted-in-the-environment-of-the-grader";
const TESTS: &str = "planted-beside-the-hidden-tests";
const NEIGHBOUR: &str = "planted-in-the-answer-of-a-neighbour";
/// What the hidden question carries, and the right answer to it (`task.toml`).
const QUESTION: [&str; 2] = ["4861103", "23630322376609"];

/// The task that neighbours answer, and the one that the cases are answers to.
const USUAL: &str = "usual";
const HOSTILE: &str = "hostile";
/// Two who were graded before, and one who is graded beside each case.
const BEFORE: [(&str, &str); 2] = [
    ("right-neighbour", "fn square(n: u64) -> u64 { n * n }"),
    ("wrong-neighbour", "fn square(n: u64) -> u64 { n * n + 1 }"),
];
pub const BESIDE: &str = "beside";

/// What answers may leave behind where everybody can write.
pub const MARK: &str = "weft-was-here";

pub struct Host {
    folder: PathBuf,
    assignment: Assignment,
    blank: Notebook,
}

/// Everything a path is but its contents' meaning.
pub type Files = BTreeMap<PathBuf, String>;

/// Everything in a folder, but nothing of these folders and files in it.
pub fn files(folder: &Path, without: &[PathBuf]) -> Files {
    let mut found = Files::new();
    let mut left = vec![folder.to_owned()];
    while let Some(path) = left.pop() {
        if without.contains(&path) {
            continue;
        }
        let Ok(about) = fs::symlink_metadata(&path) else {
            continue;
        };
        let mut state = format!("{:o} {} {}", about.mode(), about.uid(), about.gid());
        if about.is_dir() {
            let entries = fs::read_dir(&path).into_iter().flatten().flatten();
            left.extend(entries.map(|entry| entry.path()));
        } else {
            state += &format!(" {} {}.{}", about.len(), about.mtime(), about.mtime_nsec());
            if about.is_file() && about.len() < 1 << 16 {
                state += &String::from_utf8_lossy(&fs::read(&path).unwrap_or_default());
            }
        }
        found.insert(path, state);
    }
    found
}

fn put(path: &Path, text: &str) {
    let folder = path.parent().expect("a folder");
    fs::create_dir_all(folder).expect("a folder");
    fs::write(path, text).expect("a file");
    fs::set_permissions(path, fs::Permissions::from_mode(0o666)).expect("permissions");
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).expect("permissions");
}

impl Host {
    /// Plants everything in an empty folder.
    pub fn plant(folder: PathBuf) -> Host {
        put(&folder.join("home/secret"), HOME);
        put(&folder.join("home/notes"), "");
        fs::create_dir_all(folder.join("tmp")).expect("a folder");
        let mut judge = usual_task();
        judge.remove("id");
        judge.remove("reference");
        let entry = |id: &str| {
            let mut entry = toml::Table::new();
            entry.insert("id".to_owned(), id.into());
            entry.insert("points".to_owned(), 1.0.into());
            entry.insert("judge".to_owned(), judge.clone().into());
            toml::Value::Table(entry)
        };
        let mut manifest = toml::Table::new();
        manifest.insert("name".to_owned(), "first".into());
        manifest.insert("task".to_owned(), vec![entry(USUAL), entry(HOSTILE)].into());
        let course = folder.join("course");
        put(
            &course.join("assignment.toml"),
            &format!("# {TESTS}\n{manifest}"),
        );
        let solution = format!(
            "// ### BEGIN SOLUTION\n// {TESTS}\nfn square(n: u64) -> u64 {{ n * n }}\n// ### END SOLUTION"
        );
        let mut notebook = Notebook::empty();
        notebook.cells = [USUAL, HOSTILE]
            .map(|id| {
                let role = Role::new(id, true, true, Some(1.0));
                Cell::new(CellKind::Code, id, &solution, Some(role))
            })
            .into();
        put(&course.join("source/first/first.ipynb"), &notebook.text());
        let assignment = Assignment::load(&course).expect("the assignment");
        let blank = assignment.released().expect("what students get");
        assert!(!blank.text().contains(TESTS));
        let host = Host {
            folder,
            assignment,
            blank,
        };
        for (id, answer) in BEFORE {
            host.submit(id, USUAL, &format!("// {NEIGHBOUR}\n{answer}"));
        }
        host
    }

    /// An answer in which the places that only this host knows are named.
    pub fn named_in(&self, answer: &str, case: &str) -> String {
        let place = |path: &str| self.folder.join(path).display().to_string();
        answer
            .replace("@home@", &place("home/secret"))
            .replace("@tests@", &place("course/assignment.toml"))
            .replace(
                "@neighbour@",
                &place("class/right-neighbour/notebook.ipynb"),
            )
            .replace("@ledger@", &place("out/ledger.sqlite"))
            .replace("@variable@", VARIABLE)
            .replace(MARK, &format!("{MARK}-{case}"))
    }

    pub fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    pub fn out(&self) -> PathBuf {
        self.folder.join("out")
    }

    fn submission(&self, id: &str) -> PathBuf {
        self.folder.join("class").join(id).join("notebook.ipynb")
    }

    fn submit(&self, id: &str, task: &str, answer: &str) {
        let mut notebook = self.blank.clone();
        for cell in &mut notebook.cells {
            if cell.role.as_ref().is_some_and(|role| role.grade_id == task) {
                answer.clone_into(&mut cell.source);
            }
        }
        put(&self.submission(id), &notebook.text());
    }

    /// Everything outside of the folder for results; what is outside of every host is looked at by [`crate::look`].
    pub fn files(&self) -> Files {
        files(&self.folder, &[self.out(), self.folder.join("before")])
    }

    fn grade(&self, assignment: &Assignment, judge: &dyn Judge) {
        let options = GradeOptions {
            submissions: self.folder.join("class"),
            out: self.out(),
            jobs: 2,
            resume: false,
            only: None,
            shard: None,
            language: Language::En,
            toolchain: "rustc".to_owned(),
            sandbox: Sandbox::default(),
            timeline: None,
            hand: None,
            stop: None,
        };
        grader::grade(assignment, judge, &options, &mut |_| {}).expect("a grading");
    }

    /// Grades the neighbours, so that the ledger knows them.
    pub fn grade_neighbours(&self, judge: &dyn Judge) -> Neighbours {
        self.grade(&self.assignment, judge);
        fs::rename(self.out(), self.folder.join("before")).expect("another name");
        let before = Neighbours::of(&self.folder.join("before"));
        let verdicts: Vec<&str> = before.verdicts.iter().map(|(_, it)| &**it).collect();
        assert_eq!(verdicts, ["Accepted 1", "Wrong 0"]);
        before
    }

    /// Puts a case and its neighbour among the submissions, and a ledger beside them that knows the others.
    pub fn hand_in(&self, case: &Case) {
        self.submit(&case.name, HOSTILE, &case.answer);
        self.submit(BESIDE, USUAL, &Host::answer_beside(&case.name));
        fs::create_dir_all(self.out()).expect("a folder");
        for entry in fs::read_dir(self.folder.join("before")).expect("a grading") {
            let path = entry.expect("a file").path();
            if path.is_file() {
                let name = path.file_name().expect("a name");
                fs::copy(&path, self.out().join(name)).expect("a copy");
            }
        }
    }

    /// The answer of the neighbour who is graded beside a case.
    pub fn answer_beside(case: &str) -> String {
        format!("// {NEIGHBOUR} {case}\nfn square(n: u64) -> u64 {{ n * n }}")
    }

    /// Grades the class with this case in it.
    pub fn grade_case(&self, case: &Case, judge: &dyn Judge) {
        let mut assignment = self.assignment.clone();
        for task in &mut assignment.tasks {
            if task.id == HOSTILE {
                task.decides = Decides::Judge {
                    spec: Box::new(case.task.clone()),
                    hash: case.name.clone(),
                };
            }
        }
        self.grade(&assignment, judge);
    }

    /// Takes a case away again, with all that was written about it.
    pub fn forget(&self, case: &Case) {
        for id in [&case.name, BESIDE] {
            fs::remove_dir_all(self.folder.join("class").join(id)).expect("no folder any more");
        }
        fs::remove_dir_all(self.out()).expect("no folder any more");
    }

    /// The verdict that the reports tell on a case, and on who was graded beside it.
    pub fn told(&self, case: &Case) -> [String; 2] {
        let told = told(&self.out());
        let of = |id: &str, task: usize| verdict(&told[id]["tasks"][task]);
        [of(&case.name, 1), of(BESIDE, 0)]
    }

    /// What the reports on a case tell, and should not.
    pub fn leaks(&self, case: &str) -> Vec<String> {
        let mut leaks = Vec::new();
        let mut kinds: Vec<String> = Vec::new();
        let mut own = 0;
        for path in files(&self.out(), &[])
            .into_keys()
            .filter(|path| path.is_file())
        {
            let name = path.strip_prefix(self.out()).expect("a file in it");
            let kind = path
                .extension()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let bytes = fs::read(&path).expect("a report");
            let is_report = ["html", "md", "csv", "json"].contains(&kind.as_str());
            // A student's own page may show her answer, and the ledger has to hold all of them.
            let of = |id: &str| path.file_stem().is_some_and(|stem| stem == id);
            let of_neighbours = of(BESIDE) || BEFORE.iter().any(|(id, _)| of(id));
            let mut secrets = vec![HOME, ENVIRONMENT];
            if is_report {
                secrets.push(TESTS);
                kinds.push(kind);
            }
            if is_report && !of_neighbours {
                secrets.push(NEIGHBOUR);
            }
            if of(case) {
                own += 1;
                secrets.extend(QUESTION);
            }
            for secret in secrets {
                if bytes
                    .windows(secret.len())
                    .any(|window| window == secret.as_bytes())
                {
                    leaks.push(format!("{} tells {secret:?}", name.display()));
                }
            }
        }
        kinds.sort();
        kinds.dedup();
        if kinds != ["csv", "html", "json", "md"] || own < 2 {
            leaks.push(format!(
                "there are reports of the kinds {kinds:?} only, {own} of its own"
            ));
        }
        leaks
    }
}

fn told(out: &Path) -> BTreeMap<String, Value> {
    let text = fs::read(out.join("grades.json")).expect("grades.json");
    let grades: Value = serde_json::from_slice(&text).expect("JSON");
    let submissions = grades["submissions"]
        .as_array()
        .expect("submissions")
        .iter();
    submissions
        .map(|one| {
            (
                one["id"].as_str().unwrap_or_default().to_owned(),
                one.clone(),
            )
        })
        .collect()
}

fn verdict(task: &Value) -> String {
    let (verdict, points) = (task["verdict"].as_str(), task["points"].as_f64());
    format!(
        "{} {}",
        verdict.unwrap_or("none"),
        points.unwrap_or(f64::NAN)
    )
}

/// What is known of the neighbours who were graded before: in the reports, and in every row of the ledger.
#[derive(Debug, PartialEq)]
pub struct Neighbours {
    pub verdicts: Vec<(String, String)>,
    pub rows: Vec<String>,
}

impl Neighbours {
    pub fn of(out: &Path) -> Neighbours {
        let told = told(out);
        let verdicts = BEFORE
            .map(|(id, _)| (id.to_owned(), verdict(&told[id]["tasks"][0])))
            .into();
        Neighbours {
            verdicts,
            rows: rows(out),
        }
    }
}

fn rows(out: &Path) -> Vec<String> {
    let ids = BEFORE.map(|(id, _)| format!("'{id}'")).join(", ");
    let inputs =
        format!("SELECT input FROM result WHERE submission IN ({ids}) AND task = '{USUAL}'");
    let connection = rusqlite::Connection::open(out.join("ledger.sqlite")).expect("the ledger");
    let mut rows = Vec::new();
    for select in [
        // How often it was begun is no result.
        &format!("SELECT id, name, origin, hash, done FROM submission WHERE id IN ({ids})"),
        &format!("SELECT * FROM result WHERE submission IN ({ids})"),
        &format!("SELECT * FROM judgement WHERE input IN ({inputs})"),
        &format!("SELECT * FROM run WHERE input IN ({inputs})"),
        &format!(
            "SELECT * FROM answer WHERE hash IN (SELECT answer FROM result WHERE submission IN ({ids}))"
        ),
        "SELECT * FROM hand",
    ] {
        let mut query = connection.prepare(select).expect("a query");
        let columns = query.column_count();
        let found = query.query_map([], |row| {
            let column = |place| {
                Ok::<_, rusqlite::Error>(match row.get_ref(place)? {
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    other => format!("{other:?}"),
                })
            };
            (0..columns).map(column).collect::<Result<Vec<_>, _>>()
        });
        let found = found
            .expect("rows")
            .map(|row| row.expect("a row").join(" | "));
        rows.extend(found);
    }
    rows.sort();
    rows
}
