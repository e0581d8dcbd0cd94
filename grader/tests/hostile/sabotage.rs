//! What must not happen, done on purpose: each look after a case has to find it, and to name the case.

use crate::case::{Case, Expected, usual_task};
use crate::host::{self, Host, MARK};
use grader::judge::{Judge, Judgement, RunRecord, TaskSpec, Why};
use grader::verdict::Verdict;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// Cases, and what is to be said of each. Nothing is wrong with the first and the last.
pub const CASES: [(&str, &str); 20] = [
    ("behaves", ""),
    ("leaves_a_process", "is left (sleep 600)"),
    ("takes_a_file_away", "home/notes is gone"),
    ("leaves_a_mount", " came or went"),
    ("leaves_a_mark", "/tmp/weft-was-here-leaves_a_mark is there"),
    ("puts_a_file_into_the_home", "home/weft-was-here is new"),
    (
        "changes_the_hidden_tests",
        "course/assignment.toml has changed",
    ),
    ("tells_a_secret_of_the_home", "planted-in-the-home"),
    (
        "tells_a_secret_of_the_environment",
        "planted-in-the-environment",
    ),
    ("tells_the_answer_of_a_neighbour", "planted-in-the-answer"),
    ("tells_the_hidden_tests", "planted-beside-the-hidden-tests"),
    ("tells_the_hidden_question", "tells \"4861103\""),
    ("takes_memory", "the grader used "),
    ("runs_too_long", "a run took 8s, its limit is 4s"),
    ("dawdles", "besides its runs it took "),
    (
        "disturbs_the_one_beside",
        "a right answer beside it was Wrong",
    ),
    (
        "changes_the_verdict_of_another",
        "others' verdicts have become",
    ),
    ("changes_the_ledger", "what the ledger holds of others"),
    ("ends_the_grader", "the grader died of it"),
    ("behaves_again", ""),
];

/// The verdict on each of these answers is expected, and comes at once.
pub fn case(name: &str) -> Case {
    let mut task: TaskSpec = usual_task().try_into().expect("a task");
    task.reference = None;
    task.limits.compile_ms = 100;
    Case {
        name: name.to_owned(),
        answer: format!("// {name}\nfn square(n: u64) -> u64 {{ n * n }}"),
        task,
        expected: Expected {
            verdict: ["Accepted", "RuntimeError"].map(str::to_owned).into(),
            reason: None,
            says: None,
            task: toml::Table::new(),
        },
    }
}

/// A judge that does in this process what an answer would have to get out of its box for.
pub struct Saboteur<'a> {
    pub host: &'a Host,
}

impl Judge for Saboteur<'_> {
    fn judge(&self, _: &TaskSpec, answer: &str) -> Judgement {
        let accepted = Judgement {
            share: 1.0,
            ..Judgement::at_once(Verdict::Accepted, Why::Fine)
        };
        let wrong = Judgement::at_once(Verdict::Wrong, Why::Slept);
        if answer.contains("n * n + 1") || answer == Host::answer_beside("disturbs_the_one_beside")
        {
            return wrong;
        }
        let told = |message: &str| {
            let why = Why::Panicked {
                message: message.to_owned(),
                line: None,
            };
            let mut judgement = Judgement::at_once(Verdict::RuntimeError, why);
            judgement.runs.push(run(Verdict::RuntimeError, 1.0));
            judgement
        };
        let named = answer
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("// "));
        let put = |path: PathBuf, text: &str| fs::write(path, text).expect("a file");
        let course = self.host.home().with_file_name("course");
        match named.unwrap_or_default() {
            "leaves_a_process" => {
                let mut shell = Command::new("sh");
                let status = shell
                    .args(["-c", "setsid sleep 600 >/dev/null 2>&1 &"])
                    .status();
                assert!(status.expect("a shell").success());
            }
            "leaves_a_mount" => {
                let home = self.host.home();
                let nothing = nix::mount::MsFlags::empty();
                nix::mount::mount(Some("none"), &home, Some("tmpfs"), nothing, None::<&str>)
                    .expect("a mount");
                put(home.join("secret"), host::HOME);
            }
            "leaves_a_mark" => put(mark(), ""),
            "puts_a_file_into_the_home" => put(self.host.home().join(MARK), ""),
            "changes_the_hidden_tests" => put(course.join("assignment.toml"), "# nothing"),
            "takes_a_file_away" => {
                fs::remove_file(self.host.home().join("notes")).expect("notes");
            }
            "ends_the_grader" => std::process::abort(),
            "tells_a_secret_of_the_home" => {
                return told(&fs::read_to_string(self.host.home().join("secret")).expect("it"));
            }
            "tells_a_secret_of_the_environment" => {
                return told(&std::env::var(host::VARIABLE).expect("it"));
            }
            "tells_the_answer_of_a_neighbour" => {
                let class = self.host.home().with_file_name("class");
                let path = class.join("right-neighbour/notebook.ipynb");
                return told(&fs::read_to_string(path).expect("it"));
            }
            "tells_the_hidden_tests" => {
                let path = course.join("source/first/first.ipynb");
                return told(&fs::read_to_string(path).expect("it"));
            }
            "tells_the_hidden_question" => return told("asked for 4861103"),
            "takes_memory" => {
                drop(std::hint::black_box(vec![1_u8; 320 << 20]));
            }
            "runs_too_long" => {
                let mut judgement = accepted;
                judgement.runs.push(run(Verdict::Accepted, 8_000.0));
                return judgement;
            }
            "dawdles" => std::thread::sleep(Duration::from_secs(3)),
            _ => {}
        }
        accepted
    }
}

fn mark() -> PathBuf {
    PathBuf::from(format!("/tmp/{MARK}-leaves_a_mark"))
}

/// Takes away what one of these cases leaves where everybody can see it.
pub fn clean() {
    // It is there only if that case was tried.
    let _ = fs::remove_file(mark());
}

/// What cannot be done while the grader holds the ledger.
pub fn afterwards(host: &Host, case: &str) {
    match case {
        "changes_the_verdict_of_another" => {
            let path = host.out().join("grades.json");
            let text = fs::read_to_string(&path).expect("grades.json");
            fs::write(&path, text.replace("\"Wrong\"", "\"Accepted\"")).expect("grades.json");
        }
        "changes_the_ledger" => {
            let path = host.out().join("ledger.sqlite");
            let ledger = rusqlite::Connection::open(path).expect("the ledger");
            let change = "UPDATE judgement SET share = 1 WHERE verdict = 'Wrong'";
            assert_eq!(ledger.execute(change, []).expect("a change"), 1);
        }
        _ => {}
    }
}

/// A run of the question that may be seen.
fn run(verdict: Verdict, wall_ms: f64) -> RunRecord {
    RunRecord {
        check: 0,
        case: 0,
        seed: 1,
        verdict,
        wall_ms,
        cpu_ms: 0.0,
        peak_mb: 1.0,
        approximate: false,
        stdout: String::new(),
        stderr: String::new(),
        document: None,
    }
}
