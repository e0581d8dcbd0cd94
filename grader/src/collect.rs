//! `weft assignment collect`: submissions from anywhere into nbgrader's tree, `submitted/ID/NAME/NAME.ipynb`.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::assignment::Assignment;
use crate::graft::MAX_NOTEBOOK_BYTES;
use crate::report::{ReportError, put, visible};
use crate::submission::{self, Problem, SubmissionsError};

/// What is collected.
#[derive(Clone, Debug)]
pub struct CollectOptions {
    /// A folder or an archive.
    pub from: PathBuf,
    /// Whether notebooks that were collected before are written over.
    pub replace: bool,
}

/// What became of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Collected {
    /// It is there now.
    New,
    /// It was there already, the same.
    Same,
    /// Another one is there; it was left.
    Kept,
    /// Another one was there; it was written over.
    Replaced,
    /// It cannot be read.
    Refused(Problem),
}

/// What became of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// Each student's id, and what became of the submission.
    pub students: Vec<(String, Collected)>,
    /// What lay among the submissions and is none.
    pub passed_over: Vec<String>,
}

/// Why nothing was collected.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// There is nothing to collect.
    #[error(transparent)]
    Submissions(#[from] SubmissionsError),
    /// A notebook could not be written.
    #[error(transparent)]
    Write(#[from] ReportError),
}

/// Collects, and tells what became of each.
pub fn collect(
    assignment: &Assignment,
    options: &CollectOptions,
) -> Result<Collection, CollectError> {
    let found = submission::find(&options.from, &assignment.name)?;
    let mut students = Vec::with_capacity(found.submissions.len());
    for submission in found.submissions {
        let path = assignment
            .folder
            .join("submitted")
            // An id can be anything; the folder it gives lies in `submitted`.
            .join(visible::file_name(&submission.id))
            .join(&assignment.name)
            .join(format!("{}.ipynb", assignment.name));
        let collected = match read(&submission) {
            Err(problem) => Collected::Refused(problem),
            Ok(bytes) => place(&path, &bytes, options.replace)?,
        };
        students.push((submission.id, collected));
    }
    Ok(Collection {
        students,
        passed_over: found.passed_over,
    })
}

fn read(submission: &submission::Submission) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut notebook = submission.open()?.take(MAX_NOTEBOOK_BYTES + 1);
    notebook
        .read_to_end(&mut bytes)
        .map_err(|error| Problem::Damaged {
            what: error.to_string(),
        })?;
    if bytes.len() as u64 > MAX_NOTEBOOK_BYTES {
        return Err(Problem::TooLarge {
            limit_mb: MAX_NOTEBOOK_BYTES >> 20,
        });
    }
    Ok(bytes)
}

fn place(path: &Path, bytes: &[u8], replace: bool) -> Result<Collected, ReportError> {
    let there = std::fs::read(path).ok();
    let collected = match &there {
        Some(there) if there == bytes => return Ok(Collected::Same),
        Some(_) if !replace => return Ok(Collected::Kept),
        Some(_) => Collected::Replaced,
        None => Collected::New,
    };
    put(path, bytes)?;
    Ok(collected)
}
