//! Looking for submissions: every candidate in a folder or an archive, then one for each student.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::place::{self, Place, Whose};
use super::{Content, Origin, Others, Problem, Submission, is_safe, open_archive, open_file};

/// At most this many submissions are graded in one go.
pub const MAX_SUBMISSIONS: usize = 20_000;

/// Of what was passed over, so much is named.
const MAX_PASSED_OVER: usize = 1000;

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
    /// There are none: nothing could be a notebook. What else lies there would become a class of zeros.
    #[error(
        "{path} holds no submissions: it should hold ID/notebook.ipynb, a zip of Moodle, or nbgrader's submitted/"
    )]
    None {
        /// Where.
        path: PathBuf,
        /// What was there instead; nothing where it is empty.
        passed_over: Vec<String>,
    },
    /// There are too many.
    #[error("{path} holds more than {MAX_SUBMISSIONS} submissions; grade it in parts")]
    TooMany {
        /// Where.
        path: PathBuf,
    },
}

/// What a folder or an archive holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// One for each student, sorted by id.
    pub submissions: Vec<Submission>,
    /// Paths of what is nobody's, sorted: a file whose student nothing tells, a notebook where none is looked for. Of
    /// very many, the first ones.
    pub passed_over: Vec<String>,
}

/// Finds the submissions in a folder or in a zip file.
pub fn find(path: &Path, assignment: &str) -> Result<Found, SubmissionsError> {
    let found = everything(path, assignment)?;
    let could_be_graded = |submission: &Submission| match &submission.content {
        Content::Problem(problem) => {
            !matches!(problem, Problem::NoNotebook | Problem::OtherFiles { .. })
        }
        _ => true,
    };
    if found.submissions.iter().any(could_be_graded) {
        return Ok(found);
    }
    let folders = found.submissions.into_iter().map(|one| one.id);
    Err(SubmissionsError::None {
        path: path.to_owned(),
        passed_over: found.passed_over.into_iter().chain(folders).collect(),
    })
}

/// The same where there may be nothing that could be graded.
pub(super) fn everything(path: &Path, assignment: &str) -> Result<Found, SubmissionsError> {
    let unreadable = |reason: String| SubmissionsError::Unreadable {
        path: path.to_owned(),
        reason,
    };
    let mut search = Search {
        assignment,
        found: BTreeMap::new(),
        instead: BTreeMap::new(),
        elsewhere: BTreeMap::new(),
        passed_over: BTreeSet::new(),
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
    search.without_notebook();
    if search.count > MAX_SUBMISSIONS {
        return Err(SubmissionsError::TooMany {
            path: path.to_owned(),
        });
    }
    let submissions = search.found.into_iter();
    let submissions = submissions.map(|(id, candidates)| choose(id, candidates, assignment));
    Ok(Found {
        submissions: submissions.collect(),
        passed_over: search.passed_over.into_iter().collect(),
    })
}

struct Search<'a> {
    assignment: &'a str,
    found: BTreeMap<String, Vec<Candidate>>,
    /// By student: what there is beside notebooks, or in their place.
    instead: BTreeMap<String, Instead>,
    /// By student: notebooks where none of this assignment is looked for; those of other assignments are not named.
    elsewhere: BTreeMap<String, Vec<String>>,
    passed_over: BTreeSet<String>,
    count: usize,
}

/// What is in the place of somebody's notebook.
struct Instead {
    place: Place,
    others: Others,
    own: Vec<PathBuf>,
}

/// What may be somebody's submission.
struct Candidate {
    place: Place,
    content: Content,
    /// Files and folders that are hers alone; nothing where it lies in the archive of a class.
    own: Vec<PathBuf>,
}

impl Search<'_> {
    fn add(&mut self, place: Place, content: Content, own: Option<PathBuf>) {
        self.count += 1;
        if self.count <= MAX_SUBMISSIONS {
            let theirs = self.found.entry(place.id.clone()).or_default();
            theirs.push(Candidate {
                place,
                content,
                own: own.into_iter().collect(),
            });
        }
    }

    /// Adds a notebook or an archive, or remembers that there is one where none is looked for.
    fn add_at(&mut self, inside: &str, content: Content, own: Option<PathBuf>) {
        match place::place(inside, self.assignment) {
            Some(place) => self.add(place, content, own),
            None => {
                let place = match place::whose(inside, self.assignment) {
                    Whose::Student(place) => place,
                    Whose::OtherAssignment => return,
                    Whose::Nobody => return self.pass_over(inside),
                };
                let theirs = self.elsewhere.entry(place.id).or_default();
                if !place::is_of_another_assignment(inside, self.assignment)
                    && theirs.len() < MAX_PASSED_OVER
                {
                    theirs.push(inside.to_owned());
                }
            }
        }
    }

    /// Remembers what is neither a notebook nor an archive.
    fn add_other(&mut self, inside: &str, own: Option<PathBuf>) {
        match place::whose(inside, self.assignment) {
            Whose::Student(place) => {
                // As the student called it: course systems write more into a name.
                let file = place.file.clone();
                let file = if file.is_empty() { inside } else { &file };
                self.instead(place, own).add(file);
            }
            Whose::OtherAssignment => {}
            Whose::Nobody => self.pass_over(inside),
        }
    }

    /// Remembers a folder that is a student's, whatever is in it.
    fn add_folder(&mut self, inside: &str, own: Option<PathBuf>) {
        if let Whose::Student(place) = place::whose(&format!("{inside}/_"), self.assignment) {
            self.instead(place, own);
        }
    }

    fn instead(&mut self, place: Place, own: Option<PathBuf>) -> &mut Others {
        let theirs = self
            .instead
            .entry(place.id.clone())
            .or_insert_with(|| Instead {
                place,
                others: Others::default(),
                own: Vec::new(),
            });
        theirs.own.extend(own);
        &mut theirs.others
    }

    fn pass_over(&mut self, inside: &str) {
        self.passed_over.insert(inside.to_owned());
        if self.passed_over.len() > MAX_PASSED_OVER {
            self.passed_over.pop_last();
        }
    }

    /// Whoever has handed in something, and no notebook anywhere, has a submission all the same.
    fn without_notebook(&mut self) {
        for (id, paths) in std::mem::take(&mut self.elsewhere) {
            self.instead.remove(&id);
            if !self.found.contains_key(&id) {
                for path in paths {
                    self.pass_over(&path);
                }
            }
        }
        for (id, Instead { place, others, own }) in std::mem::take(&mut self.instead) {
            if !self.found.contains_key(&id) {
                self.count += 1;
                let content = Content::Problem(others.problem());
                let only = Candidate {
                    place,
                    content,
                    own,
                };
                self.found.insert(id, vec![only]);
            }
        }
    }

    /// An archive that belongs to one student, whatever the paths in it say.
    fn packed(&self, archive: Content) -> Content {
        Content::Archive {
            archive: Box::new(archive),
            assignment: self.assignment.to_owned(),
        }
    }

    /// Adds what lies in a folder.
    fn folder(&mut self, folder: &Path, relative: &str, depth: usize) -> Result<(), String> {
        let entries = fs::read_dir(folder).map_err(|error| error.to_string())?;
        // Here lie the folders of students, or in nbgrader's tree what a student handed in of each assignment.
        let is_top =
            depth == 1 || (depth == 3 && relative.split('/').next() == Some(place::SUBMITTED));
        for entry in entries {
            let entry = entry.map_err(|error| error.to_string())?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if place::is_litter(&name) || self.is_full() {
                continue;
            }
            let path = entry.path();
            let inside = if relative.is_empty() {
                name.clone()
            } else {
                format!("{relative}/{name}")
            };
            let own = is_top.then(|| path.clone());
            let kind = entry.file_type().map_err(|error| error.to_string())?;
            if kind.is_dir() {
                if depth < MAX_DEPTH {
                    self.folder(&path, &inside, depth + 1)?;
                }
                if is_top && inside != place::SUBMITTED {
                    self.add_folder(&inside, own);
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
                    self.add(nobody(&name), content, own);
                    continue;
                }
                (false, false) => {
                    self.add_other(&inside, own);
                    continue;
                }
                _ if !kind.is_file() => Content::Problem(Problem::NotAFile),
                (true, _) => Content::File(path.clone()),
                // Its name tells whose it is. What is in it was chosen by whoever packed it: a path there that names
                // a student would speak for her.
                (false, true) => self.packed(Content::File(path.clone())),
            };
            self.add_at(&inside, content, Some(path));
        }
        Ok(())
    }

    /// Whether there is more than will be graded: the rest is not looked at.
    fn is_full(&self) -> bool {
        self.count.max(self.instead.len()) > MAX_SUBMISSIONS
    }

    /// Adds what a course system packed: there the paths tell whose is what.
    fn archive(&mut self, path: &Path) -> Result<(), String> {
        let text = |problem: Problem| match problem {
            Problem::Damaged { what } => what,
            other => format!("{other:?}"),
        };
        let mut archive = open_archive(open_file(path).map_err(text)?).map_err(text)?;
        let mut entries = Vec::new();
        let mut others = Vec::new();
        let mut folders = Vec::new();
        for index in 0..archive.len() {
            let entry = archive
                .by_index_raw(index)
                .map_err(|error| error.to_string())?;
            let name = super::entry_name(&entry);
            let notebook = place::is_notebook(&name);
            if place::is_litter(&name) {
                continue;
            }
            if entry.is_dir() {
                folders.push(name);
                continue;
            }
            if !(notebook || place::has_ending(&name, ".zip")) {
                others.push(name);
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
                .is_none_or(|place| place.origin == Origin::Folder)
        {
            self.add(nobody(&own), content.clone(), None);
            // Hers, or of a class whose others have handed in something else.
            for name in others {
                self.pass_over(&name);
            }
            return Ok(());
        }
        for (name, content) in entries {
            if content == Content::Problem(Problem::UnsafePath) {
                self.add(nobody(&name), content, None);
            } else {
                self.add_at(&name, content, None);
            }
        }
        for name in others {
            if is_safe(&name) {
                self.add_other(&name, None);
            } else {
                self.pass_over(&name);
            }
        }
        for folder in folders {
            let folder = folder.trim_end_matches('/');
            if is_safe(folder) && !folder.contains('/') && folder != place::SUBMITTED {
                self.add_folder(folder, None);
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
    let own = candidates.iter().flat_map(|one| one.own.clone());
    let own: Vec<PathBuf> = own.collect();
    let archived = candidates.iter().any(|one| one.own.is_empty());
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
