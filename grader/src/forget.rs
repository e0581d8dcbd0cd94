//! `weft grade forget ID`: a student's data, deleted everywhere.
//!
//! From the ledger (rows, free pages and the log), the student's pages and notebooks, the tables and the overview
//! (made again without her), `hand.csv`, and on request the notebook she handed in. What lies in an archive of a
//! course system cannot be taken out of it; [`Forgotten::still_in`] names it. [`Forgotten::left`] names what else she
//! handed in.

use std::path::{Path, PathBuf};

use crate::assignment::Assignment;
use crate::grade::Settings;
use crate::grade::table::Table;
use crate::ledger::{Ledger, LedgerError};
use crate::report::{self, ReportError, ReportOptions, put, visible};
use crate::submission::{RemoveError, remove};

/// Who is forgotten, and where.
#[derive(Clone, Debug)]
pub struct ForgetOptions {
    /// Whose data.
    pub id: String,
    /// How the reports are made again; `out` is the folder with the results.
    pub report: ReportOptions,
    /// The folder with the submissions, where they are deleted too.
    pub submissions: Option<PathBuf>,
}

/// What was deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Whether anything was known.
    pub known: bool,
    /// Files that were deleted.
    pub deleted: Vec<PathBuf>,
    /// Where her notebook still is: archives nothing can be taken out of.
    pub still_in: Vec<PathBuf>,
    /// What of hers is still among the submissions although her notebook is gone: she would be graded again.
    pub left: Vec<PathBuf>,
}

/// Why nothing, or not everything, was deleted.
#[derive(Debug, thiserror::Error)]
pub enum ForgetError {
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The reports cannot be made again.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// What she handed in cannot be deleted.
    #[error(transparent)]
    Remove(#[from] RemoveError),
    /// A file cannot be deleted.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Deletes a student's data.
pub fn forget(assignment: &Assignment, options: &ForgetOptions) -> Result<Forgotten, ForgetError> {
    let out = &options.report.out;
    let mut ledger = Ledger::open(out, &assignment.name)?;
    let mut forgotten = Forgotten {
        known: ledger.forget(&options.id)?,
        ..Forgotten::default()
    };
    let file = visible::file_name(&options.id);
    for path in [
        out.join("students").join(format!("{file}.html")),
        out.join("students").join(format!("{file}.md")),
        out.join("hand").join(format!("{file}.ipynb")),
    ] {
        delete(path, &mut forgotten)?;
    }
    for name in ["hand.csv", "hand-open.csv", "moodle.csv"] {
        without_rows(&out.join(name), &options.id)?;
    }
    if let Some(folder) = &options.submissions {
        let removed = remove(folder, &assignment.name, &options.id)?;
        forgotten.known |= !removed.deleted.is_empty();
        forgotten.deleted.extend(removed.deleted);
        forgotten.left = removed.left;
        if removed.archived {
            forgotten.still_in.push(folder.clone());
        }
    }
    let mut report = options.report.clone();
    let (hers, others): (Vec<String>, Vec<String>) = report
        .passed_over
        .into_iter()
        .partition(|path| names(path, &options.id));
    forgotten.known |= !hers.is_empty();
    report.passed_over = others;
    if let Some(folder) = &options.submissions {
        let hers = hers.iter().map(|path| folder.join(path));
        forgotten.left.extend(hers.filter(|path| path.exists()));
    }
    if let Ok(mut settings) = Settings::read(out) {
        settings.passed_over.clone_from(&report.passed_over);
        settings.write(out)?;
    }
    report::write(assignment, &ledger, &report)?;
    Ok(forgotten)
}

fn delete(path: PathBuf, forgotten: &mut Forgotten) -> Result<(), ForgetError> {
    match std::fs::remove_file(&path) {
        Ok(()) => {
            forgotten.known = true;
            forgotten.deleted.push(path);
            Ok(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(ForgetError::File { path, source }),
    }
}

/// Whether a path has this id in it: as a folder, or as a file's name.
fn names(path: &str, id: &str) -> bool {
    let stem = |part: &str| part.rsplit_once('.').is_some_and(|(stem, _)| stem == id);
    path.split('/').any(|part| part == id || stem(part))
}

/// A table without the rows that begin with this id.
fn without_rows(path: &Path, id: &str) -> Result<(), ForgetError> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(source) => {
            return Err(ForgetError::File {
                path: path.to_owned(),
                source,
            });
        }
    };
    let participant = format!("Participant {id}");
    let is_theirs = |row: &csv::ByteRecord| {
        let first = row.get(0).unwrap_or_default();
        let first = first.trim_ascii();
        let first = first.strip_prefix(b"'").unwrap_or(first);
        first == id.as_bytes() || first == participant.as_bytes()
    };
    let left = Table::new(&text).without(is_theirs);
    let left = left.map_err(|source| ForgetError::File {
        path: path.to_owned(),
        source,
    })?;
    // The teacher's own file stays as it is where there is nothing to take out of it.
    if let Some(left) = left {
        put(path, &left)?;
    }
    Ok(())
}
