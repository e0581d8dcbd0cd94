//! An assignment: a folder with `assignment.toml`, the instructor's notebook, and solutions that prove its checks.
//!
//! The folder is a course folder of nbgrader too: `source/NAME/NAME.ipynb` is the instructor's notebook,
//! `release/NAME/` what students get, `submitted/ID/NAME/` what came back. Beside them stand `wrong/TASK/*.rs` and
//! `right/TASK/*.rs`. The invariant: an [`Assignment`] that was loaded has a notebook and a manifest that agree.

pub mod chapter;
mod check;
mod fault;
mod manifest;
mod new;
mod schema;
mod written;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use messages::Language;
use sha2::{Digest, Sha256};

pub use chapter::ChapterTask;
pub use check::{CheckOptions, Claim, MAX_SOLUTIONS, Proof, check};
pub use fault::{ManifestFault, Wanted};
pub use new::{NewOptions, new};

use crate::judge::TaskSpec;
use crate::notebook::{self, Notebook, NotebookError};
use crate::release::{self, Stubs};

/// nbgrader's, for a course folder that is one assignment.
const CONFIGURATION: &str = include_str!("../../template/nbgrader_config.py");

/// At most this many tasks in one assignment.
pub const MAX_TASKS: usize = 200;

/// Why an assignment cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AssignmentError {
    /// A file of it could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// `assignment.toml` does not say what it should.
    #[error("{path}{}: {fault}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
    Manifest {
        /// Which file.
        path: PathBuf,
        /// Where; nothing if it is not in one line.
        line: Option<usize>,
        /// What is wrong with it.
        fault: Box<ManifestFault>,
    },
    /// Checking them would take for ever.
    #[error("{path}: there are more than {MAX_SOLUTIONS} solutions")]
    TooManySolutions {
        /// In which folder.
        path: PathBuf,
    },
    /// The instructor's notebook cannot be used.
    #[error("{path}: {source}")]
    Notebook {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        source: NotebookError,
    },
    /// The folder for a new assignment holds something already.
    #[error("{0} is not empty; choose a new folder")]
    NotEmpty(PathBuf),
    /// A name nothing can be called by.
    #[error("{0:?} is not a name; use letters, digits, `_` and `-`")]
    Name(String),
    /// A chapter's notebook is not as its task's assignment needs it.
    #[error("the chapter does not make an assignment: {0}")]
    Lesson(String),
}

impl AssignmentError {
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> AssignmentError {
        let path = path.to_owned();
        move |source| AssignmentError::File { path, source }
    }
}

/// Who decides about a task.
#[derive(Clone, Debug, PartialEq)]
pub enum Decides {
    /// A judge, by this.
    Judge {
        /// What the task demands.
        spec: Box<TaskSpec>,
        /// The hash of it: another hash, another task.
        hash: String,
    },
    /// The teacher, by reading.
    Hand,
}

/// One task.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its id, also the name of its answer cell.
    pub id: String,
    /// The most it gives.
    pub points: f64,
    /// Who decides.
    pub decides: Decides,
    /// What stands in the answer cell before the student writes.
    pub stub: String,
    titles: BTreeMap<String, String>,
}

impl Task {
    /// What it is called in this language, or in English, or its id.
    pub fn title(&self, language: Language) -> &str {
        title(&self.titles, language).unwrap_or(&self.id)
    }
}

/// An assignment that was loaded.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// Its folder.
    pub folder: PathBuf,
    /// Its name.
    pub name: String,
    /// The instructor's notebook.
    pub notebook: Notebook,
    /// Its tasks, in the order of the manifest.
    pub tasks: Vec<Task>,
    stub_code: String,
    stub_text: String,
    titles: BTreeMap<String, String>,
}

/// The title in this language, or in English, or the first there is.
pub(crate) fn title(titles: &BTreeMap<String, String>, language: Language) -> Option<&str> {
    let of = |code: &str| titles.get(code).map(String::as_str);
    of(language.code())
        .or_else(|| of("en"))
        .or_else(|| titles.values().next().map(String::as_str))
}

impl Assignment {
    /// Loads a folder.
    pub fn load(folder: &Path) -> Result<Assignment, AssignmentError> {
        manifest::load(folder)
    }

    /// What it is called in this language, or in English, or its name.
    pub fn title(&self, language: Language) -> &str {
        title(&self.titles, language).unwrap_or(&self.name)
    }

    /// What stands where solutions were.
    pub fn stubs(&self) -> Stubs<'_> {
        Stubs {
            code: &self.stub_code,
            text: &self.stub_text,
        }
    }

    /// The most anybody can get.
    pub fn max_points(&self) -> f64 {
        self.tasks.iter().map(|task| task.points).sum()
    }

    /// The task with this id.
    pub fn task(&self, id: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == id)
    }

    /// The tasks that a judge decides, and what they demand.
    pub fn judged(&self) -> impl Iterator<Item = (&Task, &TaskSpec)> {
        self.tasks.iter().filter_map(|task| match &task.decides {
            Decides::Judge { spec, .. } => Some((task, &**spec)),
            Decides::Hand => None,
        })
    }

    /// Whether a task gives answers the library: it has to be there before anything is judged.
    pub fn asks_for_library(&self) -> bool {
        self.judged().any(|(_, spec)| spec.library)
    }

    /// The notebook students get, with what `weft submit` has to know in its metadata.
    pub fn released(&self) -> Result<Notebook, AssignmentError> {
        let mut released = release::release(&self.notebook, &self.stubs()).map_err(|source| {
            AssignmentError::Notebook {
                path: self.notebook_path(),
                source,
            }
        })?;
        let tasks: Vec<&str> = self.tasks.iter().map(|task| task.id.as_str()).collect();
        let weft = released
            .metadata
            .entry("weft")
            .or_insert_with(|| serde_json::json!({}));
        if let Some(weft) = weft.as_object_mut() {
            weft.insert("assignment".to_owned(), serde_json::json!(self.name));
            weft.insert("tasks".to_owned(), serde_json::json!(tasks));
            // Without these, an answer that uses them would not compile where a student packs her notebook.
            let preludes: serde_json::Map<String, serde_json::Value> = self
                .judged()
                .filter(|(_, spec)| !spec.prelude.is_empty())
                .map(|(task, spec)| (task.id.clone(), serde_json::json!(spec.prelude)))
                .collect();
            let library: Vec<serde_json::Value> = self
                .judged()
                .filter(|(_, spec)| spec.library)
                .map(|(task, _)| serde_json::json!(task.id))
                .collect();
            weft.remove("preludes");
            weft.remove("library");
            if !preludes.is_empty() {
                weft.insert("preludes".to_owned(), preludes.into());
            }
            if !library.is_empty() {
                weft.insert("library".to_owned(), library.into());
            }
        }
        Ok(released)
    }

    /// Writes `release/NAME/NAME.ipynb`, and tells where that is.
    pub fn release(&self) -> Result<PathBuf, AssignmentError> {
        let path = self.in_course("release").join(self.notebook_name());
        write(&path, &self.released()?.text())?;
        Ok(path)
    }

    fn notebook_name(&self) -> String {
        format!("{}.ipynb", self.name)
    }

    fn notebook_path(&self) -> PathBuf {
        self.in_course("source").join(self.notebook_name())
    }

    fn in_course(&self, step: &str) -> PathBuf {
        self.folder.join(step).join(&self.name)
    }
}

fn write(path: &Path, text: &str) -> Result<(), AssignmentError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(AssignmentError::file(folder))?;
    }
    std::fs::write(path, text).map_err(AssignmentError::file(path))
}

/// The SHA-256 of some bytes, as text.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn is_name(name: &str) -> bool {
    notebook::is_name(name)
}
