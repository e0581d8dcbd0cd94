//! The process cells run in, and the roles the program plays when it is started as one of its own
//! helpers.
//!
//! ```text
//! kernel ── supervisor ── worker ── children of cells
//!   │  evcxr's lines ────────┘│
//!   └──── frames ─────────────┘        (see `frame`)
//! ```
//!
//! The kernel never runs student code. evcxr starts the [`supervisor`] and talks to it on
//! descriptors 0 and 1; the supervisor starts the worker ([`cells`]) with *other* descriptors 0,
//! 1, 2 and passes evcxr's orders on ([`control`]). When the worker dies, the supervisor tells how
//! and wakes its [`snapshot`]; when somebody asks evcxr something meanwhile, it releases evcxr from the cell
//! ([`release`]). What cells print reaches the kernel as [`frame`]s, written by the
//! functions in [`interpose`], [`threads`] and [`waiting`], which the program exports so that the
//! dynamic standard library of cells calls ours. The same functions, and those of [`recorder::interpose`], record what
//! cells do ([`recording`]).
//!
//! Invariant: nothing a cell prints is ever taken for a message of evcxr's protocol.

pub(crate) mod board;
pub(crate) mod cells;
mod code_pages;
mod control;
pub(crate) mod descriptors;
pub(crate) mod frame;
pub mod interpose;
mod library;
mod memory;
pub(crate) mod recording;
mod release;
mod snapshot;
pub(crate) mod supervisor;
pub mod threads;
pub mod waiting;

use crate::evaluate::compiler;

// Cells' calls that need nothing of the worker but to be recorded.
recorder::export_to_all!();

/// This program, also after its file was replaced by a newer one (proc(5)).
pub(crate) const PROGRAM: &str = "/proc/self/exe";
/// Set by evcxr for the process it talks to.
const EVCXR_ROLE: &str = "EVCXR_IS_RUNTIME";
/// Set by the supervisor for the worker.
const WORKER_ROLE: &str = "WEFT_WORKER";

/// Plays the role this process was started for, if it is one of the kernel's helpers: supervisor,
/// worker, or the `cargo` and `rustup` that evcxr calls. Returns at once for every other start.
///
/// Must be the first thing `main` does: the helpers expect a process with one thread.
pub fn dispatch() {
    recorder::interpose::resolve();
    if compiler::is_enabled() {
        match invoked_as().as_deref() {
            Some("cargo") => std::process::exit(compiler::cargo()),
            Some("rustup") => std::process::exit(compiler::rustup()),
            _ => {}
        }
    }
    if std::env::var_os(WORKER_ROLE).is_some() {
        cells::run();
    }
    if std::env::var_os(EVCXR_ROLE).is_some() {
        supervisor::run();
    }
}

fn invoked_as() -> Option<String> {
    let arg0 = std::env::args_os().next()?;
    let name = std::path::Path::new(&arg0).file_name()?;
    Some(name.to_string_lossy().into_owned())
}
