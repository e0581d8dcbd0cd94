//! Reports: a page for each student, tables for course systems, an overview for the teacher.
//!
//! All of it is made from the ledger and the assignment alone, so it can be made again at any time. Written whole or
//! not at all, each file: a reader never sees half of one. What students wrote is shown through [`visible`] and
//! escaped by whoever writes HTML or Markdown; pages have no scripts and may load nothing.

mod explored;
mod html;
pub mod mark;
mod markdown;
mod overview;
mod tables;
pub mod visible;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use messages::Language;
use recorder::document::Document;
use serde_json::{Value, json};

use crate::assignment::{Assignment, Decides};
use crate::grade::Sandbox;
use crate::graft::{self, Answer};
use crate::ledger::{Ledger, LedgerError};
use crate::similarity::{self, Similar};
use crate::workplace::unnamed;
use mark::{Audience, Sheet};

/// How reports are made.
#[derive(Clone, Debug)]
pub struct ReportOptions {
    /// The folder for the results.
    pub out: PathBuf,
    /// The language of all of them.
    pub language: Language,
    /// How well students' programs were locked in.
    pub sandbox: Sandbox,
    /// What lay among the submissions and is none; the overview names it.
    pub passed_over: Vec<String>,
    /// Draws the timeline of a run as SVG; without it, it is drawn as text.
    pub timeline: Option<fn(&Document, Language) -> String>,
}

/// Why reports could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A file could not be written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// The words of a report.
#[derive(Clone, Copy)]
pub(crate) struct Words(pub Language);

impl Words {
    pub(crate) fn of(self, id: &str) -> String {
        messages::text(self.0, id)
    }

    pub(crate) fn with(self, id: &str, args: &[(&str, messages::Value<'_>)]) -> String {
        messages::format(self.0, id, args)
    }

    /// The name of a verdict; of none, that a human still has to decide.
    pub(crate) fn verdict(self, verdict: Option<crate::verdict::Verdict>) -> String {
        match verdict {
            Some(verdict) => self.of(&format!("grading-verdict-{}", verdict.name())),
            None => self.of("grading-verdict-open"),
        }
    }

    /// What a reader has to know about the boxes that answers ran in; nothing where everything was there.
    pub(crate) fn about_sandbox(self, options: &ReportOptions) -> Option<String> {
        let Sandbox {
            missing, trusted, ..
        } = &options.sandbox;
        let layers = || [("layers", missing.join(", ").into())];
        match (trusted, options.sandbox.is_weak()) {
            (true, _) if missing.is_empty() => Some(self.of("grading-note-trusted")),
            (true, _) => {
                let missing = self.with("grading-note-missing", &layers());
                Some(format!("{} {missing}", self.of("grading-note-trusted")))
            }
            (false, true) => Some(self.with("grading-note-missing", &layers())),
            (false, false) if missing.is_empty() => None,
            (false, false) => Some(self.of("grading-note-approximate")),
        }
    }

    /// `7.5 / 10`, or a dash where the points are not known.
    pub(crate) fn points(self, points: Option<f64>, max: f64) -> String {
        match points {
            Some(points) => format!("{points} / {max}"),
            None => format!("– / {max}"),
        }
    }
}

/// Writes every report, and tells who still waits for points: id and task.
pub fn write(
    assignment: &Assignment,
    ledger: &Ledger,
    options: &ReportOptions,
) -> Result<Vec<(String, String)>, ReportError> {
    let words = Words(options.language);
    let pages = options.out.join("students");
    let ids = ledger.students()?;
    let mut grades = csv_writer();
    let mut points = csv_writer();
    let mut moodle = csv_writer();
    let mut open = csv_writer();
    let title = assignment.title(options.language);
    let mut header: Vec<String> = tables::STUDENT_COLUMNS.map(str::to_owned).to_vec();
    header.push(tables::cell(title));
    row(&mut grades, &header);
    row(
        &mut points,
        ["student", "name", "task", "verdict", "points", "max", "why"],
    );
    row(&mut moodle, tables::MOODLE_COLUMNS);
    row(&mut open, ["student", "task", "points", "comment"]);
    let mut submissions = Vec::new();
    let mut class = overview::Class::new(assignment);
    let mut texts = similarity::Texts::new(assignment);
    let mut from_moodle = 0;
    let mut decided_by_hand = 0;
    let mut undecided = Vec::new();
    for id in &ids {
        let Some(student) = ledger.student(id)? else {
            continue;
        };
        let sheet = Sheet::new(assignment, &student, options.language, Audience::Student);
        let file = visible::file_name(id);
        put(
            &pages.join(format!("{file}.html")),
            html::student(assignment, &sheet, options, words).as_bytes(),
        )?;
        put(
            &pages.join(format!("{file}.md")),
            markdown::student(assignment, &sheet, options, words).as_bytes(),
        )?;
        let teacher = Sheet::new(assignment, &student, options.language, Audience::Teacher);
        row(&mut grades, tables::student_row(&teacher));
        if student.origin == crate::submission::Origin::Moodle {
            from_moodle += 1;
            row(&mut moodle, tables::moodle_row(&teacher));
        }
        for mark in &teacher.marks {
            let verdict = mark.verdict.map_or("", |verdict| verdict.name());
            row(
                &mut points,
                [
                    tables::cell(id),
                    tables::cell(teacher.name()),
                    mark.task.id.clone(),
                    verdict.to_owned(),
                    tables::number(mark.points),
                    mark.task.points.to_string(),
                    tables::cell(&mark.said),
                ],
            );
            let given = student
                .results
                .get(&mark.task.id)
                .and_then(|result| result.hand.as_ref());
            if mark.points.is_none() {
                undecided.push((id.clone(), mark.task.id.clone()));
            }
            if mark.points.is_none() || given.is_some() {
                decided_by_hand += 1;
                let comment = given.map_or("", |(_, comment)| comment.as_str());
                row(
                    &mut open,
                    [
                        tables::cell(id),
                        mark.task.id.clone(),
                        tables::number(mark.points),
                        tables::cell(comment),
                    ],
                );
            }
        }
        if assignment
            .tasks
            .iter()
            .any(|task| task.decides == Decides::Hand)
        {
            put(
                &options.out.join("hand").join(format!("{file}.ipynb")),
                &grafted(assignment, &teacher),
            )?;
        }
        submissions.push(document(&teacher));
        class.add(&teacher, &file);
        texts.add(&student);
    }
    let similar: Vec<Similar> = texts.similar();
    let all = json!({
        "assignment": assignment.name,
        "sandbox": options.sandbox,
        "submissions": submissions,
    });
    put(
        &options.out.join("grades.json"),
        format!("{all:#}\n").as_bytes(),
    )?;
    put(&options.out.join("grades.csv"), &bytes(grades))?;
    put(&options.out.join("points.csv"), &bytes(points))?;
    if from_moodle > 0 {
        put(&options.out.join("moodle.csv"), &bytes(moodle))?;
    }
    // Never over what the teacher is filling in: what is still open is a file of its own.
    if decided_by_hand > 0 {
        put(&options.out.join("hand-open.csv"), &bytes(open))?;
    }
    put(
        &options.out.join("overview.html"),
        html::overview(assignment, &class, &similar, options, words).as_bytes(),
    )?;
    put(
        &options.out.join("similar.html"),
        html::similar(assignment, &similar, options, words).as_bytes(),
    )?;
    Ok(undecided)
}

/// The instructor's notebook with a student's answers.
fn grafted(assignment: &Assignment, sheet: &Sheet<'_>) -> Vec<u8> {
    let answers: BTreeMap<&str, Answer> = sheet
        .marks
        .iter()
        .map(|mark| {
            let answer = mark.answer.clone().map_or(Answer::Missing, Answer::Text);
            (mark.task.id.as_str(), answer)
        })
        .collect();
    let answers = answers.iter().map(|(task, answer)| (*task, answer));
    graft::graft(&assignment.notebook, answers)
        .text()
        .into_bytes()
}

fn document(sheet: &Sheet<'_>) -> Value {
    let tasks: Vec<Value> = sheet
        .marks
        .iter()
        .map(|mark| {
            json!({
                "task": mark.task.id,
                "verdict": mark.verdict.map(|verdict| verdict.name()),
                "points": mark.points,
                "max": mark.task.points,
                "why": visible::line(&mark.said),
                "schedule": mark.schedule,
            })
        })
        .collect();
    let max: f64 = sheet.marks.iter().map(|mark| mark.task.points).sum();
    json!({"id": sheet.student.id, "points": sheet.points(), "max": max, "tasks": tasks})
}

type Csv = csv::Writer<Vec<u8>>;

fn csv_writer() -> Csv {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new())
}

fn row<T: AsRef<[u8]>>(table: &mut Csv, cells: impl IntoIterator<Item = T>) {
    // Into memory, and every row has as many cells as the header: nothing can fail.
    let written = table.write_record(cells);
    debug_assert!(written.is_ok());
}

fn bytes(table: Csv) -> Vec<u8> {
    table.into_inner().unwrap_or_default()
}

/// Writes a file whole or not at all.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    let failed = |source| ReportError::File {
        path: path.to_owned(),
        source: unnamed(source),
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
