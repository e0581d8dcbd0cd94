//! Evaluates cells: evcxr compiles them, the worker runs them.
//!
//! - [`library`] prepares what cells can use (`exercises`, `weft`), once for a compiler;
//! - [`compiler`] is the `cargo` evcxr calls, with [`rewrite`], [`dependencies`] and
//!   [`variable_types`]; [`consumed`] spares it work;
//! - [`session`] owns evcxr, the pump and the commands, and is the [`Language`] of this kernel;
//! - [`diagnostics`] draws compile errors, [`endings`] names the ways a cell can fail.
//!
//! Invariant: evcxr is only asked on the thread `language`, one request at a time.
//!
//! [`Language`]: crate::language::Language

pub(crate) mod compiler;
mod completeness;
mod consumed;
mod dependencies;
mod diagnostics;
mod endings;
pub(crate) mod library;
mod process;
mod rewrite;
mod session;
mod toolchain;
mod variable_types;

use std::path::{Path, PathBuf};

pub use library::{CACHE_VARIABLE, cache_folder};
pub(crate) use process::Process;
pub(crate) use session::{Session, language_info};

use toolchain::Toolchain;

/// Why cells cannot be evaluated.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// cargo or rustc is missing.
    #[error("`{tool}` was not found: install Rust with rustup (https://rustup.rs)")]
    NoToolchain {
        /// Which one.
        tool: &'static str,
    },
    /// The compiler cannot be run or answers strangely.
    #[error("the Rust compiler does not answer: {0}")]
    Compiler(String),
    /// There is no folder to keep compiled code in.
    #[error("neither HOME nor {CACHE_VARIABLE} is set, so there is no folder for compiled code")]
    NoCacheFolder,
    /// The library of cells does not compile.
    #[error("the library of cells could not be compiled: {0}")]
    Library(String),
    /// A file or folder cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// evcxr could not start.
    #[error("{0}")]
    Evcxr(String),
}

impl EvaluateError {
    /// For `map_err`.
    fn file(path: &Path) -> impl FnOnce(std::io::Error) -> EvaluateError + use<> {
        let path = path.to_owned();
        move |source| EvaluateError::File { path, source }
    }
}

/// Compiles the library of cells for the compiler in use, unless that is done. `progress` hears
/// the name of each crate as it is ready. Takes half a minute the first time. Gives the folder the
/// result lies in.
///
/// # Errors
/// [`EvaluateError`] says what is missing.
pub fn prepare(progress: &mut dyn FnMut(&str)) -> Result<PathBuf, EvaluateError> {
    let toolchain = Toolchain::find()?;
    let facts = toolchain.facts()?;
    toolchain.add_standard_source();
    let library = library::prepare(&toolchain, &facts, progress)?;
    Ok(library.source)
}

/// Whether [`prepare`] has nothing to do.
///
/// # Errors
/// [`EvaluateError`] where there is no compiler.
pub fn is_prepared() -> Result<bool, EvaluateError> {
    let facts = Toolchain::find()?.facts()?;
    Ok(library::ready(&facts).is_some())
}
