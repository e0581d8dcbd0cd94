//! A grader killed with signal 9 in the middle, again and again: nothing is lost, nothing doubled.
//!
//! The program starts itself as the grader; each time it is killed as soon as the judge has begun some more answers,
//! and started again with `--resume`, until one of them comes to the end. And what a killed grader leaves behind is swept
//! by the next one that starts.

mod support;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use grader::Assignment;
use grader::build::Toolchain;
use grader::grade::{GradeOptions, Sandbox};
use grader::judge::{Judge, Judgement, TaskSpec, Why};
use grader::ledger::{Finding, Ledger};
use grader::verdict::Verdict;
use messages::Language;
use support::Class;

/// How many submissions.
const CLASS: usize = 60;

/// How many jobs at once.
const JOBS: usize = 2;

/// How long we wait for anything on a noisy machine.
const PATIENCE: Duration = Duration::from_secs(120);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.as_slice() {
        [_, word, folder] if word == "grade-as-a-child" => grade_as_a_child(Path::new(folder)),
        [_, word] if word == "stay-as-a-child" => stay_as_a_child(),
        _ => {
            nothing_is_lost_or_doubled();
            println!("test nothing_is_lost_or_doubled ... ok");
            the_next_grader_sweeps_what_a_killed_one_left();
            println!("test the_next_grader_sweeps_what_a_killed_one_left ... ok");
        }
    }
}

/// Writes a line before and after each judgement, and takes a moment in between.
struct Telling(File);

impl Judge for Telling {
    fn judge(&self, _: &TaskSpec, answer: &str) -> Judgement {
        // One write each, to a file that is appended to: whole lines, also when we are killed.
        (&self.0)
            .write_all(format!("began {answer}\n").as_bytes())
            .unwrap();
        std::thread::sleep(Duration::from_millis(5));
        (&self.0)
            .write_all(format!("judged {answer}\n").as_bytes())
            .unwrap();
        Judgement::at_once(Verdict::Accepted, Why::Fine)
    }
}

fn grade_as_a_child(folder: &Path) {
    let assignment = Assignment::load(&folder.join("first")).unwrap();
    let log = File::options()
        .create(true)
        .append(true)
        .open(folder.join("log"))
        .unwrap();
    let options = GradeOptions {
        submissions: folder.join("in"),
        out: folder.join("out"),
        jobs: JOBS,
        resume: true,
        only: None,
        shard: None,
        language: Language::En,
        toolchain: "rustc".to_owned(),
        sandbox: Sandbox::default(),
        timeline: None,
        hand: None,
        stop: None,
    };
    grader::grade(&assignment, &Telling(log), &options, &mut |_| {}).unwrap();
}

fn lines(folder: &Path, word: &str) -> usize {
    let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
    log.lines().filter(|line| line.starts_with(word)).count()
}

/// Waits until the judge has begun this many answers, or the grader has ended.
fn wait_for(child: &mut Child, folder: &Path, begun: usize) -> Option<ExitStatus> {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        if lines(folder, "began") >= begun {
            return None;
        }
        assert!(began.elapsed() < PATIENCE, "the grader does nothing");
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn nothing_is_lost_or_doubled() {
    let class = Class::new();
    for id in 0..CLASS {
        class.answer(&format!("s{id:02}"), &format!("fn f() {{ {id} }}"));
    }
    let folder = class.folder.path();
    let mut kills = 0;
    loop {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg("grade-as-a-child")
            .arg(folder)
            .spawn()
            .unwrap();
        // One more each time: with it, each grader comes further, and dies at another place.
        let goal = lines(folder, "began") + 1 + kills % 4;
        match wait_for(&mut child, folder, goal) {
            Some(status) => {
                assert!(status.success(), "{status}");
                break;
            }
            None => {
                child.kill().unwrap();
                child.wait().unwrap();
                kills += 1;
            }
        }
    }
    assert!(kills >= 15, "killed only {kills} times");
    let ledger = Ledger::open(&class.out(), "first").unwrap();
    let students = ledger.students().unwrap();
    assert_eq!(students.len(), CLASS);
    for id in &students {
        let student = ledger.student(id).unwrap().unwrap();
        assert_eq!(student.results.len(), 2, "{id} is not whole");
        assert!(
            matches!(student.results["doubled"].finding, Finding::Judged(_)),
            "{id}"
        );
    }
    assert_eq!(ledger.counts().unwrap().0, CLASS as i64);
    assert!(!ledger.is_open().unwrap());
    // What was under way when we were killed was begun again, and nothing else.
    let begun = lines(folder, "began");
    assert!(
        begun <= CLASS + kills * (JOBS * 4),
        "{begun} begun, {kills} kills"
    );
    let grades: serde_json::Value =
        serde_json::from_slice(&fs::read(class.out().join("grades.json")).unwrap()).unwrap();
    assert_eq!(grades["submissions"].as_array().unwrap().len(), CLASS);
}

/// Makes what a grader makes at its start, tells where, and stays until its input ends.
fn stay_as_a_child() {
    let toolchain = Toolchain::find(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let folder = toolchain.task_library.parent().unwrap();
    println!("{}", folder.display());
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).unwrap();
}

/// A grader that has begun, and its folder.
struct Staying {
    child: Child,
    folder: PathBuf,
}

impl Staying {
    fn begin(temporary: &Path) -> Staying {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg("stay-as-a-child")
            .env("TMPDIR", temporary)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let folder = PathBuf::from(line.trim_end());
        assert!(folder.starts_with(temporary), "{line:?}");
        Staying { child, folder }
    }

    fn is_whole(&self) -> bool {
        self.folder.join("libweft_task.rlib").is_file()
    }

    fn end(mut self) -> PathBuf {
        drop(self.child.stdin.take());
        assert!(self.child.wait().unwrap().success());
        self.folder
    }
}

fn the_next_grader_sweeps_what_a_killed_one_left() {
    let temporary = tempfile::tempdir().unwrap();
    let mut killed = Staying::begin(temporary.path());
    let other = Staying::begin(temporary.path());
    assert!(killed.is_whole() && other.is_whole());
    killed.child.kill().unwrap();
    killed.child.wait().unwrap();
    assert!(killed.is_whole(), "nobody was there to sweep");
    let next = Staying::begin(temporary.path());
    assert!(!killed.folder.exists());
    // Its owner is alive.
    assert!(other.is_whole() && next.is_whole());
    for staying in [other, next] {
        assert!(!staying.end().exists());
    }
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
}
