//! Evaluates cells: evcxr compiles them, the worker runs them.
//!
//! - [`library`] prepares what cells can use (`exercises`, `weft`), once for a compiler;
//! - [`compiler`] is the `cargo` evcxr calls, with [`rewrite`], [`statics`], [`order`], [`dependencies`] and
//!   [`variable_types`]; [`consumed`] spares it work, [`retold`] remembers its answers;
//! - [`session`] owns evcxr, the pump and the commands, and is the [`Language`] of this kernel;
//! - [`awaits`] and [`edited`] change a cell before it is compiled; [`diagnostics`] draws compile errors, [`warnings`] its warnings, [`endings`] names the ways a cell can fail.
//!
//! Invariant: evcxr is only asked on the thread `language`, one request at a time.
//!
//! [`Language`]: crate::language::Language

mod awaits;
mod cache;
pub(crate) mod compiler;
mod completeness;
mod consumed;
pub(crate) mod dependencies;
mod diagnostics;
mod edited;
pub(crate) mod endings;
mod generated;
pub(crate) mod library;
mod linker;
mod order;
mod process;
mod retold;
pub(crate) mod rewrite;
mod scratch;
mod session;
mod standard_source;
pub(crate) mod statics;
mod toolchain;
mod under_way;
mod variable_types;
mod warnings;

use std::path::{Path, PathBuf};

pub use library::{CACHE_VARIABLE, cache_folder};
pub(crate) use process::Process;
pub(crate) use session::{Session, Times, language_info};

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

/// What cells can use, for programs that are no cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The folder of the crate `exercises` and of all it stands on.
    pub crates: PathBuf,
    /// The file of the crate `exercises` in that folder, to be linked.
    pub exercises: String,
    /// Another source or another compiler, another digest.
    pub digest: String,
}

/// As [`prepare`], for the compiler whose sysroot this is. `begins` is called where there is something to do.
///
/// # Errors
/// [`EvaluateError`] says what is missing.
pub fn prepare_for(sysroot: &Path, begins: &mut dyn FnMut()) -> Result<Prepared, EvaluateError> {
    let toolchain = Toolchain::at(sysroot)?;
    let facts = toolchain.facts()?;
    if library::ready(&facts).is_none() {
        begins();
    }
    let library = library::prepare(&toolchain, &facts, &mut |_| ())?;
    let file = library.exercises.file_name().unwrap_or_default();
    Ok(Prepared {
        exercises: file.to_string_lossy().into_owned(),
        crates: library.crates,
        digest: library::digest(&facts)?,
    })
}

/// Whether [`prepare`] has nothing to do.
///
/// # Errors
/// [`EvaluateError`] where there is no compiler.
pub fn is_prepared() -> Result<bool, EvaluateError> {
    let facts = Toolchain::find()?.facts()?;
    Ok(library::ready(&facts).is_some())
}
