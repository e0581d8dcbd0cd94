//! The folder for the results is one of its own: what is written there would be handed in, or given out, the next time.

use std::path::{Path, PathBuf};

use crate::assignment::Assignment;

/// The folder for the results is no folder of its own.
#[derive(Debug, thiserror::Error)]
#[error(
    "{out} and {other} are the same, or one lies in the other; give the results a folder of its own"
)]
pub struct Overlap {
    /// The folder for the results.
    pub out: PathBuf,
    /// The folder with the submissions, or that of the assignment.
    pub other: PathBuf,
}

/// Refuses a folder for the results that is, holds, or lies in the folder of the assignment or that of the submissions.
/// A zip file may lie anywhere.
pub fn keep_apart(assignment: &Assignment, submissions: &Path, out: &Path) -> Result<(), Overlap> {
    let folder = submissions.is_dir().then_some(submissions);
    let results = resolved(out);
    for other in folder.into_iter().chain([assignment.folder.as_path()]) {
        let theirs = resolved(other);
        if results.starts_with(&theirs) || theirs.starts_with(&results) {
            return Err(Overlap {
                out: out.to_owned(),
                other: other.to_owned(),
            });
        }
    }
    Ok(())
}

/// Where a path leads, links followed, also where its end is still to be made.
fn resolved(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing = Vec::new();
    let mut there = whole.as_path();
    loop {
        if let Ok(found) = there.canonicalize() {
            return missing
                .iter()
                .rev()
                .fold(found, |path, part| path.join(part));
        }
        let (Some(above), Some(name)) = (there.parent(), there.file_name()) else {
            return whole;
        };
        missing.push(name);
        there = above;
    }
}
