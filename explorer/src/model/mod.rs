//! What a program under exploration is written with: std's names and signatures, announced instead of done. And those of
//! two crates that students use beside it: [`crossbeam`] and [`parking_lot`].
//!
//! Data lives in std's own types, which are never contended here: the engine sees to it that nobody touches them out
//! of turn. A value is bound to an execution at its first use, so that constructors can be `const` and a `static`
//! works as long as its memory is restored between executions.
pub mod cell;
mod channel;
pub mod crossbeam;
pub mod fork;
pub mod io;
pub mod panic;
pub mod parking_lot;
pub mod process;
pub mod sync;
pub mod thread;
pub(crate) mod thread_local;
pub mod time;

pub use crate::{
    model_dbg as dbg, model_eprint as eprint, model_eprintln as eprintln, model_print as print,
    model_println as println, model_thread_local as thread_local,
};

use crate::execution::{Machine, current};
use crate::operation::{Operation, Reply};
use std::rc::Rc;

/// Whether the execution is over: then only destructors run, and nothing they do matters.
pub fn is_over() -> bool {
    machine().tearing()
}

/// One of so many ways, from 0; each of them is tried. For what a library leaves open: who of several takes a task.
#[track_caller]
pub fn choose(ways: u8) -> u8 {
    if ways < 2 {
        return 0;
    }
    match machine().announce(Operation::Choose(ways), std::panic::Location::caller()) {
        Reply::Way(way) => way,
        _ => 0,
    }
}

/// The machine that explores. The model means nothing outside of it.
#[track_caller]
fn machine() -> Rc<Machine> {
    match current() {
        Some(machine) => machine,
        None => panic!("a type of `explorer::model` was used outside of an exploration: use std's"),
    }
}
