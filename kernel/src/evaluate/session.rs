//! One kernel's evaluator: evcxr, the worker it talks to, and the state of the notebook.

mod assist;

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use evcxr::{CommandContext, EvalContext};
use messages::Language as Tongue;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use serde_json::{Map, Value};

use super::compiler::CELL_SOURCE;
use super::library::{self, Library};
use super::process::Process;
use super::{EvaluateError, completeness, consumed, diagnostics, endings, variable_types};
use crate::commands::{self, Command as NotebookCommand};
use crate::language::{
    Cell, CellOutcome, Completeness, Completions, Interrupt, Language, LanguageInfo, MimeBundle,
    Output, StreamName, user_expression_error, user_expression_ok,
};
use crate::output::channels::Channels;
use crate::output::pump::{Pump, Report};
use crate::worker::PROGRAM;
use crate::worker::board::Board;
use crate::worker::cells::LIBRARY_VARIABLE;

/// Optimisation of cells: at 0 a cell is ready soonest. `:opt 2` changes it.
const OPTIMISATION: &str = "0";
/// How evcxr begins its complaint about a variable whose type rust-analyzer does not know.
const UNKNOWN_TYPE: &str = "Couldn't automatically determine type of variable";
/// A first question for rust-analyzer.
const WARM_UP: &str = "let first = vec![exercises::sync::Event::new()]; first";
/// A cell with variables of unknown type is annotated at most so often.
const ANNOTATIONS: usize = 3;

/// What the kernel says about itself before the compiler has answered.
pub(crate) fn language_info(version: &str) -> LanguageInfo {
    LanguageInfo {
        implementation: "weft".to_owned(),
        implementation_version: env!("CARGO_PKG_VERSION").to_owned(),
        banner: format!("Weft {}: Rust {version}. :help", env!("CARGO_PKG_VERSION")),
        name: "rust".to_owned(),
        version: version.to_owned(),
        mimetype: "text/rust".to_owned(),
        file_extension: ".rs".to_owned(),
        pygments_lexer: "rust".to_owned(),
        codemirror_mode: "rust".to_owned(),
        help_links: vec![
            (
                "Rust".to_owned(),
                "https://doc.rust-lang.org/std/".to_owned(),
            ),
            (
                "The Rust Book".to_owned(),
                "https://doc.rust-lang.org/book/".to_owned(),
            ),
        ],
    }
}

/// The evaluator of one kernel.
pub(crate) struct Session {
    context: CommandContext,
    pub(crate) pump: Pump,
    pub(crate) output: Arc<dyn Output>,
    process: Process,
    stopper: Arc<Stopper>,
    /// The language of what the user reads.
    pub(crate) tongue: Tongue,
    /// The document of the last `:run`, for `:timeline`.
    pub(crate) last_run: Option<Value>,
    /// What cells can use beside the standard library, once it is compiled.
    library: Option<Library>,
    /// What is left to do when nobody waits.
    chores: VecDeque<fn(&mut Session)>,
}

/// What makes later cells quicker, in this order.
const CHORES: [fn(&mut Session); 3] = [
    Session::make_library,
    Session::add_dependencies,
    Session::warm_up,
];

/// Ends what runs when the user interrupts.
pub(crate) struct Stopper {
    board: Arc<Board>,
    /// The cell that is being executed; 0 = none.
    executing: AtomicU32,
    /// Process group of a program a command started; 0 = none.
    pub(crate) program: std::sync::atomic::AtomicI32,
}

impl Stopper {
    fn end_group(group: i32) -> bool {
        group > 1 && killpg(Pid::from_raw(group), Signal::SIGKILL).is_ok()
    }
}

impl Interrupt for Stopper {
    fn interrupt(&self) {
        let cell = self.executing.load(Ordering::SeqCst);
        if cell == 0 {
            return;
        }
        let notes = self.board.notes();
        // Whatever reaches the worker for this cell from now on will not be run.
        notes.interrupted.store(cell, Ordering::SeqCst);
        let ended_compiler = Self::end_group(notes.compiler.load(Ordering::SeqCst));
        let ended_program = Self::end_group(self.program.load(Ordering::SeqCst));
        if !ended_compiler && !ended_program {
            Self::end_group(notes.worker.load(Ordering::SeqCst));
        }
    }

    fn shutdown(&self, _restart: bool) {
        let notes = self.board.notes();
        notes
            .interrupted
            .store(self.executing.load(Ordering::SeqCst), Ordering::SeqCst);
        Self::end_group(notes.compiler.load(Ordering::SeqCst));
        Self::end_group(self.program.load(Ordering::SeqCst));
        Self::end_group(notes.worker.load(Ordering::SeqCst));
    }
}

impl Session {
    /// Starts evcxr and the worker. Takes seconds. The library of cells, where it is not ready, is
    /// compiled later.
    ///
    /// # Errors
    /// [`EvaluateError`] says what is missing.
    pub(crate) fn start(
        process: Process,
        output: Arc<dyn Output>,
    ) -> Result<(Session, Arc<Stopper>), EvaluateError> {
        let library = library::ready(&process.facts);
        if let Some(library) = &library {
            announce_library(library, &process)?;
        }
        let broken = |error: std::io::Error| EvaluateError::Evcxr(error.to_string());
        let channels = Channels::open(Arc::clone(&process.board)).map_err(broken)?;
        let mut supervisor = Command::new(PROGRAM);
        supervisor.current_dir(&process.notebook_folder);
        channels.pass_to(&mut supervisor);
        pass_library(&process, &mut supervisor)?;
        let pump = Pump::start(channels, Arc::clone(&output)).map_err(broken)?;

        let failed = |error: evcxr::Error| EvaluateError::Evcxr(error.to_string());
        let (mut evcxr, outputs) =
            EvalContext::with_subprocess_command(supervisor).map_err(failed)?;
        evcxr.set_opt_level(OPTIMISATION).map_err(failed)?;
        // Nothing of a cell comes this way; what evcxr itself says goes to the log.
        for lines in [outputs.stdout, outputs.stderr] {
            std::thread::spawn(move || lines.iter().for_each(|line| tracing::info!("{line}")));
        }
        let context = CommandContext::with_eval_context(evcxr);
        let stopper = Arc::new(Stopper {
            board: Arc::clone(&process.board),
            executing: AtomicU32::new(0),
            program: 0.into(),
        });
        let tongue = commands::lang::of_notebook(&process.notebook_folder);
        let session = Session {
            context,
            pump,
            output,
            process,
            stopper: Arc::clone(&stopper),
            tongue,
            last_run: None,
            library,
            chores: VecDeque::from(CHORES),
        };
        Ok((session, stopper))
    }

    /// The folder of the notebook.
    pub(crate) fn folder(&self) -> &Path {
        &self.process.notebook_folder
    }

    /// Where programs started by commands are made known to interrupts.
    pub(crate) fn stopper(&self) -> &Stopper {
        &self.stopper
    }

    /// Whether the user interrupted this cell.
    pub(crate) fn was_interrupted(&self, cell: u32) -> bool {
        self.process
            .board
            .notes()
            .interrupted
            .load(Ordering::SeqCst)
            == cell
    }

    /// Variables and their types, by name.
    pub(crate) fn variables(&self) -> BTreeMap<String, String> {
        self.context
            .variables_and_types()
            .map(|(name, kind)| (name.to_owned(), kind.to_owned()))
            .collect()
    }

    /// Runs code or one of evcxr's own commands. `Ok` holds the value of the last expression.
    pub(crate) fn evaluate(
        &mut self,
        cell: u32,
        code: &str,
    ) -> Result<Option<MimeBundle>, CellOutcome> {
        let result = self.compile_and_run(code);
        let report = self.pump.fence(cell);
        let tongue = self.tongue;
        if self.was_interrupted(cell) {
            return Err(endings::interrupted(tongue, report.ended.is_some()));
        }
        match result {
            Ok(outputs) => {
                if let Some(panic) = &report.panic {
                    return Err(endings::panicked(tongue, panic));
                }
                if report.returned_error {
                    return Err(endings::returned_early(tongue));
                }
                Ok(self.value(cell, code, report, &outputs))
            }
            Err(evcxr::Error::CompilationErrors(errors)) => {
                Err(diagnostics::outcome(&errors, code))
            }
            Err(evcxr::Error::SubprocessTerminated(_)) => {
                Err(endings::died(tongue, report.ended.as_ref()))
            }
            Err(error) => Err(endings::error("CompileError", error.to_string())),
        }
    }

    /// evcxr's evaluation of a cell.
    fn compile_and_run(&mut self, code: &str) -> Result<evcxr::EvalOutputs, evcxr::Error> {
        if let Some(enclosed) = consumed::enclose(code) {
            match self.compile_with_types(&enclosed) {
                // Told again about the cell as it was written, with its own columns.
                Err(evcxr::Error::CompilationErrors(_) | evcxr::Error::Message(_)) => {}
                result => return result,
            }
        }
        self.compile_with_types(code)
    }

    /// evcxr's evaluation, with the compiler's help where rust-analyzer does not know a type.
    fn compile_with_types(&mut self, code: &str) -> Result<evcxr::EvalOutputs, evcxr::Error> {
        let _ = std::fs::write(self.process.build.join(CELL_SOURCE), code);
        let types = self.process.build.join(variable_types::FILE);
        let mut annotated = code.to_owned();
        for _ in 0..ANNOTATIONS {
            let _ = std::fs::remove_file(&types);
            let error = match self.context.execute(&annotated) {
                Err(evcxr::Error::Message(message)) if message.starts_with(UNKNOWN_TYPE) => message,
                result => return result,
            };
            let known = std::fs::read_to_string(&types).unwrap_or_default();
            let known = serde_json::from_str(&known).unwrap_or_default();
            match variable_types::annotate(&annotated, &known) {
                Some(better) if better != annotated => annotated = better,
                _ => return Err(evcxr::Error::Message(error)),
            }
        }
        self.context.execute(&annotated)
    }

    /// The value of the last expression, from wherever it was shown.
    fn value(
        &self,
        cell: u32,
        code: &str,
        report: Report,
        outputs: &evcxr::EvalOutputs,
    ) -> Option<MimeBundle> {
        if let Some(block) = report.last_block {
            if completeness::ends_in_expression(code) {
                return Some(block);
            }
            self.output.display_data(cell, &block, None);
        }
        if report.result.is_some() {
            return report.result;
        }
        let mut bundle = MimeBundle::default();
        for (mime, content) in &outputs.content_by_mime_type {
            bundle = bundle.with(mime, Value::String(content.clone()));
        }
        (!bundle.data.is_empty()).then_some(bundle)
    }

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
    fn require_library(&mut self, cell: u32) {
        if self.library.is_some() || self.chores.len() < CHORES.len() {
            return;
        }
        self.chores.pop_front();
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

    /// Tells evcxr, and so rust-analyzer, where the source of `exercises` and `weft` lies.
    fn add_dependencies(&mut self) {
        if let Some(library) = &self.library
            && let Err(error) = self.context.execute(&dependencies_of_cells(library))
        {
            tracing::warn!("completion does not know the library of cells: {error}");
        }
    }

    /// rust-analyzer reads what it needs at its first question: better now than in a cell.
    fn warm_up(&mut self) {
        let _ = self.context.completions(WARM_UP, WARM_UP.len());
    }

    fn run_cell(&mut self, cell: &Cell<'_>) -> Result<Vec<Value>, CellOutcome> {
        self.require_library(cell.number);
        let mut payload = Vec::new();
        for command in NotebookCommand::leading(cell.code) {
            payload.extend(commands::execute(self, cell.number, &command)?);
            if self.was_interrupted(cell.number) {
                return Err(endings::interrupted(self.tongue, false));
            }
        }
        let code = commands::without_commands(cell.code);
        if !code.trim().is_empty()
            && let Some(value) = self.evaluate(cell.number, &code)?
        {
            self.output.execute_result(cell.number, &value);
        }
        Ok(payload)
    }

    fn user_expressions(&mut self, cell: &Cell<'_>) -> Map<String, Value> {
        cell.user_expressions
            .iter()
            .map(|(name, expression)| {
                let code = expression.as_str().unwrap_or_default();
                let answer = match self.evaluate(cell.number, code) {
                    Ok(value) => user_expression_ok(&value.unwrap_or_default()),
                    Err(CellOutcome::Error {
                        ename,
                        evalue,
                        traceback,
                    }) => user_expression_error(&ename, &evalue, &traceback),
                    Err(_) => user_expression_error("Aborted", "", &[]),
                };
                (name.clone(), answer)
            })
            .collect()
    }
}

impl Language for Session {
    fn execute(&mut self, cell: Cell<'_>) -> CellOutcome {
        self.process
            .board
            .notes()
            .cell
            .store(cell.number, Ordering::SeqCst);
        self.stopper.executing.store(cell.number, Ordering::SeqCst);
        let outcome = match self.run_cell(&cell) {
            Ok(payload) => CellOutcome::Ok {
                payload,
                user_expressions: self.user_expressions(&cell),
            },
            Err(outcome) => outcome,
        };
        self.stopper.executing.store(0, Ordering::SeqCst);
        outcome
    }

    fn complete(&mut self, code: &str, cursor_chars: usize) -> Completions {
        self.completions(code, cursor_chars)
    }

    fn inspect(&mut self, code: &str, cursor_chars: usize, _detail: u8) -> Option<MimeBundle> {
        self.inspection(code, cursor_chars)
    }

    fn is_complete(&mut self, code: &str) -> Completeness {
        completeness::judge(code)
    }

    fn idle(&mut self) {
        if let Some(chore) = self.chores.pop_front() {
            chore(self);
        }
    }
}

fn announce_library(library: &Library, process: &Process) -> Result<(), EvaluateError> {
    let text = serde_json::to_string(library).unwrap_or_default();
    std::fs::write(&process.library_note, text)
        .map_err(EvaluateError::file(&process.library_note))?;
    // With the versions settled, neither cargo nor rust-analyzer has to ask the registry.
    let settled = library.source.join("Cargo.lock");
    let _ = std::fs::copy(settled, process.build.join("Cargo.lock"));
    Ok(())
}

fn pass_library(process: &Process, supervisor: &mut Command) -> Result<(), EvaluateError> {
    supervisor.env(LIBRARY_VARIABLE, &process.library_note);
    if let Ok(path) = std::env::join_paths(library::search_path(&process.facts)?) {
        supervisor.env("LD_LIBRARY_PATH", path);
    }
    Ok(())
}

/// The dependencies of cells, as evcxr's commands.
fn dependencies_of_cells(library: &Library) -> String {
    format!(
        ":dep exercises = {{ path = {exercises:?} }}\n:dep weft = {{ package = \"weft-cell\", path = {weft:?} }}",
        exercises = library.source.join("exercises"),
        weft = library.source.join("cell"),
    )
}
