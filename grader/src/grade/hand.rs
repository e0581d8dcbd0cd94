//! Points a teacher gives by hand: a table with the columns student, task, points, comment.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::table::Table;
use crate::assignment::{Assignment, Task};
use crate::ledger::{Ledger, LedgerError};
use crate::notebook::is_points;

/// The file's name in the folder for the results.
pub(crate) const FILE_NAME: &str = "hand.csv";

/// At most this large may the file be.
const MAX_MB: u64 = 64;

/// Why points given by hand cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HandError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is larger than any table of points.
    #[error("{path} is larger than {limit_mb} MB")]
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// The limit.
        limit_mb: u64,
    },
    /// A line of it makes no sense.
    #[error("{path}, line {line}: {fault}")]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: u64,
        /// What is wrong.
        fault: HandFault,
    },
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum HandFault {
    /// It is in another encoding than UTF-8.
    #[error("this is not UTF-8")]
    Encoding,
    /// The first line does not name a column.
    #[error("there is no column {0:?}")]
    Column(&'static str),
    /// It has more or fewer fields than the first line.
    #[error("there are {found} fields, and {wanted} in the first line")]
    Fields {
        /// How many.
        found: usize,
        /// How many the first line has.
        wanted: usize,
    },
    /// There is no such task.
    #[error("the assignment has no task {0:?}")]
    Task(String),
    /// The points are no number, or too many.
    #[error("{given:?} are no points from 0 to {max}")]
    Points {
        /// What stands there.
        given: String,
        /// The most the task gives.
        max: f64,
    },
    /// A task of a student has points already.
    #[error("task {task:?} of {student:?} is there twice")]
    Twice {
        /// Which task.
        task: String,
        /// Whose.
        student: String,
    },
}

pub(crate) struct Row {
    pub student: String,
    pub task: String,
    pub points: f64,
    pub comment: String,
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

/// Students who were given points, and of whom there is no submission: their points are in no table.
pub(crate) fn unknown(ledger: &Ledger, rows: &[Row]) -> Result<Vec<String>, LedgerError> {
    let known: HashSet<String> = ledger
        .handed_in()?
        .into_iter()
        .map(|(student, _)| student)
        .collect();
    let given = rows.iter().map(|row| &row.student);
    let mut unknown: Vec<String> = given
        .filter(|student| !known.contains(*student))
        .cloned()
        .collect();
    unknown.sort();
    unknown.dedup();
    Ok(unknown)
}

/// Reads them from this file, otherwise from the one in the folder for the results; `None` where none was asked for and
/// there is none.
pub(crate) fn read(
    assignment: &Assignment,
    asked: Option<&Path>,
    out: &Path,
) -> Result<Option<Vec<Row>>, HandError> {
    let path = asked.map_or_else(|| out.join(FILE_NAME), Path::to_owned);
    match std::fs::metadata(&path) {
        Ok(about) if about.len() > MAX_MB << 20 => {
            let limit_mb = MAX_MB;
            return Err(HandError::TooLarge { path, limit_mb });
        }
        Ok(_) => {}
        Err(_) if asked.is_none() => return Ok(None),
        Err(source) => return Err(HandError::File { path, source }),
    }
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(source) => return Err(HandError::File { path, source }),
    };
    rows(assignment, &Table::new(&bytes))
        .map(Some)
        .map_err(|(line, fault)| HandError::Line { path, line, fault })
}

/// The rows of a table, or the line that makes no sense and what is wrong with it.
fn rows(assignment: &Assignment, table: &Table) -> Result<Vec<Row>, (u64, HandFault)> {
    if let Err(error) = std::str::from_utf8(&table.text) {
        let before = &table.text[..error.valid_up_to()];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        return Err((line as u64, HandFault::Encoding));
    }
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .has_headers(false)
        .flexible(true)
        .delimiter(table.delimiter)
        .from_reader(table.text.as_slice());
    let mut record = csv::StringRecord::new();
    let mut columns: Option<Columns> = None;
    let mut rows = Vec::new();
    let mut seen = HashSet::new();
    loop {
        let line = table.line_of(reader.position().byte());
        let read = reader.read_record(&mut record);
        // Bytes in memory that are UTF-8 can be read.
        if !read.map_err(|_| (line, HandFault::Encoding))? {
            break;
        }
        let wrong = |fault| (line, fault);
        let Some(columns) = &columns else {
            columns = Some(Columns::of(&record).map_err(wrong)?);
            continue;
        };
        let row = columns.row(assignment, &record).map_err(wrong)?;
        let Some(row) = row else { continue };
        if !seen.insert((row.student.clone(), row.task.clone())) {
            let Row { student, task, .. } = row;
            return Err(wrong(HandFault::Twice { task, student }));
        }
        rows.push(row);
    }
    match columns {
        Some(_) => Ok(rows),
        None => Err((1, HandFault::Column(STUDENT))),
    }
}

const STUDENT: &str = "student";

/// Where each column is.
struct Columns {
    student: usize,
    task: usize,
    points: usize,
    comment: Option<usize>,
    count: usize,
}

impl Columns {
    fn of(first: &csv::StringRecord) -> Result<Columns, HandFault> {
        let find = |name: &str| {
            first
                .iter()
                .position(|field| field.eq_ignore_ascii_case(name))
        };
        let need = |name: &'static str| find(name).ok_or(HandFault::Column(name));
        Ok(Columns {
            student: need(STUDENT)?,
            task: need("task")?,
            points: need("points")?,
            comment: find("comment"),
            count: first.len(),
        })
    }

    /// A row with points; nothing where none are given yet.
    fn row(
        &self,
        assignment: &Assignment,
        record: &csv::StringRecord,
    ) -> Result<Option<Row>, HandFault> {
        if record.len() != self.count {
            return Err(HandFault::Fields {
                found: record.len(),
                wanted: self.count,
            });
        }
        let field = |place: usize| record.get(place).unwrap_or_default();
        let given = field(self.points);
        if given.is_empty() {
            return Ok(None);
        }
        let student = field(self.student);
        let task = field(self.task);
        let task = assignment
            .task(task)
            .ok_or_else(|| HandFault::Task(task.to_owned()))?;
        Ok(Some(Row {
            // What kept a name from being a formula is no part of it.
            student: student.strip_prefix('\'').unwrap_or(student).to_owned(),
            points: points(given, task)?,
            task: task.id.clone(),
            comment: self.comment.map(field).unwrap_or_default().to_owned(),
        }))
    }
}

fn points(given: &str, task: &Task) -> Result<f64, HandFault> {
    let points = given.replace(',', ".").parse().ok();
    points
        .filter(|points| is_points(*points) && *points <= task.points)
        .ok_or_else(|| HandFault::Points {
            given: given.to_owned(),
            max: task.points,
        })
}
