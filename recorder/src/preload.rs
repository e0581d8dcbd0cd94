//! The root of the library for preloading: what `weft trace` puts in front of a program.
//!
//! Compiled by `rustc` alone (`build.rs` of the program `weft`), from the files of this crate that need no
//! other crate. It finds its journal by a variable, and does nothing without.
#![allow(dead_code, reason = "the crate uses more of the shared files")]

mod identity;
#[macro_use]
mod interpose;
mod ring;
mod sys;
mod vocabulary;

use core::ffi::{CStr, c_char};

export_to_all!();
export_to_programs!();

/// Names the path of the journal's memory. `trace.rs` has it as well.
const VARIABLE: &CStr = c"WEFT_JOURNAL";
/// There is one run under `weft trace`. A program that a cell starts belongs to the cell's
/// (`interpose::heritage`).
const RUN: u32 = 1;

unsafe extern "C" {
    fn getenv(name: *const c_char) -> *const c_char;
    static program_invocation_short_name: *const c_char;
}

#[used]
#[unsafe(link_section = ".init_array")]
static BEGIN: extern "C" fn() = begin;

/// Called by the dynamic linker before `main`.
extern "C" fn begin() {
    interpose::prepare();
    // SAFETY: nobody else looks at the environment before `main`; the variable's value ends with NUL.
    let (run, mapped) = unsafe {
        let inherited = interpose::heritage::take();
        let named = getenv(VARIABLE.as_ptr());
        match inherited {
            // What a cell traces by `weft trace` is for that trace.
            Some((run, path)) if named.is_null() => (run, sys::map_file(path.as_ptr())),
            _ => {
                let mapped = (!named.is_null()).then(|| sys::map_file(named));
                (RUN, mapped.flatten())
            }
        }
    };
    let Some((base, bytes)) = mapped else { return };
    // SAFETY: a shared mapping of this length, which is never unmapped; the memory is sealed against shrinking.
    let Some(ring) = (unsafe { ring::Ring::over(base, bytes) }) else {
        return;
    };
    interpose::use_ring(run as usize % interpose::KEPT_RUNS, Box::leak(Box::new(ring)));
    // SAFETY: glibc has set it before any constructor; it ends with NUL.
    let name = unsafe {
        let name = program_invocation_short_name;
        if name.is_null() {
            b""
        } else {
            CStr::from_ptr(name).to_bytes()
        }
    };
    interpose::arrive(run, name);
}
