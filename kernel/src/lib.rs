//! The Jupyter side of Weft: sockets, messages, cells, and the worker process cells run in.
//!
//! Nothing here knows grading, and nothing in `wire`, `socket`, `server` knows Rust: the
//! language is reached through the traits of [`language`].

#![deny(missing_docs)]

pub mod client;
pub mod comm;
pub(crate) mod commands;
pub mod connection;
pub mod evaluate;
mod guardian;
pub mod history;
mod jobs;
pub mod language;
mod output;
mod publisher;
mod requests;
pub mod server;
pub mod session;
mod size;
pub mod socket;
mod start;
pub mod wire;
pub mod worker;

pub use commands::lang::WORKBOOK_LANGUAGE;
pub use connection::ConnectionFile;
pub use server::{Listening, ServeError, Setup, serve};
pub use start::run;
