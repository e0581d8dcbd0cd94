//! The library students use, and the exercises written on it.
//!
//! - [`sync`]: primitives between threads;
//! - [`process`]: processes, and primitives between them;
//! - [`primitive`]: the one place where threads, locks, clocks and processes are named.
#![deny(missing_docs)]

pub mod primitive;
pub mod process;
pub mod sync;
