//! The seam between the protocol and the language.
//!
//! On one side are sockets and messages, which know no Rust; on the other side is whatever
//! evaluates cells, which knows no Jupyter. Everything that crosses goes through the traits here.
//!
//! Invariants:
//! - a [`Language`] lives on one thread (named `language`) and its methods are called one at a
//!   time, in the order the requests arrived;
//! - an [`Output`] may be called from any thread at any time, also for a cell that has ended: a
//!   message always carries the header of the request it belongs to. Calls of one thread reach
//!   the client in call order. A call may block for a while when the client reads slowly;
//! - everything a [`Language`] hands to its [`Output`] before `execute` returns is delivered
//!   before the cell's `idle` status;
//! - [`Questions`] may be answered within `execute`, on the language's thread; all other requests wait their turn.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

/// One cell to be executed.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// Unique for this `execute_request` within the life of the kernel, never 0. All output is tagged with it.
    pub number: u32,
    /// The source, as the client sent it.
    pub code: &'a str,
    /// No output is wanted but the reply (the protocol side drops it in any case).
    pub silent: bool,
    /// Whether the cell goes into the history (already false where `silent` is true).
    pub store_history: bool,
    /// Whether the client can be asked for input. [`Output::input`] answers `None` where it cannot.
    pub allow_stdin: bool,
    /// Names and expressions to evaluate after the cell has run without an error.
    pub user_expressions: &'a Map<String, Value>,
    /// The number shown to the user beside the cell.
    pub execution_count: u32,
    /// The client's identity of the notebook cell (`metadata.cellId`), where it gives one.
    pub cell_id: Option<&'a str>,
}

/// How a cell ended.
#[derive(Debug, Clone, PartialEq)]
pub enum CellOutcome {
    /// It ran to its end.
    Ok {
        /// Payloads of the reply, e.g. from [`page`].
        payload: Vec<Value>,
        /// One entry for each of the cell's `user_expressions`: from [`user_expression_ok`] or
        /// [`user_expression_error`].
        user_expressions: Map<String, Value>,
    },
    /// It failed; the `error` message and the reply are made from this. Do not print it as well.
    Error {
        /// Name of the error, e.g. `E0308` or `panic`.
        ename: String,
        /// One line that says what happened.
        evalue: String,
        /// Lines shown to the user; may hold ANSI colours.
        traceback: Vec<String>,
    },
    /// It was not run.
    Aborted,
}

impl CellOutcome {
    /// A cell that ran and has nothing more to say.
    pub fn ok() -> CellOutcome {
        CellOutcome::Ok {
            payload: Vec::new(),
            user_expressions: Map::new(),
        }
    }
}

/// A payload that opens the client's pager with this text at `start` (a line).
pub fn page(bundle: &MimeBundle, start: u32) -> Value {
    serde_json::json!({"source": "page", "data": bundle.data, "start": start})
}

/// The entry for a user expression that could be evaluated.
pub fn user_expression_ok(bundle: &MimeBundle) -> Value {
    serde_json::json!({"status": "ok", "data": bundle.data, "metadata": bundle.metadata})
}

/// The entry for a user expression that could not be evaluated.
pub fn user_expression_error(ename: &str, evalue: &str, traceback: &[String]) -> Value {
    serde_json::json!({"status": "error", "ename": ename, "evalue": evalue, "traceback": traceback})
}

/// One thing to show in several formats; the client picks the richest it can draw.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MimeBundle {
    /// MIME type to content.
    pub data: Map<String, Value>,
    /// MIME type to presentation hints (width, height...).
    pub metadata: Map<String, Value>,
}

impl MimeBundle {
    /// A bundle of plain text.
    pub fn plain(text: impl Into<String>) -> MimeBundle {
        MimeBundle::default().with("text/plain", Value::String(text.into()))
    }

    /// Adds a format.
    #[must_use]
    pub fn with(mut self, mime: &str, content: Value) -> MimeBundle {
        self.data.insert(mime.to_owned(), content);
        self
    }
}

/// Which of the two text streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StreamName {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

impl StreamName {
    /// The name in the protocol.
    pub fn as_str(self) -> &'static str {
        match self {
            StreamName::Stdout => "stdout",
            StreamName::Stderr => "stderr",
        }
    }
}

/// One proposal of a completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What replaces the range of [`Completions`].
    pub text: String,
    /// `function`, `struct`, `keyword`...; empty where unknown.
    pub kind: String,
    /// Signature or type, shown beside it; empty where unknown.
    pub signature: String,
}

/// Proposals for a range of the code, in Unicode code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    /// Best first.
    pub matches: Vec<Completion>,
    /// First code point that is replaced.
    pub start: usize,
    /// One past the last code point that is replaced.
    pub end: usize,
}

impl Completions {
    /// No proposals at this position.
    pub fn none(cursor_chars: usize) -> Completions {
        Completions {
            matches: Vec::new(),
            start: cursor_chars,
            end: cursor_chars,
        }
    }
}

/// Whether Enter in a console should run the code or open another line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Completeness {
    /// It can be run.
    Complete,
    /// More is needed; the next line begins with this indentation.
    Incomplete {
        /// Spaces.
        indent: String,
    },
    /// It will never be valid.
    Invalid,
    /// Cannot tell.
    Unknown,
}

/// What a page sent over an open comm.
#[derive(Debug, Clone, Copy)]
pub struct CommMessage<'a> {
    /// As [`Cell::number`]; no cell has it too.
    pub number: u32,
    /// The comm.
    pub comm_id: &'a str,
    /// The message.
    pub data: &'a Value,
    /// Binary data.
    pub buffers: &'a [Vec<u8>],
    /// When it came; it may have waited since.
    pub arrived: Instant,
    /// The user interrupted while it waited: nothing long should begin because of it.
    pub aborted: bool,
}

/// What evaluates cells. Lives on one thread and is called in order.
pub trait Language: Send {
    /// Runs a cell; returns when it has ended and all its output so far was handed to [`Output`].
    fn execute(&mut self, cell: Cell<'_>) -> CellOutcome;
    /// Proposes completions at a position in code points.
    fn complete(&mut self, code: &str, cursor_chars: usize) -> Completions;
    /// Describes what stands at a position in code points. `detail` is 0, or 1 for more.
    fn inspect(&mut self, code: &str, cursor_chars: usize, detail: u8) -> Option<MimeBundle>;
    /// Judges whether code can be run as it is.
    fn is_complete(&mut self, code: &str) -> Completeness;
    /// A page opened a comm to `target`; `false` refuses it, and the page is told.
    fn comm_opened(&mut self, _comm_id: &str, _target: &str, _data: &Value) -> bool {
        false
    }
    /// A page sent something over an open comm.
    fn comm_message(&mut self, _message: &CommMessage<'_>) {}
    /// A page closed a comm.
    fn comm_closed(&mut self, _comm_id: &str) {}
    /// How long nobody must have asked for anything before [`Language::idle`] is called; `None`
    /// where there is nothing to get ready for.
    fn idle_after(&self) -> Option<Duration> {
        None
    }
    /// Nobody waits: a time to get ready for what may come. A request that arrives meanwhile
    /// waits for the return, so each call should do one piece of work at most.
    fn idle(&mut self) {}
}

/// Where a language's output goes: given to it at construction.
pub trait Output: Send + Sync {
    /// Text a cell wrote. Large pieces are cheaper than many small ones.
    fn stream(&self, cell: u32, name: StreamName, text: &str);
    /// The value of the cell's last expression.
    fn execute_result(&self, cell: u32, bundle: &MimeBundle);
    /// Something to show; `display_id` names it for later updates.
    fn display_data(&self, cell: u32, bundle: &MimeBundle, display_id: Option<&str>);
    /// Replaces everything shown under this name.
    fn update_display_data(&self, cell: u32, bundle: &MimeBundle, display_id: &str);
    /// Removes the cell's output; with `wait`, only when new output arrives.
    fn clear_output(&self, cell: u32, wait: bool);
    /// Opens a comm to `target` in the pages, because of the request that is being answered: to be
    /// called on the language's thread, as the two below. `false` where too many are open.
    fn comm_open(
        &self,
        comm_id: &str,
        target: &str,
        data: Value,
        metadata: &Map<String, Value>,
    ) -> bool;
    /// Sends something over an open comm.
    fn comm_send(&self, comm_id: &str, data: Value);
    /// Closes a comm.
    fn comm_close(&self, comm_id: &str);
    /// Asks the user for a line; blocks. `None` where the client allows no input, or the kernel
    /// is being interrupted or shut down.
    fn input(&self, cell: u32, prompt: &str, password: bool) -> Option<String>;
}

/// What clients ask while a cell runs: completions, descriptions, whether code is complete. Given to a language at
/// construction.
pub trait Questions: Send + Sync {
    /// Whether one waits.
    fn any(&self) -> bool;
    /// Answers the one that has waited longest by asking `language`; `false` where none waits. To be called by `execute`,
    /// while the cell goes on elsewhere. What is not answered then is answered when the cell has ended.
    fn answer_next(&self, language: &mut dyn Language) -> bool;
}

/// Reaches a language from the threads of the sockets while `execute` runs.
pub trait Interrupt: Send + Sync {
    /// Ends the running cell soon; nothing happens where none runs.
    fn interrupt(&self);
    /// One of the [`Questions`] has come.
    fn asked(&self) {}
    /// The kernel is about to end: end the worker, let `execute` return. Must come back within
    /// about a second. Called once.
    fn shutdown(&self, restart: bool);
}

/// What `kernel_info_reply` says about the language. Known before the language is ready.
#[derive(Debug, Clone)]
pub struct LanguageInfo {
    /// Name of the kernel's implementation.
    pub implementation: String,
    /// Its version.
    pub implementation_version: String,
    /// Shown by consoles at start.
    pub banner: String,
    /// Name of the language, e.g. `rust`.
    pub name: String,
    /// Version of the language (of its compiler).
    pub version: String,
    /// MIME type of its source.
    pub mimetype: String,
    /// Extension of its files, with the dot.
    pub file_extension: String,
    /// Pygments lexer.
    pub pygments_lexer: String,
    /// CodeMirror mode.
    pub codemirror_mode: String,
    /// Links of the Help menu: text, address.
    pub help_links: Vec<(String, String)>,
}

/// A language that is ready.
pub struct Started {
    /// Evaluates cells.
    pub language: Box<dyn Language>,
    /// Interrupts it.
    pub interrupt: Arc<dyn Interrupt>,
}

/// Why a language could not start. Every cell is answered with this error; the kernel stays up,
/// so that the user gets to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartFailure {
    /// As in [`CellOutcome::Error`].
    pub ename: String,
    /// As in [`CellOutcome::Error`].
    pub evalue: String,
    /// As in [`CellOutcome::Error`].
    pub traceback: Vec<String>,
}
