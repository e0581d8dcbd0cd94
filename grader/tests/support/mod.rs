//! A class to grade: an assignment made anew, submissions as files, and a judge that decides by the answer's text.
#![allow(dead_code)] // Each test program uses another part.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use grader::assignment::{self, Assignment, NewOptions};
use grader::build::Toolchain;
use grader::check::BoxJudge;
use grader::grade::{GradeError, GradeOptions, Outcome, Sandbox};
use grader::judge::{Datum, Judge, Judgement, RunRecord, TaskSpec, Why};
use grader::sandbox::{self, Helper, Policy};
use grader::verdict::Verdict;
use messages::Language;
use serde_json::{Value, json};

/// The first process of boxes.
pub fn helper() -> Helper {
    Helper {
        program: env!("CARGO_BIN_EXE_weft-box").into(),
        arguments: Vec::new(),
    }
}

/// The judge of real gradings.
pub fn boxes(policy: Policy) -> BoxJudge {
    let sandbox = sandbox::Sandbox::new(helper(), policy).expect("a sandbox");
    let toolchain = Toolchain::find(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("a toolchain");
    BoxJudge::new(sandbox, toolchain)
}

/// Decides by a word in the answer: `judge: Wrong`, `judge: panic`, `judge: internal-once`, ...
#[derive(Default)]
pub struct TextJudge {
    pub seen: Mutex<BTreeMap<String, u32>>,
}

impl TextJudge {
    pub fn times(&self, answer: &str) -> u32 {
        self.seen.lock().unwrap().get(answer).copied().unwrap_or(0)
    }

    pub fn total(&self) -> u32 {
        self.seen.lock().unwrap().values().sum()
    }
}

pub fn run(verdict: Verdict, case: usize) -> RunRecord {
    RunRecord {
        check: 0,
        case,
        seed: u64::MAX,
        verdict,
        wall_ms: 1.5,
        cpu_ms: 0.5,
        peak_mb: 1.0,
        approximate: false,
        stdout: String::new(),
        stderr: String::new(),
        document: None,
    }
}

/// How a program ends that wants to say 4711.
fn ends(way: &str) -> Why {
    let number = 4711;
    match way {
        "line" => Why::Panicked {
            message: "the question was -5".to_owned(),
            line: Some(number),
        },
        "code" => Why::Ended { code: 4711 },
        "signal" => Why::Killed { signal: 4711 },
        "left" => Why::Leftover {
            threads: 4711,
            processes: 4711,
        },
        "unreaped" => Why::Unreaped { processes: 4711 },
        "threads" => Why::Threads {
            limit: 2,
            seen: 4711,
        },
        "rule" => Why::Order {
            check: 0,
            rule: "count(take) = arg0; argue".to_owned(),
            at: None,
            seed: 7,
        },
        _ => panic!("{way}"),
    }
}

fn datum(number: i64) -> Datum {
    serde_json::from_value(json!(number)).unwrap()
}

impl Judge for TextJudge {
    fn judge(&self, _: &TaskSpec, answer: &str) -> Judgement {
        let times = {
            let mut seen = self.seen.lock().unwrap();
            let times = seen.entry(answer.to_owned()).or_default();
            *times += 1;
            *times
        };
        let internal = || {
            Judgement::at_once(
                Verdict::Internal,
                Why::Internal {
                    what: "no room <b>".to_owned(),
                },
            )
        };
        let word = answer
            .split("judge: ")
            .nth(1)
            .and_then(|rest| rest.split_whitespace().next());
        let mut judgement = match word {
            None | Some("Accepted") => Judgement::at_once(Verdict::Accepted, Why::Fine),
            Some("panic") => panic!("the judge fell over"),
            Some("internal") => return internal(),
            Some("internal-once") if times == 1 => return internal(),
            Some("internal-once") => Judgement::at_once(Verdict::Accepted, Why::Fine),
            Some("half") => Judgement {
                share: 0.5,
                ..Judgement::at_once(Verdict::Partial(0.5), Why::Slept)
            },
            Some("nan") => Judgement {
                share: f64::NAN,
                ..Judgement::at_once(Verdict::Partial(f64::NAN), Why::Slept)
            },
            Some("more") => Judgement {
                share: 7.0,
                ..Judgement::at_once(Verdict::Wrong, Why::Forged)
            },
            Some("hostile") => {
                let message = "<script>alert(1)</script>\u{1b}[31m\u{202e}```".to_owned();
                let mut run = run(Verdict::RuntimeError, 0);
                run.stdout = "</pre><script>steal()</script>".to_owned();
                Judgement {
                    runs: vec![run],
                    ..Judgement::at_once(
                        Verdict::RuntimeError,
                        Why::Panicked {
                            message,
                            line: None,
                        },
                    )
                }
            }
            // About the first question, which everybody may see, or about the second, which is hidden.
            Some(word) if word.starts_with("hidden-") || word.starts_with("shown-") => {
                let (question, way) = word.split_once('-').unwrap();
                let mut run = run(Verdict::RuntimeError, usize::from(question == "hidden"));
                run.stdout = "the question was -5".to_owned();
                Judgement {
                    runs: vec![run],
                    ..Judgement::at_once(Verdict::RuntimeError, ends(way))
                }
            }
            Some("values") => {
                let why = Why::Values {
                    check: 0,
                    case: 0,
                    shown: true,
                    args: vec![datum(3)],
                    expected: Box::new(datum(6)),
                    found: Box::new(datum(4)),
                };
                let mut judgement = Judgement::at_once(Verdict::Wrong, why);
                judgement.schedule = Some("3.1.2".to_owned());
                judgement
            }
            Some(name) => Judgement::at_once(Verdict::from_name(name, 0.5).unwrap(), Why::Slept),
        };
        judgement.runs.push(run(judgement.verdict, 0));
        judgement
    }
}

/// Decides as that one does, and is a later grader all the same.
#[derive(Default)]
pub struct Another(pub TextJudge);

impl Judge for Another {
    fn judge(&self, task: &TaskSpec, answer: &str) -> Judgement {
        self.0.judge(task, answer)
    }

    fn grader(&self) -> &str {
        "weft 99.0.0 0123456789abcdef"
    }
}

/// A class in a folder of its own.
pub struct Class {
    pub folder: tempfile::TempDir,
    pub assignment: Assignment,
    pub judge: TextJudge,
}

impl Class {
    pub fn new() -> Class {
        Class::speaking(Language::En)
    }

    pub fn speaking(language: Language) -> Class {
        let folder = tempfile::tempdir().unwrap();
        let assignment = assignment::new(&NewOptions {
            folder: folder.path().join("first"),
            name: None,
            language,
            chapter: None,
        })
        .unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        Class {
            folder,
            assignment,
            judge: TextJudge::default(),
        }
    }

    pub fn inbox(&self) -> PathBuf {
        self.folder.path().join("in")
    }

    pub fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// The released notebook with these answers.
    pub fn notebook(&self, answers: &[(&str, &str)]) -> Value {
        let mut notebook: Value =
            serde_json::from_str(&self.assignment.released().unwrap().text()).unwrap();
        for (task, answer) in answers {
            cell(&mut notebook, task)["source"] = json!(answer);
        }
        notebook
    }

    /// Puts a notebook into the inbox.
    pub fn submit(&self, id: &str, notebook: impl AsRef<[u8]>) {
        let folder = self.inbox().join(id);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("notebook.ipynb"), notebook).unwrap();
    }

    /// Puts an answer to the first task into the inbox.
    pub fn answer(&self, id: &str, answer: &str) {
        self.submit(id, self.notebook(&[("doubled", answer)]).to_string());
    }

    pub fn options(&self) -> GradeOptions<'static> {
        GradeOptions {
            submissions: self.inbox(),
            out: self.out(),
            jobs: 2,
            resume: false,
            only: None,
            shard: None,
            language: Language::En,
            toolchain: "rustc 1.95.0".to_owned(),
            sandbox: Sandbox {
                level: "full".to_owned(),
                missing: Vec::new(),
                trusted: false,
            },
            timeline: None,
            hand: None,
            stop: None,
        }
    }

    pub fn try_grade(&self, options: &GradeOptions<'_>) -> Result<Outcome, GradeError> {
        grader::grade(&self.assignment, &self.judge, options, &mut |_| {})
    }

    pub fn grade(&self) -> Outcome {
        self.try_grade(&self.options()).unwrap()
    }

    pub fn grades(&self) -> Value {
        serde_json::from_slice(&fs::read(self.out().join("grades.json")).unwrap()).unwrap()
    }

    /// The verdict on the first task, and its points.
    pub fn verdict(&self, id: &str) -> (Option<String>, Option<f64>) {
        let grades = self.grades();
        let submissions = grades["submissions"].as_array().unwrap();
        let theirs = submissions
            .iter()
            .find(|submission| submission["id"] == id)
            .unwrap_or_else(|| panic!("{id}"));
        let task = &theirs["tasks"][0];
        (
            task["verdict"].as_str().map(str::to_owned),
            task["points"].as_f64(),
        )
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.out().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

/// The cell with this grade_id.
pub fn cell<'a>(notebook: &'a mut Value, id: &str) -> &'a mut Value {
    let cells = notebook["cells"].as_array_mut().unwrap();
    cells
        .iter_mut()
        .find(|cell| cell["metadata"]["nbgrader"]["grade_id"] == id)
        .unwrap()
}

/// Writes a zip file with these entries.
pub fn zip(path: &Path, entries: &[(&str, &[u8])]) {
    let mut archive = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in entries {
        let packed = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated);
        archive.start_file(*name, packed).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

/// All bytes of all files below a folder, and their names.
pub fn every_byte(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        bytes.extend(path.to_string_lossy().bytes());
        if path.is_dir() {
            bytes.extend(every_byte(&path));
        } else {
            bytes.extend(fs::read(&path).unwrap());
        }
    }
    bytes
}

pub fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle.as_bytes())
}
