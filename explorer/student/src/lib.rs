//! A student's program, as it was written, brought to the explorer.
//!
//! - [`Workshop`]: the compiler, and what is compiled once for it (the facade and the process that explores);
//! - `beside`: the crates it may name beside std;
//! - [`Source`]: the program's text, its edition, what of it has to be changed;
//! - `reading`: what is changed in it; `unseen`: what stays unseen;
//! - `compile`: checked with the real std, then compiled against the facade;
//! - `process`: explored in a process of its own, which is bounded, because a program can do anything;
//! - [`Parts`]: the same for whoever compiles and explores in places of their own, as the grader does in its boxes;
//! - [`Error`]: everything that can go wrong, as data.
//!
//! No text for a reader is made here. The invariant: whatever the program does, every call ends, soon after its budget
//! at the latest.
#![deny(missing_docs)]

mod beside;
mod compile;
mod error;
mod limits;
mod parts;
mod process;
mod reading;
mod source;
mod toolchain;
mod unseen;
mod workshop;

pub use compile::Compiled;
pub use error::{Error, NotModelled};
pub use parts::{Parts, entry};
pub use process::{Watch, cores};
pub use source::{Edition, Source, UnknownEdition};
pub use workshop::Workshop;
