//! What must be settled while the kernel has one thread: environment, folders, stand-ins.

use std::os::fd::AsFd as _;
use std::os::fd::AsRawFd as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::EvaluateError;
use super::compiler::Settings;
use super::scratch::Scratch;
use super::standard_source;
use super::toolchain::{CompilerFacts, Toolchain};
use crate::worker::board::Board;

/// The kernel's process, ready for evcxr.
pub(crate) struct Process {
    /// Removed when the kernel ends.
    scratch: Scratch,
    /// Where evcxr builds.
    pub(crate) build: PathBuf,
    /// The folder the kernel was started in: the notebook's.
    pub(crate) notebook_folder: PathBuf,
    /// Where the library of cells is described, for the compiler's stand-in.
    pub(crate) library_note: PathBuf,
    /// What programs that cells start load first.
    pub(crate) recorder: Option<PathBuf>,
    pub(crate) toolchain: Toolchain,
    /// What the compiler says of itself: asked once.
    pub(crate) facts: CompilerFacts,
    pub(crate) board: Arc<Board>,
}

impl Process {
    /// Prepares this process: evcxr finds our stand-ins for cargo and rustup, builds in a folder
    /// of its own, and reads no settings but ours (an `evcxr.toml` lying beside a notebook would
    /// be honoured otherwise).
    ///
    /// # Safety
    /// No other thread may look at the environment or the working folder: both are changed.
    ///
    /// # Errors
    /// [`EvaluateError`] says what is missing.
    pub(crate) unsafe fn prepare(recorder: Option<&Path>) -> Result<Process, EvaluateError> {
        let toolchain = Toolchain::find()?;
        let facts = toolchain.facts()?;
        let temporary = std::env::temp_dir();
        let scratch = Scratch::new(&temporary).map_err(EvaluateError::file(&temporary))?;
        let in_scratch = EvaluateError::file(scratch.path());
        let notebook_folder = std::env::current_dir().unwrap_or_else(|_| "/".into());
        let build = scratch.path().join("cell");
        let settings_folder = scratch.path().join("settings");
        let library_note = scratch.path().join("library.json");
        let of_tools = scratch.path().join("temporary");
        let arrange = || -> std::io::Result<Arc<Board>> {
            std::fs::create_dir(&build)?;
            std::fs::create_dir(&settings_folder)?;
            std::fs::create_dir(&of_tools)?;
            let board = Arc::new(Board::create()?);
            let settings = Settings {
                cargo: toolchain.cargo.clone(),
                rustc: toolchain.rustc.clone(),
                path: std::env::var_os("PATH").unwrap_or_default(),
                temporary: std::env::var_os("TMPDIR"),
                standard_source: std::env::var_os(standard_source::VARIABLE),
                library: library_note.clone(),
                kernel: std::process::id(),
                board: board_path(&board),
            };
            let sources = scratch.path().join("library");
            let named = settings.standard_source.as_ref();
            let has_sources = standard_source::link(&toolchain, named, &sources)?;
            // SAFETY: the caller promises that no other thread looks.
            unsafe {
                settings.install(&scratch.path().join("tools"))?;
                std::env::set_var("EVCXR_TMPDIR", &build);
                std::env::set_var("EVCXR_CONFIG_DIR", &settings_folder);
                // rust-analyzer, cargo and rustc leave folders behind when they are ended in the middle: these go with ours.
                std::env::set_var("TMPDIR", &of_tools);
                if has_sources {
                    std::env::set_var(standard_source::VARIABLE, &sources);
                }
            }
            std::env::set_current_dir(&settings_folder)?;
            Ok(board)
        };
        let board = arrange().map_err(in_scratch)?;
        Ok(Process {
            scratch,
            build,
            notebook_folder,
            library_note,
            recorder: recorder.map(Path::to_owned),
            toolchain,
            facts,
            board,
        })
    }
}

impl Process {
    /// The folder of this kernel, in which everything temporary lies.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.scratch.path().to_owned()
    }
}

fn board_path(board: &Board) -> PathBuf {
    let number = board.as_fd().as_raw_fd();
    Path::new("/proc").join(format!("{}/fd/{number}", std::process::id()))
}
