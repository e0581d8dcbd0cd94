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
//! 1, 2, hands it evcxr's two under private numbers, waits for its death and tells how it died.
//! What cells print reaches the kernel as [`frame`]s, written by the functions in [`interpose`],
//! which the program exports so that the dynamic standard library of cells calls ours.
//!
//! Invariant: nothing a cell prints is ever taken for a message of evcxr's protocol.

pub(crate) mod board;
pub(crate) mod cells;
pub(crate) mod descriptors;
pub(crate) mod frame;
pub mod interpose;
pub(crate) mod supervisor;

use crate::evaluate::compiler;

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
