//! What students handed in: found in a folder, in a zip file or in nbgrader's tree, and opened one at a time.
//!
//! Nothing here follows a link, waits for a FIFO, believes a path inside an archive or reads without a limit, and
//! nothing is dropped in silence: what cannot be opened becomes a submission with a [`Problem`].

mod find;
mod pack;
mod place;
mod remove;

use std::fs::{File, OpenOptions};
use std::io::{self, Cursor, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use find::{Found, MAX_SUBMISSIONS, SubmissionsError, find};
pub use pack::{Compile, PackError, Packed, SubmitOptions, asks_for_library, foresee, submit};
pub use place::Origin;
pub use remove::{RemoveError, Removed, remove};

use crate::graft::MAX_NOTEBOOK_BYTES;

/// Why there is nothing to judge: a submission that cannot be read, or an answer that is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum Problem {
    /// It is not JSON.
    NotJson {
        /// Where it stops being JSON.
        line: u64,
        /// In which column.
        column: u64,
    },
    /// It is JSON, but no notebook.
    NotNotebook,
    /// It is larger than this.
    TooLarge {
        /// The limit.
        limit_mb: u64,
    },
    /// It could not be read to its end.
    Damaged {
        /// What the system or the archive says.
        what: String,
    },
    /// There is no notebook.
    NoNotebook,
    /// There is no notebook, and something else instead.
    OtherFiles {
        /// Names of what is there: a few of them.
        found: Vec<String>,
        /// Whether there are more.
        more: bool,
    },
    /// There are several notebooks, and none has the name of the assignment.
    SeveralNotebooks {
        /// How many.
        count: u64,
    },
    /// It is a link, a FIFO or another thing that is not a file.
    NotAFile,
    /// Its path leads out of its archive.
    UnsafePath,
    /// The answer cell is not there (any more).
    CellMissing,
    /// Several cells have the name of the task, and say different things.
    CellTwice,
    /// The answer is longer than this.
    AnswerTooLong {
        /// The limit.
        limit_kb: u64,
    },
    /// Nobody has written an answer yet.
    Untouched,
}

impl Problem {
    /// The id of its text in the catalogue.
    pub fn text_id(&self) -> &'static str {
        match self {
            Problem::NotJson { .. } => "grading-problem-not-json",
            Problem::NotNotebook => "grading-problem-not-notebook",
            Problem::TooLarge { .. } => "grading-problem-too-large",
            Problem::Damaged { .. } => "grading-problem-damaged",
            Problem::NoNotebook => "grading-problem-no-notebook",
            Problem::OtherFiles { .. } => "grading-problem-other-files",
            Problem::SeveralNotebooks { .. } => "grading-problem-several-notebooks",
            Problem::NotAFile => "grading-problem-not-a-file",
            Problem::UnsafePath => "grading-problem-unsafe-path",
            Problem::CellMissing => "grading-problem-cell-missing",
            Problem::CellTwice => "grading-problem-cell-twice",
            Problem::AnswerTooLong { .. } => "grading-problem-answer-too-long",
            Problem::Untouched => "grading-problem-untouched",
        }
    }
}

/// One student's submission, not opened yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// Whose it is: the name of the folder, or the number the course system gave.
    pub id: String,
    /// The student's name, where the course system says it.
    pub name: Option<String>,
    /// Which system it came out of.
    pub origin: Origin,
    content: Content,
    /// Files and folders that are hers alone, also those that were not chosen.
    own: Vec<PathBuf>,
    /// Whether something of hers lies in the archive of a class.
    archived: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Content {
    File(PathBuf),
    /// The file with this index in an archive.
    Entry(PathBuf, usize),
    /// A file that is an archive with one student's notebook in it.
    Archive {
        archive: Box<Content>,
        /// Of several notebooks, the one with this name is meant.
        assignment: String,
    },
    Problem(Problem),
}

impl Submission {
    /// Opens the notebook; what is read of it is for the reader to bound.
    pub fn open(&self) -> Result<Box<dyn Read>, Problem> {
        open(&self.content)
    }

    /// How large it is, as far as that is known without reading it.
    pub fn size_hint(&self) -> u64 {
        match &self.content {
            Content::File(path) => path.metadata().map_or(0, |about| about.len()),
            _ => MAX_NOTEBOOK_BYTES,
        }
    }
}

/// Of files that are no notebooks, so many are named.
const MAX_NAMED: usize = 3;
/// So much of a name is told, in letters.
const MAX_NAME: usize = 60;

/// What somebody handed in instead of a notebook.
#[derive(Clone, Debug, Default)]
struct Others {
    found: Vec<String>,
    more: bool,
}

impl Others {
    /// Adds a file by its path; what systems leave behind is none.
    fn add(&mut self, path: &str) {
        if place::is_litter(path) {
            return;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut shown: String = name.chars().take(MAX_NAME).collect();
        if shown.len() < name.len() {
            shown.push('…');
        }
        // In whatever order a folder is read, the same ones are told.
        let place = self.found.partition_point(|other| *other < shown);
        self.found.insert(place, shown);
        self.more |= self.found.len() > MAX_NAMED;
        self.found.truncate(MAX_NAMED);
    }

    fn problem(self) -> Problem {
        match self {
            Others { found, .. } if found.is_empty() => Problem::NoNotebook,
            Others { found, more } => Problem::OtherFiles { found, more },
        }
    }
}

fn damaged(error: impl std::fmt::Display) -> Problem {
    Problem::Damaged {
        what: error.to_string(),
    }
}

fn open(content: &Content) -> Result<Box<dyn Read>, Problem> {
    match content {
        Content::Problem(problem) => Err(problem.clone()),
        Content::File(path) => {
            let file = open_file(path)?;
            is_small(file.metadata().map_err(damaged)?.len())?;
            Ok(Box::new(file))
        }
        Content::Entry(archive, index) => {
            // An entry borrows its archive; a notebook is read to memory up to the limit, and one byte more tells
            // that it was longer.
            let mut archive = open_archive(open_file(archive)?)?;
            notebook(read_entry(&mut archive, *index)?)
        }
        Content::Archive {
            archive,
            assignment,
        } => match &**archive {
            Content::File(path) => unpack(open_file(path)?, assignment, Nested::May),
            inner => {
                let mut bytes = Vec::new();
                let mut packed = open(inner)?.take(MAX_NOTEBOOK_BYTES + 1);
                packed.read_to_end(&mut bytes).map_err(damaged)?;
                is_small(bytes.len() as u64)?;
                unpack(Cursor::new(bytes), assignment, Nested::May)
            }
        },
    }
}

/// Whether an archive may hold the notebook in another archive.
#[derive(Clone, Copy, PartialEq)]
enum Nested {
    May,
    MayNot,
}

/// The notebook in the archive of one student: the only one, wherever in it, or the one that has the right name. A zip
/// in it counts where there is no notebook: somebody has packed what `weft submit` had packed.
fn unpack<R: Read + io::Seek>(
    reader: R,
    assignment: &str,
    nested: Nested,
) -> Result<Box<dyn Read>, Problem> {
    let mut archive = open_archive(reader)?;
    let mut notebooks = Vec::new();
    let mut archives = Vec::new();
    let mut others = Others::default();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        let name = entry_name(&entry);
        if entry.is_dir() {
            continue;
        }
        if place::is_notebook(&name) {
            notebooks.push((index, name, entry.is_symlink()));
        } else if nested == Nested::May && place::has_ending(&name, ".zip") {
            archives.push((index, name, entry.is_symlink()));
        } else {
            others.add(&name);
        }
    }
    let is_packed = notebooks.is_empty();
    let candidates = if is_packed { archives } else { notebooks };
    if candidates.is_empty() {
        return Err(others.problem());
    }
    let files: Vec<&str> = candidates
        .iter()
        .map(|(_, name, _)| name.rsplit('/').next().unwrap_or(name))
        .collect();
    let chosen = place::pick(&files, assignment).ok_or(Problem::SeveralNotebooks {
        count: candidates.len() as u64,
    })?;
    let (index, name, is_link) = &candidates[chosen];
    if !is_safe(name) {
        return Err(Problem::UnsafePath);
    }
    if *is_link {
        return Err(Problem::NotAFile);
    }
    let bytes = read_entry(&mut archive, *index)?;
    if is_packed {
        return unpack(Cursor::new(bytes), assignment, Nested::MayNot);
    }
    notebook(bytes)
}

/// Whether a path in an archive stays in it.
fn is_safe(name: &str) -> bool {
    !name.starts_with('/') && !name.split('/').any(|part| part == "..")
}

fn notebook(bytes: Vec<u8>) -> Result<Box<dyn Read>, Problem> {
    Ok(Box::new(Cursor::new(bytes)))
}

fn is_small(size: u64) -> Result<(), Problem> {
    if size > MAX_NOTEBOOK_BYTES {
        return Err(Problem::TooLarge {
            limit_mb: MAX_NOTEBOOK_BYTES >> 20,
        });
    }
    Ok(())
}

/// Opens a file without following a link and without waiting for a writer.
fn open_file(path: &Path) -> Result<File, Problem> {
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_CLOEXEC)
        .open(path)
        .map_err(|error| match error.raw_os_error() {
            Some(libc::ELOOP | libc::ENXIO) => Problem::NotAFile,
            _ => damaged(error),
        })?;
    let about = file.metadata().map_err(damaged)?;
    if about.is_file() {
        Ok(file)
    } else {
        Err(Problem::NotAFile)
    }
}

fn open_archive<R: Read + io::Seek>(reader: R) -> Result<zip::ZipArchive<R>, Problem> {
    let archive = zip::ZipArchive::new(reader).map_err(damaged)?;
    if archive.len() > MAX_SUBMISSIONS * 4 {
        return Err(damaged("too many files in one archive"));
    }
    Ok(archive)
}

/// The name of an entry with `/` between its parts, and signs of replacement where its encoding makes no sense.
fn entry_name<R: Read + ?Sized>(entry: &zip::read::ZipFile<'_, R>) -> String {
    let name = match entry.name() {
        Ok(name) => name.into_owned(),
        Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
    };
    name.replace('\\', "/")
}

fn read_entry<R: Read + io::Seek>(
    archive: &mut zip::ZipArchive<R>,
    index: usize,
) -> Result<Vec<u8>, Problem> {
    let entry = archive.by_index(index).map_err(damaged)?;
    let mut bytes = Vec::new();
    // However large the entry says it is.
    entry
        .take(MAX_NOTEBOOK_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(damaged)?;
    is_small(bytes.len() as u64)?;
    Ok(bytes)
}
