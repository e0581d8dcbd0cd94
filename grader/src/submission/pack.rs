//! `weft submit`: a student's notebook in a zip file that was checked to be gradable.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use zip::write::SimpleFileOptions;

use super::place::RECEIPT;
use super::{Problem, open_file};
use crate::assignment::sha256;
use crate::build::BuildError;
use crate::graft::{self, Answer, MAX_NOTEBOOK_BYTES, Wanted};
use crate::judge::Why;
use crate::notebook::{Cell, CellKind, Notebook};
use crate::workplace::unnamed;

/// Tells why an answer (the second text) cannot be compiled behind its prelude (the first), where it cannot; the last
/// word is whether its task gives it the library.
pub type Compile<'a> = dyn Fn(&str, &str, bool) -> Result<Option<Why>, BuildError> + 'a;

/// What is packed, and how it is checked.
pub struct SubmitOptions<'a> {
    /// The student's notebook.
    pub notebook: PathBuf,
    /// Where the zip goes; otherwise beside the notebook.
    pub out: Option<PathBuf>,
    /// Which assignment it has to be, where the student says it.
    pub assignment: Option<String>,
    /// Compiles an answer.
    pub compile: Option<&'a Compile<'a>>,
    /// Packs it although answers are missing.
    pub incomplete: bool,
}

/// What was packed.
#[derive(Clone, Debug, PartialEq)]
pub struct Packed {
    /// Where it is.
    pub path: PathBuf,
    /// Of which assignment.
    pub assignment: String,
    /// The tasks, and what stands in their cells.
    pub tasks: Vec<(String, Answer)>,
}

/// Why a notebook was not packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// It cannot be read.
    #[error("{path} cannot be read as a notebook: {problem:?}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        problem: Problem,
    },
    /// It does not say which assignment it is.
    #[error(
        "{0} was not made by `weft assignment release`; start from the notebook you were given"
    )]
    NoAssignment(PathBuf),
    /// It is another assignment.
    #[error("this is the assignment {found:?}, not {wanted:?}")]
    WrongAssignment {
        /// What it is.
        found: String,
        /// What was asked for.
        wanted: String,
    },
    /// A task cannot be graded like this.
    #[error("task {task:?} has no answer that could be graded: {problem:?}")]
    Task {
        /// Which.
        task: String,
        /// Why.
        problem: Problem,
    },
    /// A task does not compile.
    #[error("task {task:?} does not compile: {why:?}")]
    Compile {
        /// Which.
        task: String,
        /// What the compiler says.
        why: Why,
    },
    /// Nothing could be compiled.
    #[error(transparent)]
    Compiler(#[from] BuildError),
    /// The zip would be written over the notebook.
    #[error("{0} is the notebook itself")]
    OverNotebook(PathBuf),
    /// The zip could not be written.
    #[error("{path}: {source}")]
    Write {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

#[derive(Deserialize)]
struct Head {
    metadata: HeadMetadata,
}

#[derive(Deserialize)]
struct HeadMetadata {
    weft: Released,
}

#[derive(Deserialize)]
struct Released {
    assignment: String,
    tasks: Vec<String>,
    #[serde(default)]
    preludes: HashMap<String, String>,
    #[serde(default)]
    library: HashSet<String>,
}

/// Whether a task of the assignment gives answers the library: it has to be there before they are compiled. Of what
/// is no released notebook nothing is asked; [`submit`] says what is wrong with it.
pub fn asks_for_library(notebook: &Path) -> bool {
    let mut bytes = Vec::new();
    let read = open_file(notebook).is_ok_and(|file| {
        file.take(MAX_NOTEBOOK_BYTES)
            .read_to_end(&mut bytes)
            .is_ok()
    });
    // Proves that it is a notebook before its metadata is read, as below.
    read && graft::answers(bytes.as_slice(), &[]).is_ok()
        && serde_json::from_slice(&bytes)
            .is_ok_and(|head: Head| !head.metadata.weft.library.is_empty())
}

/// Tells what is wrong with a notebook, or with the place for the zip, before half a minute is spent on a compiler.
///
/// # Errors
/// Whatever [`submit`] would refuse, but for answers that do not compile.
pub fn foresee(options: &SubmitOptions<'_>) -> Result<(), PackError> {
    look(options).map(drop)
}

/// A notebook that could be packed as far as can be seen.
struct Ready {
    bytes: Vec<u8>,
    out: PathBuf,
    assignment: String,
    tasks: Vec<(String, Answer)>,
    preludes: HashMap<String, String>,
    library: HashSet<String>,
    notebook: Option<Notebook>,
}

fn look(options: &SubmitOptions<'_>) -> Result<Ready, PackError> {
    let path = &options.notebook;
    let unreadable = |problem| PackError::Unreadable {
        path: path.clone(),
        problem,
    };
    let mut bytes = Vec::new();
    open_file(path)
        .map_err(unreadable)?
        .take(MAX_NOTEBOOK_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(super::damaged(error)))?;
    // Proves that it is a notebook before anything is said about its metadata.
    graft::answers(bytes.as_slice(), &[]).map_err(unreadable)?;
    let head: Head =
        serde_json::from_slice(&bytes).map_err(|_| PackError::NoAssignment(path.clone()))?;
    let Released {
        assignment,
        tasks,
        preludes,
        library,
    } = head.metadata.weft;
    if let Some(wanted) = options
        .assignment
        .as_ref()
        .filter(|wanted| **wanted != assignment)
    {
        return Err(PackError::WrongAssignment {
            found: assignment,
            wanted: wanted.clone(),
        });
    }
    // The stub is not known here; what the cell was released with is, by its checksum, as long as the notebook is the
    // one that was given. Who grades looks again.
    let notebook = Notebook::parse(&String::from_utf8_lossy(&bytes)).ok();
    let cell = |task: &str| notebook.as_ref().and_then(|notebook| notebook.cell(task));
    let wanted: Vec<Wanted<'_>> = tasks.iter().map(|id| Wanted { id, stub: "" }).collect();
    let found = graft::answers(bytes.as_slice(), &wanted).map_err(unreadable)?;
    let tasks: Vec<(String, Answer)> = tasks
        .into_iter()
        .zip(found)
        .map(|(task, answer)| {
            let untouched = cell(&task).is_some_and(is_untouched);
            (task, if untouched { Answer::Untouched } else { answer })
        })
        .collect();
    for (task, answer) in &tasks {
        if let Some(problem) = answer.problem()
            && !(options.incomplete && problem == Problem::Untouched)
        {
            return Err(PackError::Task {
                task: task.clone(),
                problem,
            });
        }
    }
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| path.with_extension("zip"));
    is_free(&out, path)?;
    Ok(Ready {
        bytes,
        out,
        assignment,
        tasks,
        preludes,
        library,
        notebook,
    })
}

/// Whether a zip can take this place: it may stand over an older one, and never over the notebook itself.
fn is_free(out: &Path, notebook: &Path) -> Result<(), PackError> {
    let is_notebook = match (out.canonicalize(), notebook.canonicalize()) {
        (Ok(out), Ok(notebook)) => out == notebook,
        _ => false,
    };
    if is_notebook {
        return Err(PackError::OverNotebook(out.to_owned()));
    }
    let refused = |code| Err(io::Error::from_raw_os_error(code));
    let free = match folder_of(out).metadata() {
        Ok(_) if out.is_dir() => refused(libc::EISDIR),
        Ok(about) if !about.is_dir() => refused(libc::ENOTDIR),
        about => about.map(drop),
    };
    free.map_err(|source| PackError::Write {
        path: out.to_owned(),
        source,
    })
}

fn folder_of(out: &Path) -> &Path {
    out.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Checks a notebook and packs it.
pub fn submit(options: &SubmitOptions<'_>) -> Result<Packed, PackError> {
    let Ready {
        bytes,
        out,
        assignment,
        tasks,
        preludes,
        library,
        notebook,
    } = look(options)?;
    let cell = |task: &str| notebook.as_ref().and_then(|notebook| notebook.cell(task));
    for (task, answer) in &tasks {
        let is_code = cell(task).is_none_or(|cell| cell.kind == CellKind::Code);
        if let (Answer::Text(text), Some(compile), true) = (answer, options.compile, is_code)
            && let Some(why) = compile(
                preludes.get(task).map_or("", String::as_str),
                text,
                library.contains(task),
            )?
        {
            return Err(PackError::Compile {
                task: task.clone(),
                why,
            });
        }
    }
    pack(&out, &assignment, &bytes).map_err(|source| PackError::Write {
        path: out.clone(),
        source: unnamed(source),
    })?;
    Ok(Packed {
        path: out,
        assignment,
        tasks,
    })
}

/// Whether a cell still holds what was released in it.
fn is_untouched(cell: &Cell) -> bool {
    let released = cell.metadata.get("nbgrader");
    let released = released.and_then(|nbgrader| nbgrader.get("checksum"));
    released.is_some_and(|released| released.as_str() == cell.checksum().as_deref())
}

fn pack(out: &Path, assignment: &str, notebook: &[u8]) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder_of(out))?;
    let mut archive = zip::ZipWriter::new(file.as_file_mut());
    let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut put = |name: &str, bytes: &[u8]| {
        archive.start_file(name, packed)?;
        archive.write_all(bytes)
    };
    put(&format!("{assignment}.ipynb"), notebook)?;
    let about = serde_json::json!({"assignment": assignment, "sha256": sha256(notebook)});
    put(RECEIPT, format!("{about}\n").as_bytes())?;
    archive.finish()?;
    file.persist(out).map_err(|error| error.error)?;
    Ok(())
}
