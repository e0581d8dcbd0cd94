//! Looking for submissions: every candidate in a folder or an archive, then one for each student.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::place::{self, Place};
use super::{Content, Origin, Problem, Submission, is_safe, open_archive, open_file};

/// At most this many submissions are graded in one go.
pub const MAX_SUBMISSIONS: usize = 20_000;

/// `submitted/ID/NAME/NAME.ipynb` is the deepest we look.
const MAX_DEPTH: usize = 4;

/// Why no submissions could be found.
#[derive(Debug, thiserror::Error)]
pub enum SubmissionsError {
    /// The folder or archive cannot be read.
    #[error("{path}: {reason}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system or the archive says.
        reason: String,
    },
    /// The file is no archive, or a damaged one.
    #[error("{path} is no zip file: {reason}")]
    NoArchive {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There are none.
    #[error(
        "{0} holds no submissions: it should hold ID/notebook.ipynb, a zip of Moodle, or nbgrader's submitted/"
    )]
    None(PathBuf),
    /// There are too many.
    #[error("{path} holds more than {MAX_SUBMISSIONS} submissions; grade it in parts")]
    TooMany {
        /// Where.
        path: PathBuf,
    },
}

/// Finds the submissions in a folder or in a zip file, sorted by id.
pub fn find(path: &Path, assignment: &str) -> Result<Vec<Submission>, SubmissionsError> {
    let unreadable = |reason: String| SubmissionsError::Unreadable {
        path: path.to_owned(),
        reason,
    };
    let mut search = Search {
        assignment,
        found: BTreeMap::new(),
        count: 0,
    };
    let about = fs::metadata(path).map_err(|error| unreadable(error.to_string()))?;
    if about.is_dir() {
        search.folder(path, "", 1).map_err(unreadable)?;
    } else {
        // Before anything is said about what is in it.
        fs::File::open(path).map_err(|error| unreadable(error.to_string()))?;
        search
            .archive(path)
            .map_err(|reason| SubmissionsError::NoArchive {
                path: path.to_owned(),
                reason,
            })?;
    }
    if search.count > MAX_SUBMISSIONS {
        return Err(SubmissionsError::TooMany {
            path: path.to_owned(),
        });
    }
    if search.found.is_empty() {
        return Err(SubmissionsError::None(path.to_owned()));
    }
    let assignment = search.assignment;
    Ok(search
        .found
        .into_iter()
        .map(|(id, candidates)| choose(id, candidates, assignment))
        .collect())
}

struct Search<'a> {
    assignment: &'a str,
    found: BTreeMap<String, Vec<Candidate>>,
    count: usize,
}

/// What may be somebody's submission.
struct Candidate {
    place: Place,
    content: Content,
    /// The file or folder that is hers alone; nothing where it lies in the archive of a class.
    own: Option<PathBuf>,
}

impl Search<'_> {
    fn add(&mut self, place: Place, content: Content, own: Option<PathBuf>) {
        self.count += 1;
        if self.count <= MAX_SUBMISSIONS {
            let theirs = self.found.entry(place.id.clone()).or_default();
            theirs.push(Candidate {
                place,
                content,
                own,
            });
        }
    }

    /// An archive that belongs to one student, whatever the paths in it say.
    fn packed(&self, archive: Content) -> Content {
        Content::Archive {
            archive: Box::new(archive),
            assignment: self.assignment.to_owned(),
        }
    }

    /// Adds what lies in a folder, and tells whether there was anything of this or another assignment.
    fn folder(&mut self, folder: &Path, relative: &str, depth: usize) -> Result<bool, String> {
        let mut any = false;
        let entries = fs::read_dir(folder).map_err(|error| error.to_string())?;
        for entry in entries {
            let entry = entry.map_err(|error| error.to_string())?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') || self.count > MAX_SUBMISSIONS {
                continue;
            }
            let path = entry.path();
            let inside = if relative.is_empty() {
                name.clone()
            } else {
                format!("{relative}/{name}")
            };
            let kind = entry.file_type().map_err(|error| error.to_string())?;
            if kind.is_dir() {
                let full = depth < MAX_DEPTH && self.folder(&path, &inside, depth + 1)?;
                any |= full;
                if depth == 1 && !full && name != place::SUBMITTED {
                    let content = Content::Problem(Problem::NoNotebook);
                    self.add(nobody(&name), content, Some(path));
                }
                continue;
            }
            let content = match (
                place::is_notebook(&inside),
                place::has_ending(&inside, ".zip"),
            ) {
                // A link at the top may stand for a student's whole folder.
                (false, false) if depth == 1 && kind.is_symlink() => {
                    let content = Content::Problem(Problem::NotAFile);
                    self.add(nobody(&name), content, Some(path));
                    continue;
                }
                (false, false) => continue,
                _ if !kind.is_file() => Content::Problem(Problem::NotAFile),
                (true, _) => Content::File(path.clone()),
                // Its name tells whose it is. What is in it was chosen by whoever packed it: a path there that names
                // a student would speak for her.
                (false, true) => self.packed(Content::File(path.clone())),
            };
            any = true;
            if let Some(place) = place::place(&inside, self.assignment) {
                self.add(place, content, Some(path));
            }
        }
        Ok(any)
    }

    /// Adds what a course system packed: there the paths tell whose is what.
    fn archive(&mut self, path: &Path) -> Result<(), String> {
        let text = |problem: Problem| match problem {
            Problem::Damaged { what } => what,
            other => format!("{other:?}"),
        };
        let mut archive = open_archive(open_file(path).map_err(text)?).map_err(text)?;
        let mut entries = Vec::new();
        for index in 0..archive.len() {
            let entry = archive
                .by_index_raw(index)
                .map_err(|error| error.to_string())?;
            let name = super::entry_name(&entry);
            let notebook = place::is_notebook(&name);
            if entry.is_dir() || !(notebook || place::has_ending(&name, ".zip")) {
                continue;
            }
            let plain = Content::Entry(path.to_owned(), index);
            let content = match (is_safe(&name), entry.is_symlink(), notebook) {
                (false, _, _) => Content::Problem(Problem::UnsafePath),
                (true, true, _) => Content::Problem(Problem::NotAFile),
                (true, false, true) => plain,
                (true, false, false) => self.packed(plain),
            };
            entries.push((name, content));
        }
        // One notebook alone is the archive of one student: the file's name tells whose.
        let own = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        if let ([(name, content)], Some(own)) = (entries.as_slice(), own)
            && !name.contains('/')
            && place::place(name, self.assignment)
                .is_some_and(|place| place.origin == Origin::Folder)
        {
            self.add(nobody(&own), content.clone(), None);
            return Ok(());
        }
        for (name, content) in entries {
            match place::place(&name, self.assignment) {
                _ if content == Content::Problem(Problem::UnsafePath) => {
                    self.add(nobody(&name), content, None)
                }
                Some(place) => self.add(place, content, None),
                None => {}
            }
        }
        Ok(())
    }
}

/// A place that is known by its name only.
fn nobody(name: &str) -> Place {
    Place {
        id: name.to_owned(),
        name: None,
        origin: Origin::Folder,
        file: String::new(),
    }
}

/// The submission of one student who has these candidates.
fn choose(id: String, mut candidates: Vec<Candidate>, assignment: &str) -> Submission {
    let own = candidates.iter().filter_map(|one| one.own.clone());
    let own: Vec<PathBuf> = own.collect();
    let archived = own.len() < candidates.len();
    let files: Vec<&str> = candidates
        .iter()
        .map(|one| one.place.file.as_str())
        .collect();
    let index = place::pick(&files, assignment);
    let count = candidates.len() as u64;
    let Candidate { place, content, .. } = candidates.swap_remove(index.unwrap_or(0));
    Submission {
        id,
        name: place.name,
        origin: place.origin,
        content: match index {
            Some(_) => content,
            None => Content::Problem(Problem::SeveralNotebooks { count }),
        },
        own,
        archived,
    }
}
