//! One kernel's evaluator: evcxr, the worker it talks to, and the state of the notebook.

mod assist;
mod code;
mod meanwhile;
mod preparation;
mod stopper;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use evcxr::{CommandContext, EvalContext};
use messages::{Language as Tongue, format};
use recorder::document::Document;
use serde_json::{Map, Value};

use super::library::{self, Library};
use super::process::Process;
use super::{EvaluateError, completeness, endings, warnings};
use crate::comm::panels::{self, Panels};
use crate::commands::{self, Command as NotebookCommand};
use crate::language::{
    Cell, CellOutcome, CommMessage, Completeness, Completions, Language, LanguageInfo, MimeBundle,
    Output, Questions, user_expression_error, user_expression_ok,
};
use crate::output::channels::Channels;
use crate::output::flood::Bounded;
use crate::output::pump::Pump;
use crate::worker::PROGRAM;
use crate::worker::recording::Recording;
use preparation::{CHORES, Chore, announce_library, pass_library};
pub(crate) use stopper::Stopper;

/// Optimisation of cells: at 0 a cell is ready soonest. `:opt 2` changes it.
const OPTIMISATION: &str = "0";
/// evcxr evaluates a first cell when it starts. Where its process is killed meanwhile, it is started again; so often in
/// all.
const STARTS: usize = 3;
/// What evcxr says then.
const TERMINATED: &str = "Subprocess terminated";

/// How long a cell took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    /// Until it could be run.
    pub(crate) compiling: Duration,
    /// To its end.
    pub(crate) running: Duration,
}

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
    /// The same, where its bound is kept.
    bounded: Arc<Bounded>,
    process: Process,
    stopper: Arc<Stopper>,
    /// The language of what the user reads.
    pub(crate) tongue: Tongue,
    /// What the last run or cell with more than one lane did, for `:timeline`.
    pub(crate) last_run: Option<Document>,
    /// Whether its picture follows it.
    pub(crate) picture_follows: bool,
    /// What cells did.
    recording: Arc<Recording>,
    /// The last cell it knows.
    traced: u32,
    /// The forms of `:pick` and the boards of `:play` that pages show.
    pub(crate) panels: Panels,
    /// What cells can use beside the standard library, once it is compiled.
    library: Option<Library>,
    /// Whether the user wants to know how long this cell takes.
    pub(crate) timed: bool,
    /// What `:explore` and the like look at.
    pub(crate) explored: commands::explore::Explored,
    /// How long the last code took that was compiled.
    times: Option<Times>,
    /// How long code ran of which evcxr was not told while it ran.
    ran_apart: Duration,
    /// What clients ask meanwhile.
    questions: Arc<dyn Questions>,
    /// The files that are being loaded, each by the one before it.
    pub(crate) loading: Vec<String>,
    /// The crates the notebook has added.
    pub(crate) added: BTreeSet<String>,
    /// What is left to do when nobody waits.
    chores: VecDeque<Chore>,
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
        questions: Arc<dyn Questions>,
    ) -> Result<(Session, Arc<Stopper>), EvaluateError> {
        let library = library::ready(&process.facts);
        if let Some(library) = &library {
            announce_library(library, &process)?;
        }
        let broken = |error: std::io::Error| EvaluateError::Evcxr(error.to_string());
        let recording =
            Arc::new(Recording::create().map_err(|error| EvaluateError::Evcxr(error.to_string()))?);
        let channels =
            Channels::open(Arc::clone(&process.board), Arc::clone(&recording)).map_err(broken)?;
        let mut supervisors = Vec::with_capacity(STARTS);
        for _ in 0..STARTS {
            let mut supervisor = Command::new(PROGRAM);
            supervisor.current_dir(&process.notebook_folder);
            channels.pass_to(&mut supervisor);
            pass_library(&process, &mut supervisor)?;
            supervisors.push(supervisor);
        }
        let bounded = Arc::new(Bounded::new(output, &process.notebook_folder));
        let output: Arc<dyn Output> = bounded.clone();
        let pump = Pump::start(channels, Arc::clone(&output)).map_err(broken)?;

        let failed = |error: evcxr::Error| EvaluateError::Evcxr(error.to_string());
        let (mut evcxr, outputs) = start_evcxr(supervisors).map_err(failed)?;
        evcxr.set_opt_level(OPTIMISATION).map_err(failed)?;
        // Nothing of a cell comes this way; what evcxr itself says goes to the log.
        for lines in [outputs.stdout, outputs.stderr] {
            std::thread::spawn(move || lines.iter().for_each(|line| tracing::info!("{line}")));
        }
        let context = CommandContext::with_eval_context(evcxr);
        let stopper = Arc::new(Stopper::new(Arc::clone(&process.board), pump.events()));
        let tongue = commands::lang::of_notebook(&process.notebook_folder);
        let session = Session {
            context,
            pump,
            output,
            bounded,
            process,
            stopper: Arc::clone(&stopper),
            tongue,
            last_run: None,
            picture_follows: true,
            recording,
            traced: 0,
            panels: Panels::default(),
            library,
            timed: false,
            explored: commands::explore::Explored::default(),
            times: None,
            ran_apart: Duration::ZERO,
            questions,
            loading: Vec::new(),
            added: BTreeSet::new(),
            chores: VecDeque::from(CHORES),
        };
        Ok((session, stopper))
    }

    /// The folder cells are compiled in.
    pub(crate) fn build_folder(&self) -> &Path {
        &self.process.build
    }

    /// The folder of the notebook.
    pub(crate) fn folder(&self) -> &Path {
        &self.process.notebook_folder
    }

    /// Where programs started by commands are made known to interrupts.
    pub(crate) fn stopper(&self) -> &Stopper {
        &self.stopper
    }

    /// Whether the cell shows something.
    pub(crate) fn has_shown(&self, cell: u32) -> bool {
        self.bounded.has_shown(cell)
    }

    /// From now on an interrupt ends what is played because of this comm message.
    pub(crate) fn begin_play(&self, number: u32) {
        self.stopper.executing.store(number, Ordering::SeqCst);
    }

    /// Nothing is played any more.
    pub(crate) fn end_play(&self) {
        self.stopper.executing.store(0, Ordering::SeqCst);
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

    /// What the last cell did whose code was compiled. What its threads and children did after its end is there as well,
    /// up to now. `None` before the first one.
    pub(crate) fn last_trace(&self) -> Option<Document> {
        self.recording.of(self.traced)
    }

    /// Keeps what the cell did for `:timeline`, and says whether more than one thread or process did something.
    fn keep_trace(&mut self, cell: u32) -> bool {
        let Some(lanes) = self.recording.lanes(cell) else {
            return false;
        };
        self.traced = cell;
        // Most cells have one: what all their lines become is not even looked at.
        if lanes > 1
            && let Some(document) = self.last_trace().filter(|trace| trace.lanes.len() > 1)
        {
            self.last_run = Some(document);
            return true;
        }
        false
    }

    /// Variables and their types, by name.
    pub(crate) fn variables(&self) -> BTreeMap<String, String> {
        self.context
            .variables_and_types()
            .map(|(name, kind)| (name.to_owned(), kind.to_owned()))
            .collect()
    }

    fn run_cell(&mut self, cell: &Cell<'_>) -> Result<Vec<Value>, CellOutcome> {
        self.require_library(cell.number);
        self.require_dependencies(cell.code);
        self.timed = false;
        self.loading.clear();
        let result = self.run_text(cell.number, cell.code);
        let times = self.times.take();
        if let (true, Some(times)) = (self.timed, times) {
            let shown = commands::time::shown(self.tongue, times);
            self.output.display_data(cell.number, &shown, None);
        }
        result
    }

    /// Runs the text of a cell: the commands it begins with, then its code.
    pub(crate) fn run_text(&mut self, cell: u32, text: &str) -> Result<Vec<Value>, CellOutcome> {
        let mut payload = Vec::new();
        self.times = None;
        let code = commands::without_commands(text);
        self.explored.begin(&code);
        for command in NotebookCommand::leading(text) {
            payload.extend(commands::execute(self, cell, &command)?);
            if self.was_interrupted(cell) {
                return Err(endings::interrupted(self.tongue, None));
            }
        }
        if self.explored.instead_of_running() {
            return Ok(payload);
        }
        if !code.trim().is_empty() {
            self.evaluate_and_show(cell, &code)?;
            if let Some(call) = completeness::call_of_main(&code) {
                let said = format(self.tongue, "cell-main", &[("call", call.into())]);
                self.output
                    .display_data(cell, &MimeBundle::plain(said), None);
            }
        } else if self.timed && self.times.is_none() {
            return Err(commands::time::nothing_to_time(self.tongue));
        }
        Ok(payload)
    }

    /// Runs code, and shows the value of its last expression and what its threads and processes did.
    pub(crate) fn evaluate_and_show(&mut self, cell: u32, code: &str) -> Result<(), CellOutcome> {
        warnings::forget(&self.process.build);
        let outcome = self.evaluate(cell, code);
        let has_lanes = self.keep_trace(cell);
        let outcome = outcome.map(|value| self.show_value(cell, code, value));
        // Also of a cell that failed: of a deadlock it is the whole answer.
        if has_lanes {
            commands::timeline::show_timeline(self, cell);
        }
        outcome
    }

    fn show_value(&self, cell: u32, code: &str, value: Option<MimeBundle>) {
        if let Some(shown) = warnings::of(&self.process.build, code, self.source_name()) {
            self.output.display_data(cell, &shown, None);
        }
        if let Some(value) = value {
            self.output.execute_result(cell, &value);
        }
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

/// Starts evcxr with the first of these processes that lives long enough.
fn start_evcxr(
    supervisors: Vec<Command>,
) -> Result<(EvalContext, evcxr::EvalContextOutputs), evcxr::Error> {
    let mut left = supervisors.into_iter().peekable();
    loop {
        let Some(supervisor) = left.next() else {
            return Err(evcxr::Error::Message(TERMINATED.to_owned()));
        };
        match EvalContext::with_subprocess_command(supervisor) {
            Err(error) if left.peek().is_some() && error.to_string().contains(TERMINATED) => {
                tracing::warn!("evcxr is started again: {error}");
            }
            result => return result,
        }
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
        self.bounded.speak(self.tongue);
        self.panels.begin_cell(&*self.output, &cell);
        let outcome = match self.run_cell(&cell) {
            Ok(payload) => CellOutcome::Ok {
                payload,
                user_expressions: self.user_expressions(&cell),
            },
            Err(outcome) => outcome,
        };
        self.bounded.settle(cell.number);
        self.stopper.executing.store(0, Ordering::SeqCst);
        outcome
    }

    fn comm_opened(&mut self, _comm_id: &str, target: &str, _data: &Value) -> bool {
        panels::is_target(target)
    }

    fn comm_message(&mut self, message: &CommMessage<'_>) {
        panels::answer(self, message);
    }

    fn comm_closed(&mut self, comm_id: &str) {
        self.panels.close_of(&*self.output, comm_id);
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

    fn idle_after(&self) -> Option<Duration> {
        self.chores.front().map(|chore| chore.quiet)
    }

    fn idle(&mut self) {
        if let Some(chore) = self.chores.pop_front() {
            (chore.work)(self);
        }
    }
}
