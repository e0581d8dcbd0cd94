//! The library students use, and the exercises written on it.
//!
//! - [`sync`]: primitives between threads;
//! - [`process`]: processes, and primitives between them;
//! - [`primitive`]: the one place where threads, locks, clocks and processes are named;
//! - [`lesson`], [`lessons`], [`catalogue`]: the exercises, and what each of them promises;
//! - [`stage`], [`run`](mod@run): what an exercise is played on, and playing it in a process of its own.
#![deny(missing_docs)]

pub mod catalogue;
pub mod lesson;
pub mod lessons;
pub mod primitive;
pub mod process;
pub mod run;
pub mod stage;
pub mod sync;
