//! What can go wrong on the way from a text to an answer.
use std::path::PathBuf;
use std::time::Duration;

/// Something the model does not have, though the program compiles with the real std.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct NotModelled {
    /// What, as the program names it.
    pub what: String,
    /// Where.
    pub line: u32,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A tool of Rust is missing.
    #[error("`{tool}` was not found: install Rust (rustup.rs)")]
    NoToolchain {
        /// Which.
        tool: &'static str,
    },
    /// The compiler could not be run.
    #[error("the compiler `{path}` cannot be run")]
    Compiler {
        /// rustc.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is no place for what is compiled.
    #[error(
        "there is no folder to keep compiled code in: set WEFT_CACHE_DIR, or HOME to your home folder"
    )]
    NoCacheFolder,
    /// The facade could not be made.
    #[error(transparent)]
    Carried(carried::Error),
    /// A file could not be read or written.
    #[error("`{path}` cannot be read or written")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The program does not compile: not even with the real std.
    #[error("the program does not compile:\n{said}")]
    DoesNotCompile {
        /// What the compiler said.
        said: String,
    },
    /// The compiler did not end.
    #[error("the compiler did not end within {} s", limit.as_secs())]
    CompilesForEver {
        /// So long it was waited for.
        limit: Duration,
    },
    /// It compiles with the real std and not with the facade.
    #[error("not modelled: {}", list(what))]
    NotModelled {
        /// What, in the order of the lines.
        what: Vec<NotModelled>,
    },
    /// A thread runs and runs and never comes to an operation.
    #[error("a thread ran for {} s without an operation the explorer could see", after.as_secs())]
    Stuck {
        /// So long it was waited for.
        after: Duration,
    },
    /// Somebody asked to stop, and nothing had been found yet.
    #[error("interrupted")]
    Interrupted,
    /// The exploration did not end.
    #[error("the exploration did not end {} s after its budget", grace.as_secs())]
    Overdue {
        /// So long it was waited for.
        grace: Duration,
    },
    /// The program asked for more memory than there is for it.
    #[error("the program asked for more memory than the {} MiB there are for it", bytes >> 20)]
    OutOfMemory {
        /// The bound.
        bytes: u64,
    },
    /// The process that explored crashed.
    #[error("the program crashed with signal {signal}")]
    Crashed {
        /// The signal.
        signal: i32,
        /// What it wrote to stderr.
        said: String,
    },
    /// The process that explored ended without an answer.
    #[error("the program ended the process that explores it")]
    Ended {
        /// What it wrote to stderr.
        said: String,
    },
    /// The compiled program could not be loaded.
    #[error("the compiled program could not be loaded: {reason}")]
    NotLoaded {
        /// Why.
        reason: String,
    },
    /// The schedule is none, or not one of this program.
    #[error("{reason}")]
    Misfit {
        /// Why.
        reason: String,
    },
}

impl From<carried::Error> for Error {
    fn from(error: carried::Error) -> Self {
        match error {
            carried::Error::Interrupted => Self::Interrupted,
            error => Self::Carried(error),
        }
    }
}

impl Error {
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}

fn list(what: &[NotModelled]) -> String {
    let each = what
        .iter()
        .map(|one| format!("{}, line {}", one.what, one.line));
    each.collect::<Vec<_>>().join("; ")
}
