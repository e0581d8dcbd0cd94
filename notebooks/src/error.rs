use std::path::PathBuf;

/// What can be wrong with a lesson's sources.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A source breaks a rule of the source form.
    #[error("{}:{line}: {problem}", path.display())]
    Source {
        /// The file.
        path: PathBuf,
        /// The line, from 1; 0 where the problem has no line.
        line: usize,
        /// The rule that is broken.
        problem: String,
    },
    /// A notebook could not be put into its file form.
    #[error("{name}: {problem}")]
    Document {
        /// The notebook.
        name: String,
        /// What the writer said.
        problem: String,
    },
    /// A language code that is none of the workbook's languages.
    #[error("`{0}` is not a language of the workbook (en, fa, tr, ru, zh-TW)")]
    Language(String),
}

/// The result of reading or writing lessons.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.into();
        move |source| Error::File { path, source }
    }

    pub(crate) fn source(
        path: impl Into<PathBuf>,
        line: usize,
        problem: impl Into<String>,
    ) -> Error {
        Error::Source {
            path: path.into(),
            line,
            problem: problem.into(),
        }
    }
}
