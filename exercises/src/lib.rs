//! The library students use, and the exercises written on it.
//!
//! - [`sync`]: primitives between threads;
//! - [`process`]: processes, and primitives between them;
//! - [`broker`]: messages between those who ask and those who do;
//! - [`gil`]: a model of the lock that keeps Python's threads apart;
//! - [`green`]: many tasks on one thread;
//! - [`primitive`]: the one place where threads, locks, clocks and processes are named;
//! - [`lesson`], [`lessons`], [`catalogue`]: the exercises, and what each of them promises;
//! - `squirrel` (feature of that name): checking whether sites are up, for UptimeSquirrel in six versions;
//! - [`stage`], [`run`](mod@run): what an exercise is played on, and playing it in a process of its own.
#![deny(missing_docs)]

pub mod broker;
pub mod catalogue;
pub mod gil;
pub mod green;
pub mod lesson;
pub mod lessons;
pub mod primitive;
pub mod process;
pub mod run;
#[cfg(feature = "squirrel")]
pub mod squirrel;
pub mod stage;
pub mod sync;
