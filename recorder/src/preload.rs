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
/// There is one run.
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
    // SAFETY: no other thread changes the environment before `main`; the variable's value ends with NUL.
    let Some((base, bytes)) = (unsafe {
        let path = getenv(VARIABLE.as_ptr());
        (!path.is_null())
            .then(|| sys::map_file(path))
            .flatten()
    }) else {
        return;
    };
    // SAFETY: a shared mapping of this length, which is never unmapped; the memory is sealed against shrinking.
    let Some(ring) = (unsafe { ring::Ring::over(base, bytes) }) else {
        return;
    };
    interpose::use_ring(RUN as usize, Box::leak(Box::new(ring)));
    // SAFETY: glibc has set it before any constructor; it ends with NUL.
    let name = unsafe {
        let name = program_invocation_short_name;
        if name.is_null() {
            b""
        } else {
            CStr::from_ptr(name).to_bytes()
        }
    };
    interpose::arrive(RUN, name);
}
