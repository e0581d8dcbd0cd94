//! The worker's loop: loads the shared object of each cell and calls it.
//!
//! Orders are evcxr's (`LOAD_AND_RUN path function`), passed on by the supervisor ([`super::control`]). Marks that
//! evcxr's generated code would print (a panic, a lost variable, an error from `?`) reach us through the table of
//! functions below, never through what the cell prints: `evaluate::compiler` rewrites them.

use std::ffi::c_void;
use std::os::fd::{AsFd as _, FromRawFd as _, OwnedFd, RawFd};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use nix::unistd::Pid;
use recorder::current::Host;
use recorder::interpose::{begin_run, end_run, quietly};

use super::board::Board;
use super::control::{Control, Message, Sleeper};
use super::descriptors::{self, Descriptors};
use super::frame::Kind;
use super::library::CellFunction;
use super::snapshot::{self, Taken};
use super::{WORKER_ROLE, code_pages, interpose, library, memory, recording, threads};
use crate::evaluate::compiler::LINE_MAP;

/// Names the note that describes the library of cells, for the worker. The note may be written
/// after the worker has started.
pub(crate) const LIBRARY_VARIABLE: &str = "WEFT_CELL_LIBRARY";

/// Names the library that programs which cells start load first, for the worker.
pub(crate) const RECORDER_VARIABLE: &str = "WEFT_CELL_RECORDER";

/// The name of the lane of a cell's own code.
const MAIN_LANE: &str = "main";
/// Exit code of a worker that cannot go on through no fault of a cell.
const BROKEN: i32 = 99;

/// What the library of cells calls. Its layout is repeated in `cell/src/lib.rs`.
#[repr(C)]
pub(super) struct Table {
    /// Sends a message for the calling thread's cell: 3 = show, 4 = panic.
    send: extern "C" fn(kind: u8, bytes: *const u8, length: usize),
    /// Tells evcxr: 1 = panic, 2 = variable changed type, 3 = error from `?`.
    mark: extern "C" fn(mark: u8, bytes: *const u8, length: usize),
    /// The line in the cell's own source for a line of the compiled source; 0 = none.
    cell_line: extern "C" fn(line: u32) -> u32,
    /// Where what `exercises` does is recorded.
    host: &'static Host,
}

/// The table.
pub(super) fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table {
        send,
        mark,
        cell_line,
        host: recorder::current::own_host(),
    })
}

static CONTROL: OnceLock<&'static Control> = OnceLock::new();
/// The worker: a child that a cell made by a bare fork is not.
static OWN_PID: AtomicU32 = AtomicU32::new(0);
static LINES: std::sync::RwLock<Vec<u32>> = std::sync::RwLock::new(Vec::new());

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
    if std::process::id() != OWN_PID.load(Ordering::Relaxed) {
        return;
    }
    if let Some(control) = CONTROL.get() {
        // Our business, not the cell's. The supervisor may be gone; nobody is left to tell then.
        let _ = quietly(|| control.say(&Message::Mark(line)));
    }
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
    let recorder = std::env::var_os(RECORDER_VARIABLE);
    memory::limit();
    // Programs that cells start must see an ordinary environment, and none of our descriptors.
    for name in [
        WORKER_ROLE,
        descriptors::VARIABLE,
        LIBRARY_VARIABLE,
        RECORDER_VARIABLE,
        memory::VARIABLE,
        "LD_LIBRARY_PATH",
    ] {
        // SAFETY: this process has one thread yet.
        unsafe { std::env::remove_var(name) };
    }
    // SAFETY: as above.
    unsafe { memory::restore_environment() };
    for fd in descriptors.all() {
        let _ = descriptors::set_close_on_exec(fd, true);
    }
    // SAFETY: the supervisor passed these numbers for us alone.
    let (board, control) = unsafe {
        (
            OwnedFd::from_raw_fd(descriptors.board),
            OwnedFd::from_raw_fd(descriptors.control),
        )
    };
    let Ok(board) = Board::attach(board) else {
        std::process::exit(BROKEN);
    };
    // For the whole life of the process: marks come from threads of cells.
    let control: &'static Control = Box::leak(Box::new(Control::inherited(control)));
    let _ = CONTROL.set(control);
    let board: &'static Board = Box::leak(Box::new(board));
    interpose::activate(descriptors.frames, descriptors.input, board);
    let supervisor = nix::unistd::getppid();
    if recording::activate(descriptors.journals)
        && let Some(recorder) = recorder
    {
        recording::activate_programs(Path::new(&recorder), supervisor, descriptors.journals);
    }
    let library = library.map(std::path::PathBuf::from);
    let worker = Worker {
        board,
        control,
        kept: [descriptors.frames, descriptors.input],
        supervisor,
        library,
        variables: std::ptr::null_mut(),
        ran: None,
        snapshot: None,
    };
    let end = match worker.serve() {
        Ok(()) => 0,
        Err(reason) => {
            eprintln!("weft: {reason}");
            BROKEN
        }
    };
    std::process::exit(end)
}

/// What the worker is between two cells.
struct Worker {
    board: &'static Board,
    control: &'static Control,
    kept: [RawFd; 2],
    supervisor: Pid,
    library: Option<PathBuf>,
    variables: *mut c_void,
    /// The last cell.
    ran: Option<CellFunction>,
    /// The copy to go back to.
    snapshot: Option<Sleeper>,
}

impl Worker {
    fn serve(mut self) -> Result<(), String> {
        OWN_PID.store(std::process::id(), Ordering::Relaxed);
        let broken = |error: std::io::Error| error.to_string();
        while let Some(order) = self.control.next_order().map_err(broken)? {
            let Some((whose, order)) = order.split_once(' ') else {
                return Err(format!("an order this worker does not know: {order}"));
            };
            if whose != std::process::id().to_string() {
                // For a worker that died before it read it; it has been answered for.
                continue;
            }
            let Some((path, _function)) = order
                .strip_prefix("LOAD_AND_RUN ")
                .and_then(|rest| rest.rsplit_once(' '))
            else {
                return Err(format!("an order this worker does not know: {order}"));
            };
            // While cells rest, only another thread can have changed what variables hold.
            if self.snapshot.is_none() || threads::has_others() {
                let Some(copy) = self.copy() else {
                    // Woken before its worker had run anything: the order was the worker's.
                    continue;
                };
                self.control
                    .say(&Message::Snapshot(copy.clone()))
                    .map_err(broken)?;
                self.replace_snapshot(copy);
            }
            self.run_cell(path)?;
            let Some(copy) = self.copy() else {
                continue;
            };
            if !self.board.finish_order() {
                // An interrupt came first and is ending this process.
                loop {
                    nix::unistd::pause();
                }
            }
            self.control
                .say(&Message::Done(copy.clone()))
                .map_err(broken)?;
            self.replace_snapshot(copy);
        }
        Ok(())
    }

    fn run_cell(&mut self, path: &str) -> Result<(), String> {
        let cell = self.board.cell();
        if !library::is_loaded() {
            library::load_library(self.library.as_deref());
        }
        let function = library::load_cell(path)?;
        load_line_map(Path::new(path));
        threads::enter_cell(cell);
        begin_run(cell, MAIN_LANE);
        self.variables = function(self.variables);
        library::cell_ended();
        end_run();
        if std::process::id() != OWN_PID.load(Ordering::Relaxed) {
            // A child the cell made by a bare fork came back here: it is not the worker.
            // SAFETY: ends this process without running what belongs to the worker.
            unsafe { libc::_exit(0) };
        }
        // The variables came out of the hands of the cell before: now nobody needs its code, nor what it wrote.
        if let Some(before) = self.ran.replace(function) {
            let alone = !threads::has_others();
            let folder = Path::new(path).parent().filter(|_| alone);
            // SAFETY: where there is a folder, this thread is the only one.
            unsafe { code_pages::give_back(before, folder) };
        }
        // SAFETY: without a folder nothing is asked.
        unsafe { code_pages::give_back(function, None) };
        Ok(())
    }

    /// A copy of the worker as it is now; `Some(None)` where the system allows none. `None` in the copy itself, when
    /// it has become the worker.
    fn copy(&mut self) -> Option<Option<Sleeper>> {
        let ties = snapshot::Ties {
            supervisor: self.supervisor,
            control: self.control.as_fd(),
            kept: &self.kept,
            board: self.board,
        };
        match snapshot::take(&ties) {
            Ok(Taken::Asleep(copy)) => Some(Some(copy)),
            Ok(Taken::Awake) => {
                OWN_PID.store(std::process::id(), Ordering::Relaxed);
                self.snapshot = None;
                None
            }
            Err(error) => {
                // Cells run without a way back then, as in any other kernel.
                eprintln!("weft: no snapshot could be made: {error}");
                Some(None)
            }
        }
    }

    fn replace_snapshot(&mut self, copy: Option<Sleeper>) {
        if let Some(old) = std::mem::replace(&mut self.snapshot, copy) {
            snapshot::dismiss(&old);
        }
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
