//! What is prepared for cells: their library, and what rust-analyzer has to read.

use std::process::Command;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::Session;
use crate::commands;
use crate::evaluate::EvaluateError;
use crate::evaluate::compiler::CELL_SOURCE;
use crate::evaluate::library::{self, Library};
use crate::evaluate::process::Process;
use crate::evaluate::statics;
use crate::language::StreamName;
use crate::worker::cells::{LIBRARY_VARIABLE, RECORDER_VARIABLE};

/// A first question for rust-analyzer.
const WARM_UP: &str = "let first = vec![exercises::sync::Event::new()]; first";

/// What stands in a cell that uses the library of cells.
const NEED_THE_LIBRARY: [&str; 3] = ["exercises", "weft", "await"];

/// A piece of work for the time in which nobody asks for anything.
pub(super) struct Chore {
    pub(super) work: fn(&mut Session),
    /// How long nobody must have asked.
    pub(super) quiet: Duration,
}

impl Chore {
    const fn new(work: fn(&mut Session), quiet: Duration) -> Chore {
        Chore { work, quiet }
    }
}

/// A client that runs a whole notebook sends the next cell much sooner.
const NO_CELL_COMES: Duration = Duration::from_millis(300);

/// What makes later cells quicker, in this order. Without the first two a cell may not even compile; the last takes
/// seconds, and no cell should wait for it.
pub(super) const CHORES: [Chore; 3] = [
    Chore::new(Session::make_library, Duration::ZERO),
    Chore::new(Session::add_dependencies, Duration::ZERO),
    Chore::new(Session::warm_up, NO_CELL_COMES),
];

impl Session {
    /// Compiles the library of cells, if that has not been done for this compiler.
    fn make_library(&mut self) {
        if self.library.is_none() {
            let made = library::prepare(&self.process.toolchain, &self.process.facts, &mut |_| {});
            if let Ok(library) = made
                && announce_library(&library, &self.process).is_ok()
            {
                self.library = Some(library);
            }
        }
    }

    /// Makes the library while a cell waits for it, and says so.
    pub(super) fn require_library(&mut self, cell: u32) {
        if self.library.as_ref().is_some_and(|known| !known.is_whole()) {
            // Its folder was deleted while the notebook is open.
            self.library = None;
        } else if self.library.is_some() || self.chores.len() < CHORES.len() {
            return;
        } else {
            self.chores.pop_front();
        }
        let say = |session: &Session, id| {
            let said = commands::notice(session.tongue, id);
            session.output.stream(cell, StreamName::Stderr, &said);
        };
        say(self, "library-preparing");
        self.make_library();
        if self.library.is_none() {
            say(self, "library-problem");
        }
    }

    /// Tells of the library before a cell that needs rust-analyzer to know it, where the time for it has not come yet:
    /// the types of such a cell's variables would be unknown.
    pub(super) fn require_dependencies(&mut self, code: &str) {
        let next_is_telling = self.chores.len() == CHORES.len() - 1;
        if next_is_telling && NEED_THE_LIBRARY.iter().any(|word| code.contains(word)) {
            self.chores.pop_front();
            self.add_dependencies();
        }
    }

    /// Tells evcxr, and so rust-analyzer, where the source of `exercises` and `weft` lies.
    fn add_dependencies(&mut self) {
        let Some(library) = &self.library else {
            return;
        };
        // evcxr compiles and runs all items for this; none of them is new.
        let _ = std::fs::write(self.process.build.join(CELL_SOURCE), "");
        statics::begin(&self.process.build);
        // An interrupt of the cell before does not concern it.
        let cell = self.process.board.notes().cell.swap(0, Ordering::SeqCst);
        match self.tell_evcxr(&dependencies_of_cells(library)) {
            Ok(_) => {
                statics::commit(&self.process.build);
            }
            Err(error) => {
                statics::discard(&self.process.build);
                tracing::warn!("completion does not know the library of cells: {error}");
            }
        }
        self.process
            .board
            .notes()
            .cell
            .store(cell, Ordering::SeqCst);
    }

    /// rust-analyzer reads what it needs at its first question: better now than in a cell.
    fn warm_up(&mut self) {
        let _ = self.context.completions(WARM_UP, WARM_UP.len());
    }
}

pub(super) fn announce_library(library: &Library, process: &Process) -> Result<(), EvaluateError> {
    let text = serde_json::to_string(library).unwrap_or_default();
    std::fs::write(&process.library_note, text)
        .map_err(EvaluateError::file(&process.library_note))?;
    // With the versions settled, neither cargo nor rust-analyzer has to ask the registry.
    let settled = library.source.join("Cargo.lock");
    let _ = std::fs::copy(settled, process.build.join("Cargo.lock"));
    Ok(())
}

pub(super) fn pass_library(
    process: &Process,
    supervisor: &mut Command,
) -> Result<(), EvaluateError> {
    supervisor.env(LIBRARY_VARIABLE, &process.library_note);
    if let Some(recorder) = &process.recorder {
        supervisor.env(RECORDER_VARIABLE, recorder);
    }
    if let Ok(path) = std::env::join_paths(library::search_path(&process.facts)?) {
        supervisor.env("LD_LIBRARY_PATH", path);
    }
    Ok(())
}

/// The dependencies of cells, as evcxr's commands. Just those that the library was compiled with: rust-analyzer reads
/// every crate behind them.
fn dependencies_of_cells(library: &Library) -> String {
    format!(
        ":dep exercises = {{ path = {exercises:?}, default-features = false }}\n:dep weft = {{ package = \"weft-cell\", path = {weft:?} }}",
        exercises = library.source.join("exercises"),
        weft = library.source.join("kernel/cell"),
    )
}
