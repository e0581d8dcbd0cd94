//! Shared objects in the worker: those of cells, and the library that all cells share.

use std::ffi::{CStr, CString, c_void};
use std::path::Path;
use std::sync::OnceLock;

use super::cells::{Table, table};
use crate::evaluate::library::Library;
use crate::evaluate::rewrite::FUNCTION;
use crate::evaluate::statics;

/// What the library of cells offers the worker; defined in `cell/src/lib.rs`.
struct Entry {
    /// Called after each cell.
    end: extern "C" fn(),
    /// Calls the function while it holds the locks of the standard streams, with nothing left in their buffers.
    hold_streams: extern "C" fn(extern "C" fn(*mut c_void), *mut c_void),
}

static ENTRY: OnceLock<Entry> = OnceLock::new();

/// Whether the library is there.
pub(super) fn is_loaded() -> bool {
    ENTRY.get().is_some()
}

/// A cell's function has returned.
pub(super) fn cell_ended() {
    if let Some(entry) = ENTRY.get() {
        (entry.end)();
    }
}

/// Runs this while no other thread of a cell holds a lock of the standard streams.
pub(super) fn with_streams_held<F: FnOnce() -> R, R>(run: F) -> R {
    struct Call<F, R> {
        run: Option<F>,
        result: Option<R>,
    }
    extern "C" fn make<F: FnOnce() -> R, R>(call: *mut c_void) {
        // SAFETY: `hold_streams` passes on the pointer given below, which is alive and not used otherwise.
        let call = unsafe { &mut *call.cast::<Call<F, R>>() };
        call.result = call.run.take().map(|run| run());
    }
    let Some(entry) = ENTRY.get() else {
        return run();
    };
    let mut call = Call {
        run: Some(run),
        result: None,
    };
    (entry.hold_streams)(make::<F, R>, (&raw mut call).cast());
    call.result.expect("hold_streams calls the function once")
}

/// What evcxr generates: takes and gives back the variables.
pub(super) type CellFunction = extern "C" fn(*mut c_void) -> *mut c_void;

/// Opens a cell's shared object, for good: its code may be in use by threads and variables, its statics by later cells.
pub(super) fn load_cell(path: &str) -> Result<CellFunction, String> {
    let handle = open(path, libc::RTLD_LOCAL)?;
    let find = |name: &str| {
        CString::new(name).map_or(std::ptr::null_mut(), |name| {
            // SAFETY: a live handle and a NUL-terminated name.
            unsafe { libc::dlsym(handle, name.as_ptr()) }
        })
    };
    let symbol = find(FUNCTION);
    if symbol.is_null() {
        return Err(last_loader_error());
    }
    if !find(statics::MARK).is_null() {
        // Opened again, what it exports is there for the shared objects of later cells (dlopen(3)).
        open(path, libc::RTLD_GLOBAL)?;
    }
    // SAFETY: evcxr generates the function with this signature.
    Ok(unsafe { std::mem::transmute::<*mut c_void, CellFunction>(symbol) })
}

fn open(path: &str, reach: libc::c_int) -> Result<*mut c_void, String> {
    let path = CString::new(path).map_err(|error| error.to_string())?;
    // SAFETY: a NUL-terminated path; constructors of a Rust shared object run no user code.
    let handle = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW | reach) };
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
pub(super) fn load_library(note: Option<&Path>) {
    let described = note.and_then(|note| std::fs::read_to_string(note).ok());
    let Some(library) = described.and_then(|note| serde_json::from_str::<Library>(&note).ok())
    else {
        return;
    };
    let loaded =
        open(&library.shared_object.to_string_lossy(), libc::RTLD_LOCAL).and_then(|handle| {
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
            let hold_streams = find(c"weft_cells_hold_streams")?;
            // SAFETY: `cell/src/lib.rs` defines the functions with these signatures.
            unsafe {
                let begin: unsafe extern "C" fn(*const Table) = std::mem::transmute(begin);
                let end: extern "C" fn() = std::mem::transmute(end);
                let hold_streams: extern "C" fn(extern "C" fn(*mut c_void), *mut c_void) =
                    std::mem::transmute(hold_streams);
                begin(table());
                let _ = ENTRY.set(Entry { end, hold_streams });
            }
            Ok(())
        });
    if let Err(reason) = loaded {
        eprintln!("weft: the library of cells cannot be loaded: {reason}");
    }
}
