//! From what the ledger says to what a reader is told: points, a sentence, and what may be shown with it.

use messages::{Language, Value};

use super::{explored, visible};
use crate::assignment::{Assignment, Decides, Task};
use crate::judge::{Case, Datum, Judgement, Open, RunRecord, TaskSpec, Why};
use crate::ledger::{Finding, Student};
use crate::submission::Problem;
use crate::verdict::Verdict;

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The student: hidden questions stay hidden, and so does whatever her program could have said about them.
    Student,
    /// The teacher.
    Teacher,
}

/// One task of one student, ready to be told.
#[derive(Clone, Debug)]
pub struct Mark<'a> {
    /// Which task.
    pub task: &'a Task,
    /// What was found; nothing while the teacher has not decided.
    pub verdict: Option<Verdict>,
    /// How many points; nothing while they are not known.
    pub points: Option<f64>,
    /// What happened, in a sentence or two.
    pub said: String,
    /// The title of the check that found it, in the reader's language.
    pub check: Option<String>,
    /// What can be shown with it.
    pub details: Vec<Detail>,
    /// The schedule that shows the failure.
    pub schedule: Option<String>,
    /// The run that failed, where the reader may see it.
    pub run: Option<RunRecord>,
    /// What the teacher wrote.
    pub comment: Option<String>,
    /// The answer.
    pub answer: Option<String>,
}

/// Something to show: a label of the catalogue, and a text that is shown as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The id of its label.
    pub label: &'static str,
    /// The text, not yet made harmless.
    pub text: String,
}

/// All marks of a student.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// What the ledger says.
    pub student: &'a Student,
    /// One for each task of the assignment.
    pub marks: Vec<Mark<'a>>,
}

impl<'a> Sheet<'a> {
    /// Puts a student's results into words.
    pub fn new(
        assignment: &'a Assignment,
        student: &'a Student,
        language: Language,
        audience: Audience,
    ) -> Self {
        let marks = assignment
            .tasks
            .iter()
            .map(|task| mark(task, student, language, audience))
            .collect();
        Sheet { student, marks }
    }

    /// All points; nothing while those of a task are not known.
    pub fn points(&self) -> Option<f64> {
        self.marks.iter().map(|mark| mark.points).sum()
    }

    /// Her name, or her id.
    pub fn name(&self) -> &str {
        self.student.name.as_deref().unwrap_or(&self.student.id)
    }
}

fn mark<'a>(task: &'a Task, student: &Student, language: Language, audience: Audience) -> Mark<'a> {
    let mut mark = Mark {
        task,
        verdict: None,
        points: None,
        said: String::new(),
        check: None,
        details: Vec::new(),
        schedule: None,
        run: None,
        comment: None,
        answer: None,
    };
    let Some(result) = student.results.get(&task.id) else {
        // The task is younger than the grading.
        mark.said = messages::text(language, "grading-why-not-graded");
        return mark;
    };
    mark.answer = result.answer.clone();
    match (&result.finding, &result.judgement) {
        (Finding::Problem(problem), _) => {
            mark.verdict = Some(verdict_of(problem));
            mark.points = Some(0.0);
            mark.said = problem_said(problem, language);
        }
        (Finding::Judged(_), Some(judgement)) => judged(&mut mark, judgement, language, audience),
        (Finding::Internal { what, attempts }, _) => {
            mark.verdict = Some(Verdict::Internal);
            let unknown = || {
                let attempts = [("attempts", (*attempts).into())];
                let said = messages::format(language, "grading-why-internal", &attempts);
                (said, Some(what.clone()))
            };
            let (said, what) = explored::left_open(what, language).unwrap_or_else(unknown);
            mark.said = said;
            if let Some(what) = what
                && audience == Audience::Teacher
            {
                mark.details.push(detail("grading-label-said", what));
            }
        }
        (Finding::Hand | Finding::Judged(_), _) => {
            mark.said = messages::text(language, "grading-why-by-hand");
        }
    }
    // A teacher's word counts, also where a judge failed or a notebook could not be read.
    if let Some((points, comment)) = &result.hand {
        mark.points = Some(*points);
        mark.verdict = Some(if *points >= task.points {
            Verdict::Accepted
        } else if *points > 0.0 {
            Verdict::Partial(points / task.points)
        } else {
            Verdict::Wrong
        });
        mark.said = messages::text(language, "grading-why-given");
        mark.comment = Some(comment.clone()).filter(|comment| !comment.is_empty());
    }
    mark
}

fn judged(mark: &mut Mark<'_>, judgement: &Judgement, language: Language, audience: Audience) {
    mark.verdict = Some(judgement.verdict);
    // In hundredths: what a course system keeps.
    let share = judgement.verdict.share(judgement.share);
    mark.points = Some((mark.task.points * share * 100.0).round() / 100.0);
    let run = judgement.runs.first();
    let shown = audience == Audience::Teacher || is_shown(mark.task, &judgement.why, run);
    let (id, args) = if shown {
        sentence(&judgement.why)
    } else {
        sentence_of_hidden(&judgement.why)
    };
    mark.said = messages::format(language, id, &args);
    mark.details = details(&judgement.why, shown, language);
    if let Why::Order { rule, .. } = &judgement.why {
        let args = run
            .filter(|_| shown)
            .and_then(|run| case_of(mark.task, run));
        let rule = with_arguments(rule, args.map_or(&[], |case| &case.args));
        for detail in &mut mark.details {
            if detail.label == LABEL_RULE {
                detail.text.clone_from(&rule);
            }
        }
    }
    let title = title_of_check(mark.task, &judgement.why, run, language);
    mark.check = title.map(str::to_owned);
    if shown && let Some(cell) = explored::cell(mark.task, mark.answer.as_deref(), &judgement.why) {
        mark.details.push(cell);
    }
    // Of a program that is not shown a schedule says nothing.
    let is_explored = matches!(judgement.why, Why::Explored { .. });
    mark.schedule = judgement.schedule.clone().filter(|_| shown || !is_explored);
    mark.run = run.filter(|_| shown).cloned();
}

/// What the teacher calls the check that failed, where she gave it a name.
fn title_of_check<'a>(
    task: &'a Task,
    why: &Why,
    run: Option<&RunRecord>,
    language: Language,
) -> Option<&'a str> {
    let Decides::Judge { spec, .. } = &task.decides else {
        return None;
    };
    let check = match why {
        Why::Fine => return None,
        Why::Values { check, .. }
        | Why::Order { check, .. }
        | Why::Explored { check, .. }
        | Why::Unexplored { check, .. } => *check,
        _ => run?.check,
    };
    spec.checks.get(check)?.title.as_ref()?.of(language)
}

/// Whether the question a run was about may be seen: a program can print what it was asked.
fn is_shown(task: &Task, why: &Why, run: Option<&RunRecord>) -> bool {
    if let Why::Values { shown, .. } | Why::Explored { shown, .. } = why {
        return *shown;
    }
    let Decides::Judge { spec, .. } = &task.decides else {
        return false;
    };
    run.is_some_and(|run| case_is_shown(spec, run))
}

fn case_is_shown(spec: &TaskSpec, run: &RunRecord) -> bool {
    spec.case(run).is_some_and(Case::may_be_seen)
}

/// The question a run was about.
fn case_of<'a>(task: &'a Task, run: &RunRecord) -> Option<&'a Case> {
    match &task.decides {
        Decides::Judge { spec, .. } => spec.case(run),
        Decides::Hand => None,
    }
}

/// The verdict on what could not be judged.
pub fn verdict_of(problem: &Problem) -> Verdict {
    match problem {
        Problem::Untouched | Problem::CellMissing => Verdict::Incomplete,
        _ => Verdict::Invalid,
    }
}

/// A problem in words.
pub fn problem_said(problem: &Problem, language: Language) -> String {
    let args: Vec<(&str, Value<'_>)> = match problem {
        Problem::NotJson { line, column } => {
            vec![("line", (*line).into()), ("column", (*column).into())]
        }
        Problem::TooLarge { limit_mb } => vec![("limit", (*limit_mb).into())],
        Problem::SeveralNotebooks { count } => vec![("count", (*count).into())],
        Problem::AnswerTooLong { limit_kb } => vec![("limit", (*limit_kb).into())],
        Problem::OtherFiles { found, more } => {
            let name = |name: &String| format!("`{}`", visible::line(name).replace('`', "'"));
            let mut files: Vec<String> = found.iter().map(name).collect();
            files.extend(more.then(|| "…".to_owned()));
            vec![("files", files.join(", ").into())]
        }
        _ => Vec::new(),
    };
    messages::format(language, problem.text_id(), &args)
}

pub(super) fn detail(label: &'static str, text: impl Into<String>) -> Detail {
    Detail {
        label,
        text: text.into(),
    }
}

/// A reason in words, and everything there is to show of it: for a teacher who tries her own checks, and for an author
/// who compiles her own answer.
pub fn told(why: &Why, language: Language) -> (String, Vec<Detail>) {
    let (id, args) = sentence(why);
    let mut details = details(why, true, language);
    if let Some(schedule) = why.schedule() {
        details.push(detail("grading-label-schedule", schedule));
    }
    match why {
        // Our fault, or the task's: the excuse that students read helps nobody here.
        Why::Task { what } | Why::Internal { what } => {
            details.push(detail("grading-label-said", what));
            (messages::text(language, "grading-why-not-judged"), details)
        }
        _ => (messages::format(language, id, &args), details),
    }
}

/// The same where a student reads of a question she may not see: without any number that her program chose. It can
/// end with the code it was asked for, leave so many threads behind, or panic in that line.
fn sentence_of_hidden(why: &Why) -> (&'static str, Vec<(&'static str, Value<'static>)>) {
    match why {
        Why::Threads { limit, .. } => (
            "grading-why-threads-hidden",
            vec![("limit", (*limit).into())],
        ),
        Why::Leftover { .. } => ("grading-why-leftover-hidden", vec![]),
        Why::Unreaped { .. } => ("grading-why-unreaped-hidden", vec![]),
        Why::Panicked { .. } => ("grading-why-panicked-hidden", vec![]),
        Why::Ended { .. } => ("grading-why-ended-hidden", vec![]),
        Why::Killed { .. } => ("grading-why-killed-hidden", vec![]),
        _ => sentence(why),
    }
}

/// The id of the sentence for a reason, and its variables.
fn sentence(why: &Why) -> (&'static str, Vec<(&'static str, Value<'static>)>) {
    let seconds = |ms: u64| Value::Decimal(ms as f64 / 1000.0);
    match why {
        Why::Fine => ("grading-why-fine", vec![]),
        Why::NotWritten => ("grading-why-not-written", vec![]),
        Why::Compiler { .. } => ("grading-why-compiler", vec![]),
        Why::CompilerCrashed { .. } => ("grading-why-compiler-crashed", vec![]),
        Why::CompileTime { limit_ms } => (
            "grading-why-compile-time",
            vec![("limit", seconds(*limit_ms))],
        ),
        Why::CompileMemory { limit_mb } => (
            "grading-why-compile-memory",
            vec![("limit", (*limit_mb).into())],
        ),
        Why::CompileOutput { .. } => ("grading-why-compile-output", vec![]),
        Why::Word { word, line } => {
            let word = super::visible::line(word).into_owned();
            (
                "grading-why-word",
                vec![("word", word.into()), ("line", (*line).into())],
            )
        }
        Why::Slept => ("grading-why-slept", vec![]),
        Why::Values { shown: true, .. } => ("grading-why-values", vec![]),
        Why::Values { .. } => ("grading-why-values-hidden", vec![]),
        Why::Order { .. } => ("grading-why-order", vec![]),
        Why::Time { limit_ms, cpu_ms } => {
            // A program that hardly worked was waiting for something.
            let id = if cpu_ms.saturating_mul(4) < *limit_ms {
                "grading-why-time-waiting"
            } else {
                "grading-why-time"
            };
            (id, vec![("limit", seconds(*limit_ms))])
        }
        Why::Memory {
            limit_mb,
            approximate,
        } => {
            let id = if *approximate {
                "grading-why-memory-approximate"
            } else {
                "grading-why-memory"
            };
            (id, vec![("limit", (*limit_mb).into())])
        }
        Why::Output { stream, .. } => (
            "grading-why-output",
            vec![("stream", stream.clone().into())],
        ),
        Why::Processes { limit } => ("grading-why-processes", vec![("limit", (*limit).into())]),
        Why::Threads { limit, seen } => (
            "grading-why-threads",
            vec![("limit", (*limit).into()), ("seen", (*seen).into())],
        ),
        Why::Leftover { threads, processes } => (
            "grading-why-leftover",
            vec![
                ("threads", (*threads).into()),
                ("processes", (*processes).into()),
            ],
        ),
        Why::Unreaped { processes } => (
            "grading-why-unreaped",
            vec![("processes", (*processes).into())],
        ),
        Why::Disk { limit_mb } => ("grading-why-disk", vec![("limit", (*limit_mb).into())]),
        Why::Panicked { line, .. } => match line {
            Some(line) => ("grading-why-panicked-at", vec![("line", (*line).into())]),
            None => ("grading-why-panicked", vec![]),
        },
        Why::StackOverflow => ("grading-why-stack", vec![]),
        Why::Ended { code } => ("grading-why-ended", vec![("code", (*code).into())]),
        Why::Killed { signal } => ("grading-why-killed", vec![("signal", (*signal).into())]),
        Why::Forged => ("grading-why-forged", vec![]),
        Why::Explored { finding, .. } => (explored::sentence(finding), vec![]),
        Why::Unexplored { open, .. } => explored::open(open),
        Why::Task { .. } | Why::Internal { .. } => {
            ("grading-why-internal", vec![("attempts", 1.into())])
        }
    }
}

const LABEL_RULE: &str = "grading-label-rule";

/// A rule in which what the question carries stands in the place of `arg0`, which only the assignment knows; a sign for
/// something left out where it is not to be seen.
fn with_arguments(rule: &str, args: &[Datum]) -> String {
    let value = |word: &str| {
        let place: Option<usize> = word.strip_prefix("arg")?.parse().ok();
        let shown = args.get(place?).map(erased::Show::show);
        Some(shown.unwrap_or_else(|| "…".to_owned()))
    };
    let is_end = |c: char| !c.is_alphanumeric() && c != '_' && c != '-';
    let mut told = String::new();
    for part in rule.split_inclusive(is_end) {
        let word = part.trim_end_matches(is_end);
        told.push_str(&value(word).unwrap_or_else(|| word.to_owned()));
        told.push_str(&part[word.len()..]);
    }
    told
}

/// What can be shown of a reason.
fn details(why: &Why, shown: bool, language: Language) -> Vec<Detail> {
    let value = |datum: &dyn erased::Show| datum.show();
    match why {
        Why::Compiler { notes } => notes
            .iter()
            .take(10)
            .map(|note| {
                let code = note
                    .code
                    .as_ref()
                    .map_or(String::new(), |code| format!(" {code}"));
                let place = if note.line > 0 {
                    format!("{}:{}", note.line, note.column)
                } else {
                    String::new()
                };
                detail(
                    "grading-label-compiler",
                    format!("{place}{code} {}", note.message).trim().to_owned(),
                )
            })
            .collect(),
        Why::Values {
            args,
            expected,
            found,
            ..
        } if shown => {
            let mut details = Vec::new();
            if !args.is_empty() {
                let args: Vec<String> = args.iter().map(|arg| value(arg)).collect();
                details.push(detail("grading-label-asked", args.join(", ")));
            }
            details.push(detail("grading-label-expected", value(&**expected)));
            details.push(detail("grading-label-found", value(&**found)));
            details
        }
        Why::Order { rule, seed, .. } => {
            vec![
                detail(LABEL_RULE, rule),
                detail("grading-label-seed", seed.to_string()),
            ]
        }
        Why::Panicked { message, .. } if shown => vec![detail("grading-label-said", message)],
        Why::Explored { finding, .. } => explored::details(finding, shown, language),
        Why::Unexplored {
            open: Open::Broke { what },
            ..
        } => vec![detail("grading-label-said", what)],
        _ => Vec::new(),
    }
}

/// A value of a question as JSON, whatever its type is called.
mod erased {
    pub(super) trait Show {
        fn show(&self) -> String;
    }

    impl<T: serde::Serialize> Show for T {
        fn show(&self) -> String {
            serde_json::to_string(self).unwrap_or_default()
        }
    }
}
