//! One student's submission, taken out of a folder.
//!
//! Deleted are her notebooks, all of them, the copies Jupyter keeps beside them, and then what is empty of the folders
//! that are hers. What else she handed in stays, and is named: nobody has said that it may be deleted.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::find::everything;
use super::{Submission, SubmissionsError, place};

/// Where Jupyter keeps the last saved state of the notebooks of a folder.
const CHECKPOINTS: &str = ".ipynb_checkpoints";

/// Deeper than this no empty folder is looked for.
const MAX_DEPTH: usize = 16;

/// What became of one student's submission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// What was deleted.
    pub deleted: Vec<PathBuf>,
    /// What is hers and still there: files that are no notebooks.
    pub left: Vec<PathBuf>,
    /// Whether her notebook is in an archive with those of others, out of which nothing can be taken.
    pub archived: bool,
}

/// Why not everything was removed.
#[derive(Debug, thiserror::Error)]
pub enum RemoveError {
    /// The submissions cannot be read.
    #[error(transparent)]
    Submissions(#[from] SubmissionsError),
    /// Something cannot be deleted.
    #[error("{path}: {source}")]
    File {
        /// What.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Removes what a student handed in from a folder of submissions.
pub fn remove(folder: &Path, assignment: &str, id: &str) -> Result<Removed, RemoveError> {
    let mut removed = Removed::default();
    let Some(submission) = of_student(folder, assignment, id)? else {
        return Ok(removed);
    };
    for path in &submission.own {
        let about = fs::symlink_metadata(path);
        if about.as_ref().is_ok_and(fs::Metadata::is_dir) {
            without_empty(path, MAX_DEPTH, &mut removed.deleted)?;
        } else if !about.is_ok_and(|about| about.is_file()) || is_handed_in(path) {
            delete(path, &mut removed.deleted)?;
            delete_copy(path, &mut removed.deleted)?;
        }
        let mut above = path.parent();
        while let Some(hers) = above.filter(|above| is_hers(above, folder, id)) {
            if !remove_if_empty(hers)? {
                break;
            }
            above = hers.parent();
        }
    }
    // Who would be found by the next grading is not gone, whatever was deleted.
    if let Some(still) = of_student(folder, assignment, id)? {
        removed.left = still.own;
        removed.archived = still.archived;
    }
    Ok(removed)
}

fn of_student(
    folder: &Path,
    assignment: &str,
    id: &str,
) -> Result<Option<Submission>, SubmissionsError> {
    let found = everything(folder, assignment)?;
    let mut submissions = found.submissions.into_iter();
    Ok(submissions.find(|submission| submission.id == id))
}

/// Whether a file is what grading asks for, and not something else that a student has left there.
fn is_handed_in(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    place::is_notebook(&name) || place::has_ending(&name, ".zip")
}

/// Whether a folder is the student's, or lies in one that is. The folder with all submissions is nobody's.
fn is_hers(path: &Path, submissions: &Path, id: &str) -> bool {
    let Ok(inside) = path.strip_prefix(submissions) else {
        return false;
    };
    inside
        .components()
        .any(|part| place::is_folder_of(&part.as_os_str().to_string_lossy(), id))
}

fn delete(path: &Path, deleted: &mut Vec<PathBuf>) -> Result<(), RemoveError> {
    match fs::remove_file(path) {
        Ok(()) => deleted.push(path.to_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(source) => return Err(failed(path, source)),
    }
    Ok(())
}

/// Deletes Jupyter's copy of a notebook, and the folder it was in when that is empty now.
fn delete_copy(notebook: &Path, deleted: &mut Vec<PathBuf>) -> Result<(), RemoveError> {
    let (Some(stem), Some(folder)) = (notebook.file_stem(), notebook.parent()) else {
        return Ok(());
    };
    let copies = folder.join(CHECKPOINTS);
    let mut name = OsString::from(stem);
    name.push("-checkpoint.ipynb");
    // Behind a link lies what is not hers.
    if fs::symlink_metadata(&copies).is_ok_and(|about| about.is_dir()) {
        delete(&copies.join(name), deleted)?;
        remove_if_empty(&copies)?;
    }
    Ok(())
}

/// Removes a folder in which there are only folders, and in them only folders.
fn without_empty(
    folder: &Path,
    depth: usize,
    deleted: &mut Vec<PathBuf>,
) -> Result<(), RemoveError> {
    let entries = fs::read_dir(folder).map_err(|error| failed(folder, error))?;
    for entry in entries {
        let entry = entry.map_err(|error| failed(folder, error))?;
        if depth > 0 && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            without_empty(&entry.path(), depth - 1, deleted)?;
        }
    }
    if remove_if_empty(folder)? {
        deleted.push(folder.to_owned());
    }
    Ok(())
}

/// Removes a folder, and tells whether it is gone.
fn remove_if_empty(folder: &Path) -> Result<bool, RemoveError> {
    match fs::remove_dir(folder) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => Ok(false),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(source) => Err(failed(folder, source)),
    }
}

fn failed(path: &Path, source: io::Error) -> RemoveError {
    RemoveError::File {
        path: path.to_owned(),
        source,
    }
}
