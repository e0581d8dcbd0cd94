//! Points a teacher gives by hand: a CSV with the columns student, task, points, comment.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::assignment::Assignment;
use crate::ledger::{Ledger, LedgerError};
use crate::notebook::is_points;

/// The file's name in the folder for the results.
pub(crate) const FILE_NAME: &str = "hand.csv";

/// At most this large may the file be.
const MAX_BYTES: u64 = 64 << 20;

/// Why points given by hand cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HandError {
    /// The file cannot be read.
    #[error("{path}: {reason}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A line of it makes no sense.
    #[error("{path}, line {line}: {reason}")]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}

pub(crate) struct Row {
    pub student: String,
    pub task: String,
    pub points: f64,
    pub comment: String,
}

#[derive(Deserialize)]
struct Raw {
    student: String,
    task: String,
    #[serde(default)]
    points: String,
    #[serde(default)]
    comment: String,
}

/// Writes them into the ledger, in the place of what was there.
pub(crate) fn write(ledger: &mut Ledger, rows: &[Row]) -> Result<(), LedgerError> {
    let rows = rows.iter();
    ledger.set_hand(rows.map(|row| {
        let Row {
            student,
            task,
            points,
            comment,
        } = row;
        (student.as_str(), task.as_str(), *points, comment.as_str())
    }))
}

/// Reads them from this file, otherwise from the one in the folder for the results; `None` where none was asked for and
/// there is none.
pub(crate) fn read(
    assignment: &Assignment,
    asked: Option<&Path>,
    out: &Path,
) -> Result<Option<Vec<Row>>, HandError> {
    let path = asked.map_or_else(|| out.join(FILE_NAME), Path::to_owned);
    let unreadable = |reason: String| HandError::Unreadable {
        path: path.clone(),
        reason,
    };
    match std::fs::metadata(&path) {
        Ok(about) if about.len() > MAX_BYTES => {
            return Err(unreadable("it is too large".to_owned()));
        }
        Ok(_) => {}
        Err(_) if asked.is_none() => return Ok(None),
        Err(error) => return Err(unreadable(error.to_string())),
    }
    let text = std::fs::read(&path).map_err(|error| unreadable(error.to_string()))?;
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text);
    let mut rows = Vec::new();
    let mut seen = HashSet::new();
    let headers = reader
        .headers()
        .map_err(|error| unreadable(error.to_string()))?
        .clone();
    let mut record = csv::StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|error| unreadable(error.to_string()))?
    {
        let wrong = |reason: String| HandError::Line {
            path: path.clone(),
            line: record.position().map_or(0, csv::Position::line),
            reason,
        };
        let raw: Raw = record
            .deserialize(Some(&headers))
            .map_err(|error| wrong(error.to_string()))?;
        if raw.points.is_empty() {
            continue;
        }
        let student = raw
            .student
            .strip_prefix('\'')
            .unwrap_or(&raw.student)
            .to_owned();
        let Some(task) = assignment.task(&raw.task) else {
            return Err(wrong(format!("the assignment has no task {:?}", raw.task)));
        };
        let points = raw
            .points
            .replace(',', ".")
            .parse()
            .ok()
            .filter(|points| is_points(*points) && *points <= task.points)
            .ok_or_else(|| {
                wrong(format!(
                    "{:?} are no points from 0 to {}",
                    raw.points, task.points
                ))
            })?;
        if !seen.insert((student.clone(), task.id.clone())) {
            return Err(wrong(format!(
                "task {:?} of {student:?} is there twice",
                task.id
            )));
        }
        rows.push(Row {
            student,
            task: task.id.clone(),
            points,
            comment: raw.comment,
        });
    }
    Ok(Some(rows))
}
