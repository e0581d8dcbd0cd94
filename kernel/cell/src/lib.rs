//! What a cell can use beside the standard library: `exercises`, and the notebook itself.
//!
//! ```no_run
//! weft::display("text/html", "<b>bold</b>");
//! let counter = weft::display("text/plain", "0 of 3");
//! counter.update("text/plain", "1 of 3");
//! weft::clear_output(true);
//! weft::table(["n", "square"], (1..4).map(|n| [n, n * n]));
//! ```
//!
//! This crate is compiled into one shared object on the user's machine, with `exercises` inside
//! it, and loaded once by the worker: all cells share it. It talks to the worker through a table
//! of functions, so it can be compiled and tested without one (nothing is shown then).

#![deny(missing_docs)]

#[doc(hidden)]
pub mod common;
mod executor;
mod rich;

pub use executor::{block_on, sleep};
pub use exercises;
pub use rich::{NotAPicture, html, image, markdown, svg, table};

use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::fmt::Debug;
use std::io::Write as _;
use std::panic::PanicHookInfo;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

/// The worker's side. Its layout is repeated in `kernel/src/worker/cells.rs`.
#[doc(hidden)]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Table {
    send: extern "C" fn(kind: u8, bytes: *const u8, length: usize),
    mark: extern "C" fn(mark: u8, bytes: *const u8, length: usize),
    cell_line: extern "C" fn(line: u32) -> u32,
    host: &'static recorder::current::Host,
}

const SHOW: u8 = 3;
const PANIC: u8 = 4;

static TABLE: OnceLock<Table> = OnceLock::new();

thread_local! {
    /// Whether this is the thread that runs cells.
    static RUNS_CELLS: Cell<bool> = const { Cell::new(false) };
    /// Panics on that thread which no mark has claimed yet.
    static PANICS: RefCell<Vec<Panic>> = const { RefCell::new(Vec::new()) };
}

struct Panic {
    message: String,
    line: u32,
    column: u32,
}

impl Panic {
    fn place(&self) -> String {
        if self.line == 0 {
            String::new()
        } else {
            format!(" at line {}:{}", self.line, self.column)
        }
    }
}

/// Called once by the worker, on the thread that runs cells.
///
/// # Safety
/// The table must live as long as the process; null is allowed.
#[doc(hidden)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weft_cells_begin(table: *const Table) {
    // SAFETY: the caller promises it.
    if let Some(table) = unsafe { table.as_ref() } {
        let _ = TABLE.set(*table);
        // SAFETY: the worker's own, which was built with this crate's source.
        unsafe { recorder::current::set_host(table.host) };
    }
    RUNS_CELLS.set(true);
    std::panic::set_hook(Box::new(note_panic));
}

/// Called by the worker after each cell.
#[doc(hidden)]
#[unsafe(no_mangle)]
pub extern "C" fn weft_cells_end() {
    print_caught_panics();
    // Text without a newline waits in the standard library's buffer.
    let _ = std::io::stdout().flush();
}

/// Calls `run` while it holds the locks of the standard streams, with nothing left in their
/// buffers. Called by the worker around a fork: the copy must find them free.
#[doc(hidden)]
#[unsafe(no_mangle)]
pub extern "C" fn weft_cells_hold_streams(run: extern "C" fn(*mut c_void), argument: *mut c_void) {
    let mut stdout = std::io::stdout().lock();
    let _stderr = std::io::stderr().lock();
    let _ = stdout.flush();
    run(argument);
}

fn note_panic(info: &PanicHookInfo<'_>) {
    let message = info
        .payload_as_str()
        .unwrap_or("a value that is not text")
        .to_owned();
    let (line, column) = match (TABLE.get(), info.location()) {
        (Some(table), Some(place)) if place.file().ends_with("lib.rs") => {
            ((table.cell_line)(place.line()), place.column())
        }
        _ => (0, 0),
    };
    let panic = Panic {
        message,
        line,
        column,
    };
    if RUNS_CELLS.get() {
        // It may yet be caught by the cell itself.
        PANICS.with_borrow_mut(|panics| panics.push(panic));
    } else {
        print_panic(&panic);
    }
}

fn print_panic(panic: &Panic) {
    let thread = std::thread::current();
    let name = thread.name().unwrap_or("<unnamed>");
    eprintln!(
        "thread '{name}' panicked{}:\n{}",
        panic.place(),
        panic.message
    );
}

fn print_caught_panics() {
    for panic in PANICS.take() {
        print_panic(&panic);
    }
}

/// A panic ended the cell. Called by generated code.
#[doc(hidden)]
pub fn mark_panic() {
    let last = PANICS.with_borrow_mut(Vec::pop);
    print_caught_panics();
    let panic = last.unwrap_or(Panic {
        message: String::new(),
        line: 0,
        column: 0,
    });
    send(
        PANIC,
        &json!({"message": panic.message, "line": panic.line, "column": panic.column}),
    );
    mark(1, "");
}

/// A variable's type was defined anew. Called by generated code.
#[doc(hidden)]
pub fn mark_changed_type(variable: &str) {
    mark(2, variable);
}

/// The `?` operator ended the cell. Called by generated code.
#[doc(hidden)]
pub fn mark_error(text: &str) {
    send(PANIC, &json!({"returned_error": text}));
    mark(3, "");
}

fn mark(mark: u8, text: &str) {
    if let Some(table) = TABLE.get() {
        (table.mark)(mark, text.as_ptr(), text.len());
    }
}

fn send(kind: u8, message: &Value) {
    // What the cell printed before comes before.
    let _ = std::io::stdout().flush();
    let json = message.to_string();
    if let Some(table) = TABLE.get() {
        (table.send)(kind, json.as_ptr(), json.len());
    }
}

/// Shows the value of a cell's last expression. A type with an `evcxr_display` method of its own
/// keeps it: inherent methods come before this trait's.
#[doc(hidden)]
pub trait Show {
    /// Sends the `{:?}` form to the notebook; nothing for `()`.
    fn evcxr_display(&self);
}

impl<T: Debug + ?Sized> Show for T {
    fn evcxr_display(&self) {
        if std::any::type_name::<T>() == "()" {
            return;
        }
        show("result", "text/plain", &format!("{self:?}"), None);
    }
}

/// Shows the value of a cell's last expression where it could only be had as text. Called by generated code.
#[doc(hidden)]
pub fn show_text(text: &str) {
    if text != "()" {
        show("result", "text/plain", text, None);
    }
}

/// Something shown in the notebook that can be replaced later.
#[derive(Debug, Clone)]
pub struct Display {
    id: String,
}

impl Display {
    /// Puts new content in the place of the old one, also from a later cell.
    pub fn update(&self, mime: &str, content: &str) {
        show("update", mime, content, Some(&self.id));
    }
}

/// Shows content of a MIME type (`text/html`, `image/svg+xml`, `text/plain` ...) under the cell.
/// Binary types (`image/png`) are given in base64.
pub fn display(mime: &str, content: &str) -> Display {
    show_new(json!({mime: content}))
}

/// Shows something in several forms, under a name of its own.
fn show_new(data: Value) -> Display {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let id = format!("weft-{}-{number}", std::process::id());
    send(SHOW, &json!({"act": "display", "data": data, "id": id}));
    Display { id }
}

/// Removes what the cell has shown so far; with `wait`, only when something new is shown.
pub fn clear_output(wait: bool) {
    send(SHOW, &json!({"act": "clear", "wait": wait}));
}

fn show(act: &str, mime: &str, content: &str, id: Option<&str>) {
    send(
        SHOW,
        &json!({"act": act, "data": {mime: content}, "id": id}),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_worker_nothing_is_shown_and_nothing_breaks() {
        display("text/plain", "x").update("text/plain", "y");
        clear_output(false);
        Show::evcxr_display(&5);
    }
}
