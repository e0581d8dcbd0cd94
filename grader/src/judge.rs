//! The seam between those who read notebooks and those who run programs: what a task demands, and what was found.
//!
//! All of it is data: a task comes from `assignment.toml`, and a reason is put into words by whoever writes a report.

use std::collections::BTreeMap;

use crate::assignment;
use crate::grade::GRADER;
use crate::verdict::Verdict;
use messages::Language;
use recorder::document::Document;
use serde::{Deserialize, Serialize};

pub use crate::check::values::Datum;
pub use crate::explored::{ExploreSpec, Finding, Open, Otherwise};

/// Who judges answers.
pub trait Judge: Sync {
    /// Judges one answer.
    fn judge(&self, task: &TaskSpec, answer: &str) -> Judgement;

    /// Judges all answers of one submission; cheaper than one by one where they can share a program.
    fn judge_all(&self, answers: &[(&TaskSpec, &str)]) -> Vec<Judgement> {
        answers
            .iter()
            .map(|(task, answer)| self.judge(task, answer))
            .collect()
    }

    /// Who judges: what another one found is not taken over.
    fn grader(&self) -> &str {
        GRADER
    }
}

/// What one task demands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskSpec {
    /// Its id: letters, digits, `_` and `-`.
    pub id: String,
    /// Code before the answer: what it may use.
    #[serde(default)]
    pub prelude: String,
    /// The answer the teacher gives; repeats are defended with it, and values may be expected from it.
    #[serde(default)]
    pub reference: Option<String>,
    /// Paths and words that may not stand in the answer, such as `thread::sleep` or `static`.
    #[serde(default)]
    pub forbidden: Vec<String>,
    /// Whether `unsafe` is allowed. A task with an order contract cannot allow it.
    #[serde(default, rename = "unsafe")]
    pub allows_unsafe: bool,
    /// Whether the answer may sleep; where not, the system ends a program that tries.
    #[serde(default = "yes")]
    pub sleep: bool,
    /// Whether it is compiled with the library that the toolchain was given, as cells of a notebook are.
    // Left out where it is not asked for: what was judged before there was a library stays judged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub library: bool,
    /// The bounds.
    #[serde(default)]
    pub limits: Limits,
    /// What is checked.
    pub checks: Vec<CheckSpec>,
}

impl TaskSpec {
    /// The question a run was about.
    pub fn case(&self, run: &RunRecord) -> Option<&Case> {
        self.checks.get(run.check)?.cases.get(run.case)
    }
}

fn yes() -> bool {
    true
}

/// The bounds on one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// For the answer to one question.
    pub wall_ms: u64,
    /// Processor time of one run.
    pub cpu_ms: u64,
    /// All processes of a run together.
    pub memory_mb: u64,
    /// Threads of all processes of a run together.
    pub threads: u64,
    /// Bytes on each of stdout and stderr.
    pub output_kb: u64,
    /// Recorded events.
    pub events: u64,
    /// Files in `/tmp`; where it is 0, nothing can be written.
    pub disk_mb: u64,
    /// For compiling.
    pub compile_ms: u64,
    /// The compiler's memory.
    pub compile_memory_mb: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            wall_ms: 2_000,
            cpu_ms: 4_000,
            memory_mb: 256,
            threads: 80,
            output_kb: 1_024,
            events: 100_000,
            disk_mb: 0,
            compile_ms: 20_000,
            compile_memory_mb: 2_048,
        }
    }
}

/// One thing that is checked, and how much of the task it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckSpec {
    /// Shown to the student instead of the probe; hidden checks have none.
    #[serde(default)]
    pub title: Option<Title>,
    /// Its part of the task, compared with the other checks' weights.
    #[serde(default = "one")]
    pub weight: f64,
    /// An expression that calls the answer. `input.get::<T>(0)` is the first thing a case carries.
    #[serde(default)]
    pub probe: String,
    /// Instead of asking, every schedule of the answer is explored in the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explore: Option<ExploreSpec>,
    /// The questions.
    #[serde(default = "one_case")]
    pub cases: Vec<Case>,
    /// How many times each question is asked, with another seed each time.
    #[serde(default = "once")]
    pub repeats: u32,
    /// Random delays of up to this many microseconds at every call of the task library.
    #[serde(default)]
    pub shake_us: u32,
    /// How an answer is compared with what is expected.
    #[serde(default)]
    pub compare: Compare,
    /// What must hold for the recorded lines and events of each run.
    #[serde(default)]
    pub order: Vec<crate::check::order::OrderRule>,
    /// At most this many threads at once, the first one included.
    #[serde(default)]
    pub max_threads: Option<u64>,
    /// Whether threads and processes may outlive the answer.
    #[serde(default)]
    pub leftovers: bool,
}

/// What a check is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Title {
    /// The same for all readers.
    One(String),
    /// By the code of their language.
    Each(BTreeMap<String, String>),
}

impl Title {
    /// What it is called in this language, or in English, or in another one.
    pub fn of(&self, language: Language) -> Option<&str> {
        match self {
            Title::One(title) => Some(title),
            Title::Each(titles) => assignment::title(titles, language),
        }
    }
}

fn one() -> f64 {
    1.0
}

fn once() -> u32 {
    1
}

fn one_case() -> Vec<Case> {
    vec![Case::default()]
}

/// One question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it carries.
    #[serde(default)]
    pub args: Vec<Datum>,
    /// The expected answer; without one, what the reference answers (where there is one), else anything.
    #[serde(default)]
    pub expect: Option<Datum>,
    /// Whether the student may see the question and the expected answer.
    #[serde(default)]
    pub shown: bool,
}

impl Case {
    /// Whether a student may see what a program says that was asked this: it can say what it was asked.
    pub fn may_be_seen(&self) -> bool {
        self.shown || self.args.is_empty()
    }
}

/// How an answer is compared with what is expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compare {
    /// It is the same.
    #[default]
    Exact,
    /// It is a list of the same items in any order.
    AnyOrder,
    /// Numbers differ by at most this much.
    Within(f64),
}

/// What was found about one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// In one word.
    pub verdict: Verdict,
    /// How much of the task: 0 to 1.
    pub share: f64,
    /// The reason; for the first check that failed.
    pub why: Why,
    /// A schedule that shows the failure.
    pub schedule: Option<String>,
    /// Every run that was made.
    pub runs: Vec<RunRecord>,
}

impl Judgement {
    /// A verdict without any run.
    pub fn at_once(verdict: Verdict, why: Why) -> Judgement {
        Judgement {
            verdict,
            share: 0.0,
            why,
            schedule: None,
            runs: Vec::new(),
        }
    }
}

/// The reason of a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Why {
    /// Everything holds.
    Fine,
    /// There is nothing between the markers, or `todo!()` was reached.
    NotWritten,
    /// The compiler refuses it.
    Compiler {
        /// What it says about the answer.
        notes: Vec<CompilerNote>,
    },
    /// The compiler was overwhelmed.
    CompilerCrashed {
        /// By which signal it ended.
        signal: Option<i32>,
    },
    /// Compiling took longer than this.
    CompileTime {
        /// The limit.
        limit_ms: u64,
    },
    /// Compiling took more memory than this.
    CompileMemory {
        /// The limit.
        limit_mb: u64,
    },
    /// The compiler wrote more than it may.
    CompileOutput {
        /// The limit.
        limit_kb: u64,
    },
    /// It contains what the task forbids.
    Word {
        /// What.
        word: String,
        /// In which line of the answer, from 1.
        line: u32,
    },
    /// It slept where the task forbids it.
    Slept,
    /// The answer is not the expected one.
    Values {
        /// Which check, from 0.
        check: usize,
        /// Which of its cases, from 0.
        case: usize,
        /// Whether the student may see the rest.
        shown: bool,
        /// What the question carried.
        args: Vec<Datum>,
        /// What is right.
        expected: Box<Datum>,
        /// What came.
        found: Box<Datum>,
    },
    /// A rule of the order contract was broken.
    Order {
        /// Which check, from 0.
        check: usize,
        /// The rule as it prints itself.
        rule: String,
        /// The `seq` where it is first seen broken.
        at: Option<u64>,
        /// The seed of that run.
        seed: u64,
    },
    /// It took longer than this.
    Time {
        /// The limit.
        limit_ms: u64,
        /// How much of it the processor worked: near 0 for a deadlock or a sleep, near the limit for a busy loop.
        cpu_ms: u64,
    },
    /// It took more memory than this.
    Memory {
        /// The limit.
        limit_mb: u64,
        /// Whether it was measured from time to time instead of counted by the system.
        approximate: bool,
    },
    /// It wrote more than this.
    Output {
        /// Where: `stdout`, `stderr` or `events`.
        stream: String,
        /// The limit: KiB, or a number of events.
        limit: u64,
    },
    /// It started more threads and processes than this.
    Processes {
        /// The limit.
        limit: u64,
    },
    /// It used more threads at once than the task allows.
    Threads {
        /// The limit.
        limit: u64,
        /// How many were seen.
        seen: u64,
    },
    /// Threads or processes were still there when the answer was given.
    Leftover {
        /// Threads of the program besides the first.
        threads: u64,
        /// Other processes.
        processes: u64,
    },
    /// Children had ended when the answer was given, and nobody had waited for them.
    Unreaped {
        /// How many.
        processes: u64,
    },
    /// It wrote more to files than this.
    Disk {
        /// The limit.
        limit_mb: u64,
    },
    /// It panicked.
    Panicked {
        /// What it said.
        message: String,
        /// In which line of the answer, where it was there.
        line: Option<u32>,
    },
    /// The stack was not large enough.
    StackOverflow,
    /// It ended the program before it answered.
    Ended {
        /// With which code.
        code: i32,
    },
    /// A signal ended the program before it answered.
    Killed {
        /// Which.
        signal: i32,
    },
    /// It answered on its own what nobody asked.
    Forged,
    /// In some schedule it goes wrong.
    Explored {
        /// Which check, from 0.
        check: usize,
        /// Whether the student may see the program around her answer.
        shown: bool,
        /// What goes wrong.
        finding: Box<Finding>,
    },
    /// Exploring it says nothing about it.
    Unexplored {
        /// Which check, from 0.
        check: usize,
        /// Why.
        open: Open,
    },
    /// The task itself is wrong.
    Task {
        /// What is wrong with it.
        what: String,
    },
    /// We failed.
    Internal {
        /// What happened.
        what: String,
    },
}

impl Why {
    /// The schedule that shows it.
    pub fn schedule(&self) -> Option<&str> {
        match self {
            Why::Explored { finding, .. } => finding.schedule(),
            _ => None,
        }
    }
}

/// One message of the compiler.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompilerNote {
    /// In which line of the answer, from 1; 0 where it is about something else.
    pub line: u32,
    /// In which column, from 1.
    pub column: u32,
    /// Its code: `E0382`.
    pub code: Option<String>,
    /// What it says.
    pub message: String,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Which check, from 0.
    pub check: usize,
    /// Which case, from 0.
    pub case: usize,
    /// The seed of its delays.
    pub seed: u64,
    /// How it was found.
    pub verdict: Verdict,
    /// From the question to the end.
    pub wall_ms: f64,
    /// Processor time of the program.
    pub cpu_ms: f64,
    /// The most memory it was seen to use.
    pub peak_mb: f64,
    /// Whether that was measured from time to time.
    pub approximate: bool,
    /// The end of what it wrote to stdout.
    pub stdout: String,
    /// The end of what it wrote to stderr.
    pub stderr: String,
    /// What was recorded; kept for the run that is the reason of the verdict.
    pub document: Option<Document>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_said_in_the_readers_language_or_in_english() {
        let read = |text: &str| serde_json::from_str::<Title>(text).expect("a title");
        let one = read(r#""Four runners""#);
        assert_eq!(one.of(Language::Fa), Some("Four runners"));
        let each = read(r#"{"tr": "Dört koşucu", "en": "Four runners"}"#);
        assert_eq!(each.of(Language::Tr), Some("Dört koşucu"));
        assert_eq!(each.of(Language::Ru), Some("Four runners"));
        assert_eq!(read("{}").of(Language::En), None);
        // What was judged with one title stays judged.
        assert_eq!(
            serde_json::to_string(&one).expect("JSON"),
            r#""Four runners""#
        );
    }
}
