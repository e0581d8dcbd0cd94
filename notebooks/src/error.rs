use std::path::{Path, PathBuf};

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
    #[error("{}: {problem}", place(path, *line))]
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
    /// A folder is not the root of Weft's source.
    #[error(
        "{} is not the root of Weft's source: {} is not there",
        root.display(),
        expected.display()
    )]
    NoCheckout {
        /// The folder.
        root: PathBuf,
        /// What every checkout has.
        expected: PathBuf,
    },
    /// What was given is no code of a language.
    #[error(
        "`{0}` is not the code of a language: a code is written like `de`, `pt-BR` or `zh-Hant`"
    )]
    LanguageCode(String),
    /// English was asked for where a translation is meant.
    #[error("English is what the other languages are translated from")]
    English,
    /// A language that was to be begun is there already.
    #[error("`{code}` has been begun already: {} is there", path.display())]
    LanguageExists {
        /// The code.
        code: String,
        /// What is there of it.
        path: PathBuf,
    },
    /// A language nobody has begun.
    #[error("`{code}` has not been begun: there is neither {} nor a PO file", path.display())]
    NoLanguage {
        /// The code.
        code: String,
        /// Where its texts would be.
        path: PathBuf,
    },
    /// A chapter that is not there.
    #[error("there is no chapter `{0}`")]
    NoChapter(String),
}

/// The result of reading or writing lessons.
pub type Result<T> = std::result::Result<T, Error>;

/// `path:line`, or the path alone where there is no line.
fn place(path: &Path, line: usize) -> String {
    match line {
        0 => path.display().to_string(),
        line => format!("{}:{line}", path.display()),
    }
}

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
