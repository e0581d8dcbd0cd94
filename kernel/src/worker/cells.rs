//! The worker's loop: loads the shared object of each cell and calls it.
//!
//! The orders and reports are evcxr's line protocol (`LOAD_AND_RUN path function`, answered by
//! `EVCXR_EXECUTION_COMPLETE`), spoken on private descriptors. Marks that evcxr's generated code
//! would print (a panic, a lost variable, an error from `?`) reach us through the table of
//! functions below, never through what the cell prints: `evaluate::compiler` rewrites them.

use std::ffi::{CStr, CString, c_void};
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd, RawFd};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI32, Ordering};

use super::board::Board;
use super::descriptors::{self, Descriptors};
use super::frame::Kind;
use super::{WORKER_ROLE, interpose};
use crate::evaluate::compiler::LINE_MAP;
use crate::evaluate::library::Library;

/// Names the note that describes the library of cells, for the worker. The note may be written
/// after the worker has started.
pub(crate) const LIBRARY_VARIABLE: &str = "WEFT_CELL_LIBRARY";

/// Exit code of a worker that cannot go on through no fault of a cell.
const BROKEN: i32 = 99;

/// What the library of cells calls. Its layout is repeated in `cell/src/lib.rs`.
#[repr(C)]
struct Table {
    /// Sends a message for the calling thread's cell: 3 = show, 4 = panic.
    send: extern "C" fn(kind: u8, bytes: *const u8, length: usize),
    /// Tells evcxr: 1 = panic, 2 = variable changed type, 3 = error from `?`.
    mark: extern "C" fn(mark: u8, bytes: *const u8, length: usize),
    /// The line in the cell's own source for a line of the compiled source; 0 = none.
    cell_line: extern "C" fn(line: u32) -> u32,
}

static TABLE: Table = Table {
    send,
    mark,
    cell_line,
};

static REPORTS: AtomicI32 = AtomicI32::new(-1);
static LINES: std::sync::RwLock<Vec<u32>> = std::sync::RwLock::new(Vec::new());
static LIBRARY_END: OnceLock<extern "C" fn()> = OnceLock::new();

extern "C" fn send(kind: u8, bytes: *const u8, length: usize) {
    // SAFETY: the library of cells passes a live slice.
    let payload = unsafe { std::slice::from_raw_parts(bytes, length) };
    interpose::send(
        if kind == Kind::Panic as u8 {
            Kind::Panic
        } else {
            Kind::Show
        },
        payload,
    );
}

extern "C" fn mark(mark: u8, bytes: *const u8, length: usize) {
    // SAFETY: the library of cells passes a live slice.
    let text = unsafe { std::slice::from_raw_parts(bytes, length) };
    let line = match mark {
        1 => "EVCXR_PANIC_NOTIFICATION".to_owned(),
        2 => format!(
            "EVCXR_VARIABLE_CHANGED_TYPE:{}",
            String::from_utf8_lossy(text)
        ),
        _ => "EVCXR_ERROR_OCCURRED".to_owned(),
    };
    report(&line);
}

extern "C" fn cell_line(line: u32) -> u32 {
    let lines = match LINES.read() {
        Ok(lines) => lines,
        Err(poisoned) => poisoned.into_inner(),
    };
    lines
        .get((line as usize).wrapping_sub(1))
        .copied()
        .unwrap_or(0)
}

/// Runs cells until the kernel closes its end, then exits.
pub(super) fn run() -> ! {
    let Some(descriptors) = Descriptors::from_environment() else {
        eprintln!("weft: this is a part of `weft kernel` and cannot be started by hand");
        std::process::exit(BROKEN);
    };
    let library = std::env::var_os(LIBRARY_VARIABLE);
    // Programs that cells start must see an ordinary environment, and none of our descriptors.
    for name in [
        WORKER_ROLE,
        descriptors::VARIABLE,
        LIBRARY_VARIABLE,
        "LD_LIBRARY_PATH",
    ] {
        // SAFETY: this process has one thread yet.
        unsafe { std::env::remove_var(name) };
    }
    for fd in descriptors.all() {
        let _ = descriptors::set_close_on_exec(fd, true);
    }
    // SAFETY: the supervisor passed these numbers for us alone.
    let (board, orders) = unsafe {
        (
            OwnedFd::from_raw_fd(descriptors.board),
            OwnedFd::from_raw_fd(descriptors.orders),
        )
    };
    let Ok(board) = Board::attach(board) else {
        std::process::exit(BROKEN);
    };
    REPORTS.store(descriptors.reports, Ordering::Relaxed);
    leave_protocol_at_fork(orders.as_raw_fd());
    interpose::activate(descriptors.frames, descriptors.input);
    let library = library.map(std::path::PathBuf::from);
    let end = match serve(&board, orders, library.as_deref()) {
        Ok(()) => 0,
        Err(reason) => {
            eprintln!("weft: {reason}");
            BROKEN
        }
    };
    std::process::exit(end)
}

fn serve(board: &Board, orders: OwnedFd, library: Option<&Path>) -> Result<(), String> {
    let own_pid = std::process::id();
    let mut variables = std::ptr::null_mut::<c_void>();
    for order in BufReader::new(std::fs::File::from(orders)).lines() {
        let order = order.map_err(|error| error.to_string())?;
        let Some((path, function)) = order
            .strip_prefix("LOAD_AND_RUN ")
            .and_then(|rest| rest.rsplit_once(' '))
        else {
            return Err(format!("an order this worker does not know: {order}"));
        };
        let cell = board.cell();
        if cell != 0 && board.notes().interrupted.load(Ordering::SeqCst) == cell {
            // Interrupted while it was compiled: it must not run.
            std::process::exit(0);
        }
        if LIBRARY_END.get().is_none() {
            load_library(library);
        }
        let function = load(path, function)?;
        load_line_map(Path::new(path));
        interpose::enter_cell(cell);
        variables = function(variables);
        if let Some(end) = LIBRARY_END.get() {
            end();
        }
        if std::process::id() != own_pid {
            // A child the cell made by a bare fork came back here: it is not the worker.
            // SAFETY: ends this process without running what belongs to the worker.
            unsafe { libc::_exit(0) };
        }
        report("EVCXR_EXECUTION_COMPLETE");
    }
    Ok(())
}

type CellFunction = extern "C" fn(*mut c_void) -> *mut c_void;

/// Opens a cell's shared object, for good: its code may be in use by threads and variables.
fn load(path: &str, function: &str) -> Result<CellFunction, String> {
    let handle = open(path)?;
    let name = CString::new(function).map_err(|error| error.to_string())?;
    // SAFETY: a live handle and a NUL-terminated name.
    let symbol = unsafe { libc::dlsym(handle, name.as_ptr()) };
    if symbol.is_null() {
        return Err(last_loader_error());
    }
    // SAFETY: evcxr generates the function with this signature.
    Ok(unsafe { std::mem::transmute::<*mut c_void, CellFunction>(symbol) })
}

fn open(path: &str) -> Result<*mut c_void, String> {
    let path = CString::new(path).map_err(|error| error.to_string())?;
    // SAFETY: a NUL-terminated path; constructors of a Rust shared object run no user code.
    let handle = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) };
    if handle.is_null() {
        Err(last_loader_error())
    } else {
        Ok(handle)
    }
}

fn last_loader_error() -> String {
    // SAFETY: dlerror gives null or a NUL-terminated message that lives until the next call.
    unsafe {
        let message = libc::dlerror();
        if message.is_null() {
            return "the shared object of the cell cannot be used".to_owned();
        }
        CStr::from_ptr(message).to_string_lossy().into_owned()
    }
}

/// Loads the library of cells before the cell that needs it, so that all cells share one copy of
/// it and of its statics. Does nothing while there is none.
fn load_library(note: Option<&Path>) {
    let described = note.and_then(|note| std::fs::read_to_string(note).ok());
    let Some(library) = described.and_then(|note| serde_json::from_str::<Library>(&note).ok())
    else {
        return;
    };
    let loaded = open(&library.shared_object.to_string_lossy()).and_then(|handle| {
        let find = |name: &CStr| {
            // SAFETY: a live handle and a NUL-terminated name.
            let symbol = unsafe { libc::dlsym(handle, name.as_ptr()) };
            if symbol.is_null() {
                Err(last_loader_error())
            } else {
                Ok(symbol)
            }
        };
        let begin = find(c"weft_cells_begin")?;
        let end = find(c"weft_cells_end")?;
        // SAFETY: `cell/src/lib.rs` defines the functions with these signatures.
        unsafe {
            let begin: unsafe extern "C" fn(*const Table) = std::mem::transmute(begin);
            let end: extern "C" fn() = std::mem::transmute(end);
            begin(&TABLE);
            let _ = LIBRARY_END.set(end);
        }
        Ok(())
    });
    if let Err(reason) = loaded {
        eprintln!("weft: the library of cells cannot be loaded: {reason}");
    }
}

fn load_line_map(shared_object: &Path) {
    let text = shared_object
        .parent()
        .and_then(|folder| std::fs::read_to_string(folder.join(LINE_MAP)).ok())
        .unwrap_or_default();
    let map = text.lines().map(|line| line.parse().unwrap_or(0)).collect();
    match LINES.write() {
        Ok(mut lines) => *lines = map,
        Err(poisoned) => *poisoned.into_inner() = map,
    }
}

fn report(line: &str) {
    // SAFETY: the number is the worker's own for as long as it runs; `ManuallyDrop` leaves it open.
    let mut reports = std::mem::ManuallyDrop::new(unsafe {
        std::fs::File::from_raw_fd(REPORTS.load(Ordering::Relaxed))
    });
    // The kernel may be gone; the next order will not come then.
    let _ = reports.write_all(format!("{line}\n").as_bytes());
}

static ORDERS: AtomicI32 = AtomicI32::new(-1);

/// A forked child must not hold evcxr's pipes: their end is how a dead worker is noticed.
fn leave_protocol_at_fork(orders: RawFd) {
    extern "C" fn in_child() {
        for fd in [
            ORDERS.load(Ordering::Relaxed),
            REPORTS.load(Ordering::Relaxed),
        ] {
            // SAFETY: numbers only; both are open in the parent and unused in the child.
            unsafe { libc::close(fd) };
        }
    }
    ORDERS.store(orders, Ordering::Relaxed);
    // SAFETY: registers a function that makes only async-signal-safe calls.
    unsafe { libc::pthread_atfork(None, None, Some(in_child)) };
}
